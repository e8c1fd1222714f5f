package evidence

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Horizon is how far back a call can matter to any policy: the rolling window of 48 hours, and an hour for clocks that
// differ.
const Horizon = 49 * time.Hour

// Reach is how far back a declaration can matter. A run declares its app anew when it finds no declaration inside the
// horizon, so the declaration behind a call that still counts is at most two horizons old.
const Reach = 2 * Horizon

// Recent yields the records of the last [Horizon]. A torn line, left by a process that was killed, goes to torn and not
// to the caller: nothing of it was ever acknowledged. Every other error is yielded.
func Recent(ctx context.Context, s ledger.Store, now time.Time, torn func(error)) iter.Seq2[ledger.Record, error] {
	return func(yield func(ledger.Record, error) bool) {
		for r, err := range s.Records(ctx, now.Add(-Horizon)) {
			if _, ok := errors.AsType[*ledger.TornError](err); ok {
				torn(err)
				continue
			}
			if !yield(r, err) {
				return
			}
		}
	}
}
