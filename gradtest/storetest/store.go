package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// OpenStore opens another handle on a store.
type OpenStore func() (ledger.Store, error)

// storeCase is one requirement of a Store.
type storeCase struct {
	name  string
	rule  string // what must hold, as failures state it
	check func(ctx context.Context, open OpenStore) error
}

// CheckStore runs every case on a new, empty store of its own. Its error joins all failures.
func CheckStore(newStore func() (OpenStore, error)) error {
	var broken []error
	for _, c := range slices.Concat(storeCases, claimCases) {
		open, err := newStore()
		if err == nil {
			err = c.check(context.Background(), open)
		}
		if err != nil {
			broken = append(broken, fmt.Errorf("storetest: %s: %w: %s", c.name, err, c.rule))
		}
	}
	return errors.Join(broken...)
}

// TestStore runs every case as a subtest on a new, empty store.
func TestStore(t *testing.T, newStore func(t *testing.T) OpenStore) {
	for _, c := range slices.Concat(storeCases, claimCases) {
		t.Run(c.name, func(t *testing.T) {
			if err := c.check(t.Context(), newStore(t)); err != nil {
				t.Errorf("%v: %s", err, c.rule)
			}
		})
	}
}

// noon is a time far from any change of day.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 123456789, time.UTC)

// call is the record of a successful call.
func call(id string, at time.Time) ledger.Record {
	return ledger.Record{
		Kind: ledger.Done, ID: id, At: at, Sent: at.Add(-50 * time.Millisecond), Op: "readUserCallLog", Method: "GET",
		Path:   "/restapi/v1.0/account/{accountId}/extension/{extensionId}/call-log",
		Groups: []string{"heavy"}, Scopes: []string{"ReadCallLog"}, Status: 200, RequestID: "5d4f-11ee",
	}
}

// collect reads everything that a new handle on the store yields.
func collect(ctx context.Context, open OpenStore, since time.Time) ([]ledger.Record, error) {
	s, err := open()
	if err != nil {
		return nil, err
	}
	var all []ledger.Record
	for r, err := range s.Records(ctx, since) {
		if err != nil {
			return all, err
		}
		all = append(all, r)
	}
	return all, nil
}
