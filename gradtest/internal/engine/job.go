// Package engine schedules a sweep: which endpoint is called next, when to give one up, and when the sweep is over.
//
// It knows nothing of package testing, of HTTP or of the ledger. A [Job] makes one call and reports how it ended; the rate
// limits are kept below it, in the transport. So whole sweeps can be tested in virtual time.
package engine

import (
	"context"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/retry"
)

// Job is one endpoint of a sweep.
type Job struct {
	Name  string
	Group string // calls of one group are in flight together, up to Config.Width
	Key   string // jobs of one key share what is missing: a call in flight of one counts for all; empty: its Name
	Write bool   // changes something: one call in flight at a time, and its canary goes after those of the reads

	// Proven reports that the endpoint has succeeded before, so that it needs no canary.
	Proven bool

	// Missing returns how many successes are still needed, calls in flight not subtracted. The engine asks before every
	// call, since other endpoints' preparations and the app's own tests make calls that count as well.
	Missing func() int

	// Call makes one call and returns when it has been recorded. attempt counts from 1 within this sweep.
	Call func(ctx context.Context, attempt int) Result
}

// Disposition is what the engine does after a call.
type Disposition int

const (
	Counted   Disposition = iota // the call succeeded
	Retry                        // the call may be repeated after a pause
	GiveUp                       // this endpoint stops; the others go on
	StopSweep                    // nothing else can succeed: no token, no server, no evidence
	Abandoned                    // the call was not sent: the sweep ends, or its slot would come too late
)

// Result is how one call ended.
type Result struct {
	Disposition Disposition
	Err         error         // why; nil when Counted
	Rule        retry.Rule    // Retry: how often and after which pause
	After       time.Duration // Retry: the least pause, such as the server's Retry-After
}

// State is how an endpoint ended.
type State int

const (
	Met        State = iota // nothing is missing
	Failed                  // stopped by its own error
	Refused                 // not called, because one more error would have exceeded the error budget
	Unfinished              // the sweep ended first; the next one goes on
)

func (s State) String() string {
	return [...]string{"met", "failed", "refused", "unfinished"}[s]
}

// Outcome is the result of one Job.
type Outcome struct {
	Name      string
	State     State
	Sent      int   // calls made in this sweep
	Successes int   // of them
	Err       error // nil when Met
}

// Event describes one call that has ended.
type Event struct {
	Name    string
	Counted bool
	Err     error
	Missing int // of this endpoint, after the call
}
