// Package rcauth gives [oauth2.TokenSource]s for RingCentral's grants, on golang.org/x/oauth2: [JWT], [Refresh], [Code]
// with PKCE and the removed [Password], and [Revoke].
//
// # Token requests are calls
//
// Each token request takes a slot of the Auth bucket, 5 a minute for the whole app, and an error among them counts
// against it. Give [Config].Client the recording transport, and:
//
//   - A source makes one request at a time; whoever asks meanwhile waits for that one.
//   - A failure is remembered, so that many calls that lack a token do not each ask for one: for 60 s where asking again
//     cannot help (any 4xx), for Retry-After on 429 and 503 (30 s without one), for 10 s on everything else. The remembered
//     error is returned meanwhile. Nothing about a source can change, so mend the cause and make a new one to try at
//     once. An ended context and a request that its transport did not let out are not remembered.
//   - Client authentication is fixed, Basic with a secret and client_id in the form without, so that oauth2 never probes for
//     the style with a request that must fail. Redirects are not followed: the form holds credentials.
//
// # Expiry
//
// A token is replaced 60 s before it expires, or a tenth of its life where that is less, so that a call which waits
// for its slot still finds it valid. JWT asks with the JWT again rather than with a refresh token: a refresh kills the
// old access token at once (developer guide, refresh tokens), under calls that are still in flight, while a second
// session lets them end.
//
// # Sharing
//
// With [Config].Share processes share one token: through a [File] those of a machine, through package redisstore those of
// several. One of them asks, the others wait for its answer; a token that the platform rejects is replaced once. What is
// kept is sealed by AES-GCM under a key derived from the client secret and the credential, and holds no refresh token.
//
// # Errors
//
// An [Error] says what the platform answered and what to do about it. It never holds the body, and no secret: texts of the
// platform are cleaned of everything that was sent and of all that looks like a token.
//
// Any other oauth2.TokenSource will do wherever one of these does.
package rcauth
