// Package engine runs a sweep: it begins calls as they are booked, decides what follows each of them, and ends when
// nothing is open.
//
// It knows nothing of package testing, of HTTP or of the ledger. A [Booker] decides which call may begin, a [Job] makes
// it and reports how it ended, and the rate limits are kept below, in the transport. So whole sweeps can be tested in
// virtual time.
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

	// Call makes one call and returns when it has been recorded. attempt counts from 1 within this sweep.
	Call func(ctx context.Context, attempt int, claim string) Result
}

// Booker decides which calls may begin. Its methods are called from the sweep's goroutine, Release and Wait from
// others.
type Booker interface {
	// Next books calls of the offered endpoints. room returns how many calls of a group may begin now.
	Next(ctx context.Context, offers []Offer, room func(group string) int) (Decision, error)

	// Release ends a booking when its call is over, failed or not.
	Release(ctx context.Context, claim string) error

	// Wait returns when Next may answer differently, or when ctx ends.
	Wait(ctx context.Context) error

	// Missing returns how many successes some endpoints still need. Volume is part of it only when they are all that are
	// declared.
	Missing(names []string) map[string]int
}

// Offer is an endpoint that has not been given up.
type Offer struct {
	Name      string
	NotBefore time.Time // end of its back-off; zero: none
}

// Decision is what a [Booker] decides.
type Decision struct {
	Begin   []Begin          // calls to begin now
	Failed  map[string]error // offers to give up
	Refused map[string]error // offers whose failure would exceed the error budget
	Open    bool             // some offer still lacks successes
	Wake    time.Time        // when to ask again although nothing has changed; zero: only after a change
}

// Begin is a booked call.
type Begin struct{ Name, Claim string }

// Disposition is what the engine does after a call.
type Disposition int

const (
	Counted   Disposition = iota // the call succeeded
	Retry                        // the call may be repeated after a pause
	GiveUp                       // this endpoint stops; the others go on
	StopSweep                    // nothing else can succeed: no token, no server, no evidence
	Abandoned                    // the call was not sent: the sweep ends, or its slot would come too late
	Unneeded                     // the call was not sent: another one has made it superfluous meanwhile
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
	Again   time.Time // when the endpoint may be called again after a failure; zero: at any time, or no more
}
