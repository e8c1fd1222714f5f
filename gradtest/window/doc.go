// Package window keeps calls inside the platform's sliding rate limits.
//
// # The rule
//
// The platform allows each usage-plan group a number of calls per sliding window, and answers a call too many with
// 429 and a penalty that every further call restarts. So the aim is not few refusals but none. A slot of a group is
// taken when a call leaves and is free again one window after its answer arrived: the server counted the call no
// later than that, whatever the network did in between, so no jitter can put one call too many into its window.
//
// # Pure and waiting
//
// [State] is the arithmetic. It reads no clock, starts nothing and waits for nothing: the same operations give the
// same moments, so it can be rebuilt from a ledger and tested exactly. A [Gate] waits. [Memory] is the Gate of one
// process; package ledger has one for all processes of a machine. Both stand on [Wait], which holds no lock while
// waiting and decides anew before a call may go.
//
// # What is learned
//
// [ReadSignal] reads the X-Rate-Limit-* and Retry-After headers of an answer. A limit or window that the server tells
// replaces the assumed one at once, up or down. Until a group's first answer, and after a refusal, one call of that
// group is in flight at a time, so a limit smaller than assumed does no harm. When the server has counted more calls
// than this State knows of, somebody else spends the same limit: their calls take slots too. An operation that is
// answered in another group than it was claimed in is counted in both from then on.
//
// # Clocks
//
// Moments keep their monotonic part where they have one, so that a clock that is set forth or back changes nothing
// within a process. A moment without it, as read from a file, that lies ahead of now by more than a second was
// written under another clock: it counts from now, so a slot is held for one window and not for hours.
//
// # Cost
//
// A group remembers about as many moments as its limit counts calls. Claims are served first come, first served. A
// claim of several groups that waits for one of them already holds its place in the others. Every answer makes all
// waiting calls look again, which is nothing for hundreds of them and some milliseconds for thousands.
package window
