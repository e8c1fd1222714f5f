// Package rcauth provides an [oauth2.TokenSource] for each of RingCentral's grants, built on golang.org/x/oauth2:
// [JWT], [Refresh], [Code] with PKCE, and [Password], which the platform has removed. [Revoke] ends a session. gradtest
// does not depend on these: it accepts any oauth2.TokenSource.
//
// # Token requests are calls
//
// Every token request takes a slot of the auth group, which has 5 a minute for the whole app, and a failed one is an
// error in the evidence. So give [Config].Client the recording transport. A source keeps the number of requests small:
//
//   - It sends one request at a time. Concurrent callers wait for its result.
//   - It remembers a failure, and returns the same error without a request: for 60 s where trying again cannot help
//     (any 4xx), for Retry-After on 429 and 5xx (without that header 30 s on 429 and 503), and for 10 s after anything else. To retry
//     at once after fixing the cause, make a new source. An ended context and a request that the transport did not send
//     are not remembered.
//   - Client authentication is fixed: Basic with a secret, client_id in the form without. Otherwise oauth2 would find
//     out by a request that fails. Redirects are not followed, because the form contains credentials.
//
// # Expiry
//
// A token is replaced 60 s before it expires, or a tenth of its life if that is less, so that a call that waits for a
// slot still finds it valid. JWT never uses a refresh token: a refresh ends the old access token at once (developer
// guide, refresh tokens), while calls with it may be in flight. A second JWT session leaves the first one alone.
//
// # Sharing
//
// With [Config].Share, processes share one token: through a [File] on one machine, through package redisstore on
// several. One process requests it while the others wait, and a token that the platform rejects is replaced once. With
// a token whose acceptance is not known, one call goes first over all processes (the transport of package wire asks the
// source for that), so that a token that was revoked costs one error. The cached token is encrypted with AES-GCM under
// a key derived from the client secret and the credential. Refresh tokens are not cached.
//
// # Errors
//
// An [Error] says what the platform answered and how to fix it. It contains neither the body of the answer nor a
// secret: everything that was sent, and everything that looks like a token, is removed from the platform's texts.
package rcauth
