// Package criteria judges evidence: pure functions over records, without I/O and without a clock. [Evaluate] gives the
// [Verdict], [Missing] the calls that close what is open, [Forecast] the moments between which to apply, and [Budget] is
// the arithmetic for whoever sends the calls.
//
// # Policies
//
// The platform's texts on graduation contradict one another (and the platform withdrew the procedure in March 2024), so
// the rules are data: a [Policy] is named, versioned and names its source. [Graduation] is the text of 2023, [Legacy] the
// bar before it, [Strictest] both at once. Where a text leaves a reading open, the strict one is taken.
//
// # What counts
//
// A success is an answer 2xx to an API call; a 207 only if all its parts are 2xx ([ledger.Record.Partial] says so). Each
// attempt on the wire is a call, whatever the caller made of it, and counts once: records of one ID are one attempt, and
// of several outcomes the worst is believed. Not evidence at all: answers made by an injected fault or a replay, slots
// given back, attempts that never got a connection, and records later than the moment of judgement, which a clock that
// was wrong may have made. An attempt without an answer, or reserved and never done, has an unknown outcome: it is shown,
// is no success, and takes no part in shares of errors.
//
// Authorization requests are never volume and never an endpoint. Shares of errors are computed with and without them,
// and the worse one counts. Answers 3xx and 5xx are traffic, neither success nor error.
//
// An endpoint is a method and a path template. Those that were called without being declared are used too, as the
// platform would see it: they need as many successes as the declared ones. The finding says: declare it, or stop
// calling it.
//
// An app scope is exercised by a success on an operation that requires exactly it. A scope that includes another does
// not exercise the other. Which scopes a call exercises stands in its record ([ledger.Record.Scopes]): for
// SubscriptionWebhook that depends on what was subscribed. Other spellings of a scope ([rcapi.Scope.Canonical]) are the same
// scope. Scopes that no operation exercises fail, with the advice to drop them.
//
// # Windows
//
// Successes count from 00:00 UTC yesterday until now ([UTCDays], [Since], [Shelf]); shares of errors must hold there and over the
// last 48 hours ([Rolling48h]), each by itself. The platform counted a call at some moment between its sending and its
// answer; at the edge of a window a success is taken to be as old, and an error as young, as it can be. Boundaries are
// exact and all arithmetic is in integers: 20 is not more than 20, 5.0 % is not less than 5 %, a call at 00:00:00 UTC
// yesterday counts, one exactly 48 hours old is outside the rolling window. Time zones and daylight saving play no part.
//
// # The emulator and other servers
//
// A verdict says what the records show. Whose records they are is for the ledger to keep apart; evidence from an emulator
// proves nothing about a real app.
package criteria
