package evidence

import (
	"context"
	"errors"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// longestSlot is longer than any call holds a slot without an end.
const longestSlot = 15 * time.Minute

// Gone returns which sessions left slots behind and are gone, as far as the store can tell. Their slots are free one
// window from now, and not after the time-out of the calls.
func Gone(ctx context.Context, s ledger.Store, records []ledger.Record, now time.Time) (gone map[string]bool, err error) {
	open := make(map[string]string) // owners, by id of the slot
	for _, r := range records {
		switch {
		case r.At.Before(now.Add(-longestSlot)):
		case r.Kind == ledger.Reserved && r.Owner != "":
			open[r.ID] = r.Owner
		case r.Kind == ledger.Done, r.Kind == ledger.Settled, r.Kind == ledger.Released:
			delete(open, r.ID)
		}
	}
	claimer, ok := s.(ledger.Claimer)
	if len(open) == 0 || !ok {
		return nil, nil
	}
	c, err := claimer.Claims(ctx, now)
	if err != nil {
		return nil, err
	}
	gone = make(map[string]bool)
	err = c.Read(ctx, func(v ledger.View) {
		for _, owner := range open {
			gone[owner] = v.Life(owner) == ledger.Dead
		}
	})
	return gone, errors.Join(err, c.Close())
}
