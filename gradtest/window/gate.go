package window

import (
	"context"
	"time"
)

// Call asks for a slot in each of Groups.
type Call struct {
	ID     string   // unique id of the call, required; the ledger's records of the call have the same
	Groups []string // usage-plan group first, then services' own limits, in any case; empty: not limited
	Op     string   // operation id, to remember the group that a server states for it; empty: none is remembered

	// Timeout is how long after being sent a call without an answer may still be counted by the server. A call that is
	// never settled is taken as ended then: its slots are free one window later. Zero: [DefaultTimeout].
	Timeout time.Duration
}

// DefaultTimeout is used where Call.Timeout is zero.
const DefaultTimeout = 60 * time.Second

// Answer is how an admitted call ended.
type Answer struct {
	At     time.Time // when the answer arrived, or the attempt was given up
	Latest time.Time // when the server may have counted an unanswered call at the latest; zero: it was answered
	Signal Signal    // what the answer states about limits
}

// answered reports whether the server sent an answer.
func (a Answer) answered() bool { return !a.Latest.After(a.At) }

// Gate admits calls inside the platform's limits. Implementations ([Memory] here, the gates of packages ledger and
// redisstore) are safe for concurrent use.
type Gate interface {
	// Admit waits until the call may be sent. Calls of a group are admitted in the order of asking. It fails with a
	// [*WaitError] when ctx ends, and at once when the wait would exceed ctx's deadline or a penalty is longer than
	// [LongestPenalty]; nothing is booked then. Each admitted call must be settled or released.
	Admit(ctx context.Context, c Call) error

	// Settle reports how an admitted call ended. Settling a call twice has no effect.
	Settle(ctx context.Context, c Call, a Answer) error

	// Release gives an admitted call's slots back: it was not sent.
	Release(ctx context.Context, c Call) error

	// Limit returns the limit in force for a group, and whether a server has confirmed it.
	Limit(group string) (l Limit, learned bool)
}

// LastLimiter is a [Gate] whose Limit takes a round trip over a network.
type LastLimiter interface {
	Gate

	// LastLimit returns what Limit would have returned at the last call of the group in this process, without asking.
	LastLimit(group string) (l Limit, learned bool)
}
