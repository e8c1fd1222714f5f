// Package retry is the one table of what is repeated, how often, and after which wait.
//
// The platform's guide repeats server errors, time-outs and refusals for rate after 2 s, doubles the wait up to a
// minute and gives up after five tries. It never repeats a client error unchanged: each one counts against the app.
package retry

import (
	"net/http"
	"time"
)

// Rule says how often something is tried and how long to wait in between.
type Rule struct {
	Class   string        // what went wrong, for people
	Tries   int           // in all, the first included
	First   time.Duration // wait before the second try; it doubles with each further one
	Longest time.Duration // bounds the doubled wait
}

// Wait returns the pause after that many failures in a row, counted from 1.
func (r Rule) Wait(failures int) time.Duration {
	return min(r.First<<min(failures-1, 30), r.Longest)
}

// Calls of an endpoint, by what went wrong. A row more specific than another stands before it.
var calls = []struct {
	from, to int // HTTP statuses; 0: no answer
	Rule
}{
	{0, 0, Rule{"no answer", 5, 2 * time.Second, time.Minute}},
	{http.StatusRequestTimeout, http.StatusRequestTimeout, Rule{"request timeout", 5, 2 * time.Second, time.Minute}},
	{http.StatusTooManyRequests, http.StatusTooManyRequests, Rule{"rate limit", 5, 2 * time.Second, time.Minute}},
	{500, 599, Rule{"server error", 5, 2 * time.Second, time.Minute}},
}

// Call returns the rule for a call that was answered with status (0: no answer) and reports whether it may be repeated.
func Call(status int) (Rule, bool) {
	for _, row := range calls {
		if status >= row.from && status <= row.to {
			return row.Rule, true
		}
	}
	return Rule{}, false
}

// What is repeated besides the calls of endpoints.
var (
	// Unsent is a call that never reached the server, such as one whose connection was refused.
	Unsent = Rule{"not sent", 5, 2 * time.Second, time.Minute}

	// Cleanup is a Cleanup whose requests broke. It is short, since a run that was interrupted waits for it.
	Cleanup = Rule{"cleanup", 4, time.Second, 4 * time.Second}

	// Token is a token request without an answer, as the platform's guide repeats it. Answers are repeated like those of
	// calls.
	Token = Rule{"token request", 3, 10 * time.Second, 10 * time.Second}
)
