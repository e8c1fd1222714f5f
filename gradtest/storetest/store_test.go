package storetest_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/storetest"
)

func TestMemoryStore(t *testing.T) {
	storetest.TestStore(t, func(*testing.T) storetest.OpenStore {
		m := ledger.NewMemory()
		return func() (ledger.Store, error) { return m, nil }
	})
}

func TestDirStore(t *testing.T) {
	storetest.TestStore(t, func(t *testing.T) storetest.OpenStore {
		open := directory(t)
		return func() (ledger.Store, error) { return open() }
	})
}

// directory opens a new ledger as often as wanted and closes all at the end.
func directory(t *testing.T) func() (*ledger.Dir, error) {
	dir := t.TempDir()
	return func() (*ledger.Dir, error) {
		d, err := ledger.Open(dir)
		if err == nil {
			t.Cleanup(func() { assert.NoError(t, d.Close()) })
		}
		return d, err
	}
}

// forgetful breaks a promise: it keeps nothing.
type forgetful struct{ *ledger.Memory }

func (forgetful) Append(context.Context, ...ledger.Record) error { return nil }

func TestCheckStore(t *testing.T) {
	require.NoError(t, storetest.CheckStore(func() (storetest.OpenStore, error) {
		m := ledger.NewMemory()
		return func() (ledger.Store, error) { return m, nil }, nil
	}))
	err := storetest.CheckStore(func() (storetest.OpenStore, error) {
		return func() (ledger.Store, error) { return forgetful{ledger.NewMemory()}, nil }, nil
	})
	for _, name := range []string{"fields", "order", "days", "durable", "since", "concurrent", "repeated", "refused", "own copy", "reentrant", "ended context"} {
		assert.ErrorContains(t, err, "storetest: "+name+": ")
	}
	assert.NotContains(t, err.Error(), "storetest: empty")

	broken := errors.New("broken")
	assert.ErrorIs(t, storetest.CheckStore(func() (storetest.OpenStore, error) { return nil, broken }), broken)
}

func ExampleCheckStore() {
	fmt.Println(storetest.CheckStore(func() (storetest.OpenStore, error) {
		store := ledger.NewMemory()
		return func() (ledger.Store, error) { return store, nil }, nil
	}))
	// Output: <nil>
}
