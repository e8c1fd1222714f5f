// Package wire sends HTTP requests to the platform inside its rate limits and keeps evidence of every attempt.
//
// [Transport] is an [http.RoundTripper] for programs whose HTTP client can be replaced. [Gateway] is a recording reverse
// proxy for those whose client cannot, such as ringcentral-go, which makes a new one for each call.
//
// # One attempt, one slot, one record
//
// The platform counts what arrives, not what a program meant to send, so each attempt on the wire takes a slot of its
// usage-plan group and leaves one ledger record:
//
//   - A redirect that an http.Client follows is two calls, since it runs RoundTrip twice.
//   - net/http re-sends an idempotent request by itself when a kept-alive connection turns out to be dead, and the server
//     may have counted the first one. Transport takes that ability away from the base transport and re-sends under the
//     same conditions itself, with a slot and a record for each attempt, at most three times. What net/http still may
//     re-send is a request of which not one byte was written, and that is no call.
//   - An attempt whose answer never came keeps its slot until the server can no longer count it: now for a connection
//     that the peer closed, the time it was sent plus the time-out for one that was given up.
//   - An attempt that provably never left (refused connection, name not found, TLS handshake failed, cancelled while
//     dialing) gives its slot back at once. It is still recorded, with status 0, no Sent time and no Groups, so that a
//     report can say what went wrong; it charges nothing.
//
// To see what leaves, Transport relies on [net/http/httptrace], which [http.Transport] implements. A base that does
// not is taken to have sent whatever it was given, unless its error says refused or name not found. The default base
// speaks HTTP/1.1 only: there one attempt is one request on one connection. A base that negotiates HTTP/2 works too; a GET
// then ends with an empty DATA frame, and requests that the server declares unprocessed (GOAWAY, REFUSED_STREAM)
// are re-sent by net/http unseen when they have no body or one that can be rewound.
//
// # Order of events
//
// Pace, slot, token, send; then, when the headers have arrived: append the record, settle the slot as of the moment of the
// answer (the other way round for a refusal), and only when the record is durable hand the answer over. If the evidence
// cannot be kept, the caller gets a [StoreError] instead of the answer. The body streams to the caller afterwards, bounded
// by the request's context alone.
//
// # What is kept, and what never is
//
// Records hold templates, statuses, times, error codes and request ids. Query values, path ids, bodies, header values
// and tokens reach no record, log line or error of this package. An [http.Client] wraps errors in *url.Error, whose text
// has the whole URL: pass such errors through [Redact] before showing them.
//
// # Injected faults
//
// Answers that carry [FaultHeader] were made by an emulator's fault or a replay; their records say so and never count.
package wire
