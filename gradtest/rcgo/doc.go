// Package rcgo joins github.com/ringcentral/ringcentral-go to gradtest.
//
// # Why a gateway
//
// That SDK makes an http.Client of its own for every request, hands back nothing but the body, and ends the whole
// process by log.Fatal when a connection fails. Its one opening is the Server field. [Client.For] points it at the
// recording gateway of a session or call, a proxy on this machine that limits and records each request and always
// answers with a complete HTTP response, so that a network fault reaches the caller as a JSON error body and never
// as the end of the process.
//
// # What stays as it is
//
// Nothing is repaired on the way. In particular the SDK's Revoke sends a body that is not JSON to a path that wants a
// form: the server refuses it, and the refusal counts as an error of an authorization request. Let tokens expire
// instead of revoking them. An endpoint that cannot be part of a URL, such as one with a bare percent sign, fails in the SDK
// before it reaches the gateway.
package rcgo
