// Package wire sends HTTP requests to the platform inside its rate limits and records every attempt.
//
// [Transport] is an [http.RoundTripper] for programs whose HTTP client can be replaced. [Gateway] is a recording
// reverse proxy for programs whose client cannot, such as ringcentral-go, which creates a new one for each call.
//
// # One attempt, one slot, one record
//
// The platform counts the requests that arrive, not the calls that a program makes. So each attempt to send a request
// takes a slot of its group and leaves one ledger record:
//
//   - A redirect that an http.Client follows is two calls, since it calls RoundTrip twice.
//   - net/http re-sends an idempotent request by itself when a kept-alive connection turns out to be closed, and the
//     server may have counted the first attempt. Transport prevents that. It re-sends under the same conditions
//     itself, at most three times, with a slot and a record for each attempt. net/http may still re-send a request of
//     which not one byte was written; that is not a call.
//   - An attempt without an answer keeps its slot until the server can no longer count it: until now if the peer
//     closed the connection, until the time-out after sending if the attempt was given up.
//   - An attempt that cannot have reached a server (connection refused, name not found, TLS handshake failed,
//     cancelled while dialing) returns its slot at once. It is recorded with status 0, no Sent time and no Groups, so
//     that a report can say what went wrong, and is charged to no group.
//
// Transport uses [net/http/httptrace], which [http.Transport] supports, to observe what is sent. A base transport
// without it is assumed to have sent every request, unless its error says connection refused or name not found. The
// default base transport speaks HTTP/1.1 only, where one attempt is one request on one connection. A base that
// negotiates HTTP/2 works too, with two differences: a GET ends with an empty DATA frame, and net/http re-sends a
// request that the server declares unprocessed (GOAWAY, REFUSED_STREAM), unrecorded, if its body is absent or can be
// rewound.
//
// # Order of events
//
// A request waits for the overall pace, then for its slot, then for the token, and is sent. When the headers of the
// answer have arrived, the slot's window begins. Then up to 1 MiB of the body of a 2xx is read, the record is appended
// and the slot settled (in the opposite order for a refusal). The caller gets the answer only after the record is
// durable, or a [StoreError] if it could not be stored. A longer body is streamed to the caller, and its record is made
// when it has been read to its end, closed, or given up with the request's context; a process that is killed before
// leaves a slot with unknown success.
//
// # What counts
//
// An answer 2xx can have a body that is not the platform's, or that never arrives. A success of a JSON operation is a
// documented status with a JSON document that was read to its end; one of another operation is a body that is no web
// page and was read to its end. The record of any other 2xx has Partial set and the reason as its code ([CodePage],
// [CodeCut], …).
//
// # Every wait ends
//
// The wait for headers ends with the time-out; the wait for a body when nothing arrives for the time-out, when less
// than 1 KiB arrives per second of further waiting, and after an hour; all of them with the request's context.
// Config.Pending reports an answer that takes longer than 5 s. 101 Switching Protocols is an answer only to a request
// with an Upgrade field, and its connection ends with the request's context.
//
// # Privacy
//
// Records contain path templates, statuses, times, error codes and request ids. Query values, path ids, bodies, header
// values and tokens are in no record, log line or error of this package. An [http.Client], however, wraps errors in a
// *url.Error, whose text has the whole URL: show the wrapped error instead.
//
// # Injected faults
//
// Answers with [FaultHeader] were made by a fault of an emulator or by a replay. Their records say so and never count.
package wire
