package ledger

import (
	"context"
	"iter"
	"time"
)

// Store keeps records. Implementations ([Memory] and [Dir] here, Redis) are safe for concurrent use and pass the
// suite of package storetest.
type Store interface {
	// Append returns when the records are durable, all of them or none. Records of kinds [Done] and [Declared] outlive
	// a loss of power, the others only the death of the process: after a loss of power every window is over. It fails
	// with an [*InvalidError] for a record that should not be kept.
	Append(ctx context.Context, r ...Record) error

	// Records yields all records whose At is not before since (zero: all that are kept), UTC day by UTC day of At, and
	// within a day in the order of appending. What is appended while it runs may be missing. A damaged line is yielded
	// as an error and the iteration can go on.
	Records(ctx context.Context, since time.Time) iter.Seq2[Record, error]
}
