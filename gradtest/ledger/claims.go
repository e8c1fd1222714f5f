package ledger

import (
	"context"
	"time"
)

// Claimer is a [Store] on which processes book calls before they make them, so that any number of processes send
// exactly what one would. Without it every process decides from what it has read, and several that run at the same time
// send more calls than are missing.
//
// A booking is a record of kind [Claimed]. It ends with the success of a call made for it (a [Done] record with its id
// in Claim), with a record of kind [Unclaimed], or when its owner is gone.
type Claimer interface {
	// Claims opens a view of the records of since's UTC day and later ones.
	Claims(ctx context.Context, since time.Time) (Claims, error)
}

// Claims is one session's view of a [Claimer]. It is safe for concurrent use.
type Claims interface {
	// Owner identifies the session in the records that it books. Others see it as alive until Close, or until its
	// process ends.
	Owner() string

	// Update lets decide read what is new and append to it, as one step: between what decide has seen and what it
	// appends, no other record is appended to the store. decide may be called more than once, each time with the records
	// that it has not seen yet; only what the last call returned is appended. Records that decide itself appended are not
	// fresh to it later. decide must not block and not use the store.
	//
	// The records that decide appends are of kinds Claimed, Unclaimed and Settled. They survive the death of the process,
	// not a loss of power.
	Update(ctx context.Context, decide func(View) []Record) error

	// Read passes what is new to use. It takes no lock and books nothing.
	Read(ctx context.Context, use func(View)) error

	// Wait returns when records may have been appended since the last Update or Read, or when ctx ends. It may return
	// early.
	Wait(ctx context.Context) error

	// Close ends the session: its bookings are void. The store stays open.
	Close() error
}

// DistantClaims is a [Claims] of a store for which each look is a round trip over a network.
type DistantClaims interface {
	Claims

	// Within returns a view of the same session that need not look again where it has done so within the last age: Read
	// may miss what was appended since, and so may Update if decide appends nothing. Bookings are as safe as ever.
	Within(age time.Duration) Claims
}

// View is what a session sees of the store in one step.
type View struct {
	Now   time.Time               // by the store's clock
	Fresh []Record                // appended since the last step, in the order of appending
	Life  func(owner string) Life // whether the owner of a booking is still there
}

// Life says whether a session is still there.
type Life int

const (
	// Alive: the session is open.
	Alive Life = iota

	// Silent: the session's lease has run out. Its process may be dead or cut off from the store, so a call that it
	// was about to send may still leave.
	Silent

	// Dead: the process is gone or has closed the session. It sends nothing any more.
	Dead
)
