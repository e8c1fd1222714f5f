// Package criteria judges evidence: pure functions over records, without I/O and without a clock. [Evaluate] returns
// the [Verdict], with the calls still needed ([Needs]). [Forecast] returns the earliest and the latest moment to apply,
// and each moment at which a rule changes by itself. [Scopes] compares the app scopes that are declared, granted,
// needed and exercised. [Starts] and [BestStart] say when to begin a sweep, given the [Calendar] of reviews. [Compare]
// judges by several policies. [Budget] is the arithmetic of error shares for programs that send calls.
//
// # Policies
//
// The platform's texts on graduation contradict one another, and the platform withdrew the procedure in March 2024. So
// the rules are data: a [Policy] has a name, a version and a source. [Graduation] is the text of 2023, [Legacy] the bar
// before it, [Strictest] both at once. Where a text can be read in two ways, the strict reading is taken.
//
// # What counts
//
// A success is a 2xx response to an API call whose body was read to its end, and is what the specification documents; a
// 207 only if all its parts are 2xx ([ledger.Record.Partial]; package wire decides it). Every
// attempt on the wire is a call and counts once. Records with the same ID belong to one attempt, and of several
// outcomes the worst counts. Injected faults, replays, released slots and attempts that never got a connection are no
// evidence, nor are records dated later than the verdict, which a wrong clock may have made. An attempt without a
// response, or reserved and never done, has an unknown outcome: it is reported, is no success, and is left out of error
// shares.
//
// Authorization requests never count as volume and never as an endpoint. Responses 3xx and 5xx are traffic, neither
// success nor error.
//
// An endpoint is a method and a path template. Endpoints that were called without being declared count as used, because
// the platform would see them too, and need as many successes as declared ones. The finding says to declare them or to
// stop calling them. If only Prepare and Cleanup of declared endpoints called one, the verdict names them instead
// ([EndpointCount.Callers]).
//
// An app scope is exercised by a success on an operation that requires exactly this scope, not by a scope that includes
// it. Each record names the scopes that the call exercised ([ledger.Record.Scopes]); for SubscriptionWebhook that
// depends on the body of the request. Other spellings of a scope ([rcapi.Scope.Canonical]) are the same scope. A scope
// that no operation exercises fails, with the advice to remove it. The scope WebSocket is exercised by an authorization
// request alone: its row says so ([ScopeCount.OAuth]), and [Needs] counts that call outside of volume.
//
// # Windows
//
// Successes count from 00:00 UTC yesterday until now ([UTCDays], [Since], [Shelf]).
//
// Errors are judged in two windows, [UTCDays] and the last 48 hours ([Rolling48h]), and in each with and without
// authorization requests ([AllTraffic], [APITraffic]). The texts leave both open: some count "yesterday and today",
// others "the last 48 hours", and none says whether authorization requests are part of the traffic. No combination is
// the strictest in general. The UTC window is inside the rolling one, but old successes can dilute errors in the longer
// window just as old errors can spoil it; likewise logins that succeed dilute errors of API calls, and failed logins
// are errors of their own. So each combination must hold by itself, and a verdict of
// ready holds under every reading.
//
// The platform counted a call at some moment between its sending and its response. At the edge of a window a success is
// taken to be as old, and an error as young, as it can be; other traffic is as old as it can be, so that it dilutes no
// errors longer than it should. An endpoint counts as used until 48 hours after the last response. Boundaries are exact
// and all arithmetic is in integers: 20 is not more than 20, 5.0 % is not less than 5 %, a call at 00:00:00 UTC
// yesterday counts, and one exactly 48 hours old is outside the rolling window. Time zones and daylight saving have no
// influence.
//
// # The emulator and other servers
//
// A verdict says what the records show. The ledger keeps the records of different servers and apps apart; evidence from
// an emulator proves nothing about a real app.
package criteria
