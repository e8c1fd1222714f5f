package window

import (
	"context"
	"time"
)

// Claim asks for a slot in each of Groups.
type Claim struct {
	ID     string   // unique id of the call, required; the ledger's records of the call carry the same
	Groups []string // usage-plan group first, then custom limits; in any case; empty: held back only by a penalty on everything
	Op     string   // operation id; a group that the server tells for it is remembered; empty: nothing is

	// Timeout is how long after being sent a call without an answer may still be counted by the server. A call that is
	// never settled counts as ended then: its slots are free one window later. Zero: [DefaultTimeout].
	Timeout time.Duration
}

// DefaultTimeout stands for a Claim.Timeout of zero.
const DefaultTimeout = 60 * time.Second

// Answer is what became of an admitted call.
type Answer struct {
	At     time.Time // when the answer arrived, or the attempt was given up
	Latest time.Time // no answer came: the latest moment at which the server may have counted the call; zero: an answer came
	Signal Signal    // what the answer says about limits
}

// answered tells whether the server was heard.
func (a Answer) answered() bool { return !a.Latest.After(a.At) }

// Gate admits calls inside the platform's limits. Implementations ([Memory] here, the directory ledger, Redis) are
// safe for concurrent use.
type Gate interface {
	// Admit waits until the call may be sent. Calls of a group are admitted in the order of asking. It fails at once,
	// with a [*WaitError], when the wait would pass ctx's deadline or a penalty is longer than [LongestPenalty], and
	// when ctx ends; nothing is booked then. Each admitted call must be settled or released.
	Admit(ctx context.Context, c Claim) error

	// Settle tells what became of an admitted call; settling twice is harmless.
	Settle(ctx context.Context, c Claim, a Answer) error

	// Release gives an admitted slot back: the call was not sent after all.
	Release(ctx context.Context, c Claim) error

	// Limit tells the limit in force for a group and whether a server has confirmed it.
	Limit(group string) (l Limit, learned bool)
}
