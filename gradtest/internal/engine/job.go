// Package engine schedules a sweep: which endpoint is called next, when it is given up, and when the sweep is over.
//
// It knows nothing of package testing, of HTTP or of the ledger. A [Job] makes one call and says how it ended; the
// rate limits are kept below it, by whoever sends. That is what lets whole sweeps be tested in virtual time.
package engine

import (
	"context"
	"time"
)

// Job is one endpoint of a sweep.
type Job struct {
	Name  string
	Group string // calls of one group are in flight together up to Config.Width
	Write bool   // not safe to repeat in parallel: one call in flight at a time, its canary after those of the reads

	// Proven says that the endpoint has succeeded before, so that it needs no canary.
	Proven bool

	// Missing tells how many successes are still wanted, calls in flight not subtracted. It is asked before every
	// call, since other endpoints' preparations and the app's own tests make calls that count as well.
	Missing func() int

	// Call makes one call and returns when it has been recorded. attempt counts from 1 within this sweep.
	Call func(ctx context.Context, attempt int) Result
}

// Verb says what the engine does after a call.
type Verb int

const (
	Counted   Verb = iota // a success
	Retry                 // it may be repeated: a server error, a time-out, a refusal for rate
	GiveUp                // this endpoint is stopped; the others go on
	StopSweep             // nothing else can succeed: no token, no server, no evidence kept
	Abandoned             // it was not sent, because the sweep ends or its turn would come too late
)

// Result is how one call ended.
type Result struct {
	Verb  Verb
	Err   error         // why; nil when Counted
	After time.Duration // Retry: at least this long from now
}

// State is where an endpoint stands when the sweep is over.
type State int

const (
	Met        State = iota // nothing is missing
	Failed                  // stopped by its own error
	Refused                 // not called, because an error would have broken the error ratio
	Unfinished              // the sweep ended first; the next one goes on
)

func (s State) String() string {
	return [...]string{"met", "failed", "refused", "unfinished"}[s]
}

// Outcome is what became of one Job.
type Outcome struct {
	Name  string
	State State
	Sent  int   // calls made in this sweep
	Won   int   // of them successes
	Err   error // nil when Met
}

// Event is told to Config.Notify whenever a call ends.
type Event struct {
	Name    string
	Counted bool
	Err     error
	Missing int // of this endpoint, after the call
}
