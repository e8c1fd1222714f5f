// Package window holds the sliding-window arithmetic of the platform's rate limits (State, pure) and the Gate, which waits.
package window

import (
	"context"
	"net/http"
	"time"
)

// Limit is what one usage-plan group allows: Calls per sliding window Per; Penalty is how long a refusal lasts when the server does not say.
type Limit struct {
	Calls   int
	Per     time.Duration
	Penalty time.Duration
}

// Claim asks for a slot in each of Groups (case-insensitive; empty: unlimited, held back only by a penalty on everything).
type Claim struct {
	ID      string        // unique id of the call; the ledger's records of the call carry the same
	Groups  []string      // usage-plan group first, then custom limits
	Op      string        // operation id, for the ledger
	Timeout time.Duration // how long after being sent a call without an answer may still be counted by the server
}

// Answer is what became of an admitted call.
type Answer struct {
	At     time.Time // when the answer arrived, or the attempt was given up
	Latest time.Time // the latest moment at which the server may have counted it; zero: At
	Signal Signal
}

// Signal is what an answer's status and headers say about limits. The zero value says nothing.
type Signal struct {
	Group      string        // X-Rate-Limit-Group; empty: absent
	Limit      int           // X-Rate-Limit-Limit; 0: absent or unusable
	Window     time.Duration // X-Rate-Limit-Window; 0: absent or unusable
	Remaining  int           // X-Rate-Limit-Remaining + 1; 0: absent or unusable
	RetryAfter time.Duration // Retry-After; 0: absent or unusable
	Refused    bool          // 429 for rate: a penalty begins
}

// ReadSignal reads an answer's headers.
func ReadSignal(status int, h http.Header, now time.Time) Signal { panic("stub") }

// Gate admits calls inside the platform's limits. Implementations: [Memory] here, the directory ledger, Redis.
type Gate interface {
	// Admit waits until the call may be sent. It fails at once when the wait would pass ctx's deadline.
	Admit(ctx context.Context, c Claim) error
	// Settle tells what became of an admitted call; settling twice is harmless.
	Settle(ctx context.Context, c Claim, a Answer) error
	// Release gives an admitted slot back: the call was not sent after all.
	Release(ctx context.Context, c Claim) error
	// Limit tells the limit in force for a group and whether a server has confirmed it.
	Limit(group string) (l Limit, learned bool)
}

// State is the pure arithmetic: slots per group, limits learned, penalties. Not safe for concurrent use.
type State struct{}

// NewState starts from the limits given; nil: Defaults.
func NewState(defaults map[string]Limit) *State { panic("stub") }

// Next tells the earliest moment at which c may be sent. ok is false when that is not known until a call in flight is settled.
func (s *State) Next(now time.Time, c Claim) (at time.Time, ok bool) { panic("stub") }

// Reserve books c's slots from at on.
func (s *State) Reserve(c Claim, at time.Time) { panic("stub") }

func (s *State) Settle(id string, a Answer) { panic("stub") }

func (s *State) Release(id string) { panic("stub") }

func (s *State) Limit(group string) (Limit, bool) { panic("stub") }

// Memory is a Gate for one process.
type Memory struct{}

func NewMemory(defaults map[string]Limit) *Memory { panic("stub") }
