// Package rcgo connects github.com/ringcentral/ringcentral-go with gradtest.
//
// # Why a gateway
//
// The SDK creates an http.Client for each request, returns only the body of the answer, and calls log.Fatal when a
// connection fails. The only thing that a caller can change is the Server field. [Client.For] sets it to the recording
// gateway of a session or call: a proxy on this machine that limits and records each request and always answers with a
// complete HTTP response. So a network failure reaches the caller as a JSON error body and does not end the process.
//
// # What the gateway does not repair
//
// Requests are forwarded as they are. The SDK's Revoke sends a body that is not JSON to a path that expects a form: the
// server rejects it, which counts as an error of an authorization request. Let tokens expire instead of revoking them.
// A path that cannot be part of a URL, for example with a bare percent sign, fails in the SDK and never reaches the
// gateway.
package rcgo
