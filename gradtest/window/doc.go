// Package window keeps calls inside the platform's sliding rate limits.
//
// The platform allows each group a number of calls per sliding window, per user and app. A call too many is answered
// with 429 and starts a penalty interval that every further call restarts. So the goal is not few refusals but none.
//
// # Structure
//
// [State] is the arithmetic. It reads no clock, starts no goroutine and never waits: the same operations always give
// the same times, so it can be rebuilt from a ledger and tested exactly. A [Gate] waits. [Memory] is the Gate of one
// process; package ledger has one for all processes of a machine and package redisstore one for several machines. All
// are built on [Wait], which holds no lock while it waits and decides again before a call may be sent.
//
// The package contains no figures of the platform. [NewState] and [NewMemory] are given limits, and package rcapi has
// the documented ones.
//
// # A slot is free one window after the answer
//
// A slot is taken when a call is sent and is free again at the time of the answer plus the window W, not at the time
// of sending plus W. The server counts a call at some time between the two, and the client cannot know when. A call
// that took 900 ms on its way and is counted late still occupies the server's window when "send + W" has passed; the
// next call, travelling faster, would be one too many. The time of the answer is the latest at which the server can
// have counted the call, so with it no network jitter can cause a 429.
//
// The price is small. Measured with 60 calls to 12 endpoints, limits of 50, 40 and 10 per 3 s and a network of 20 to
// 40 ms, where the theoretical minimum is 3.02 s: freeing slots at answer + W took 3.08 s and never caused a 429,
// even with one second of jitter. Freeing them at send + W caused 8 to 114 of them. A token bucket of burst L,
// refilled at L/W, allows up to 2L calls in one window; with eight workers it never left the penalty.
//
// A call whose answer never came keeps its slot until the server can no longer count it, which is its time-out, plus W.
//
// # One call at a time until a limit is confirmed
//
// Until the first answer of a group, and again after a refusal, only one call of the group is in flight. The limit in
// use is an assumption then: an app may have a lower one, or another program may use the same client id. One call
// costs one round trip and learns the truth from the headers of its answer. Sending as many as assumed would risk a
// burst of refusals, each of which restarts the penalty. A call that was sent before the refusal confirms nothing.
//
// # What is learned
//
// [ReadSignal] reads the X-Rate-Limit-* and Retry-After headers of an answer. A limit or window stated by the server
// replaces the assumed one at once, up or down. If the server has counted more calls than this State knows, another
// program uses the same limit: those foreign calls take slots too. An operation that is answered in another group than
// it was claimed in is counted in both from then on.
//
// # Clocks
//
// Times keep their monotonic reading where they have one, so that setting the clock changes nothing within a process. A
// time without it, as read from a file, that is more than a second ahead of now was written under another clock: it is
// taken as now, so a slot is held for one window and not for hours.
//
// # Cost
//
// A group remembers about as many times as its limit has calls. Calls are served in the order of asking. A call of
// several groups that waits for one of them already holds its place in the others. Every answer makes all waiting calls
// look again, which is negligible for hundreds of them and takes some milliseconds for thousands.
package window
