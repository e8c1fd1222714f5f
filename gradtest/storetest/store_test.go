package storetest_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/limits"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/storetest"
	"github.com/graduationkit/ringcentral/gradtest/window"
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

// directory opens handles on a new ledger and closes them when the test ends.
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

// forgetful is a store that keeps nothing.
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
	for _, name := range []string{"fields", "order", "days", "durable", "since", "concurrent",
		"repeated", "refused", "own copy", "reentrant", "ended context"} {
		assert.ErrorContains(t, err, "storetest: "+name+": ")
	}
	assert.NotContains(t, err.Error(), "storetest: empty")

	broken := errors.New("broken")
	assert.ErrorIs(t, storetest.CheckStore(func() (storetest.OpenStore, error) { return nil, broken }), broken)
}

// TestCheckStoreNoticesOptionalAbilities runs the suite over a store whose optional abilities do nothing.
func TestCheckStoreNoticesOptionalAbilities(t *testing.T) {
	err := storetest.CheckStore(func() (storetest.OpenStore, error) {
		m := ledger.NewMemory()
		return func() (ledger.Store, error) { return &idle{Memory: m}, nil }, nil
	})
	for _, name := range []string{"closed", "follow", "survey", "verify", "prune"} {
		assert.ErrorContains(t, err, "storetest: "+name+": ")
	}
	assert.NotContains(t, err.Error(), "storetest: fields")
	err = storetest.CheckUnavailable(t.Context(), &idle{Memory: ledger.NewMemory()})
	for _, method := range []string{"append", "records", "follow", "claims update", "claims read", "survey", "verify", "prune", "admit"} {
		assert.ErrorContains(t, err, method+": got error <nil>")
	}
	session, err := ledger.NewMemory().Claims(t.Context(), time.Now())
	require.NoError(t, err)
	assert.ErrorContains(t, storetest.CheckClaimsUnavailable(t.Context(), session), "claims update: got error <nil>")
}

// idle is a store with all optional abilities, none of which does anything.
type idle struct{ *ledger.Memory }

func (*idle) Close() error { return nil }

func (*idle) Follow(context.Context, time.Time) (func(context.Context) iter.Seq2[ledger.Record, error], error) {
	return func(context.Context) iter.Seq2[ledger.Record, error] {
		return func(func(ledger.Record, error) bool) {}
	}, nil
}

func (*idle) Survey(context.Context, time.Time) (s ledger.Survey, err error) { return s, nil }
func (*idle) Verify(context.Context) (r ledger.Report, err error)            { return r, nil }
func (*idle) Prune(context.Context, time.Time) (int, error)                  { return 0, nil }
func (*idle) Gate(map[string]window.Limit) window.Gate                       { return window.NewMemory(limits.Documented()) }

func TestDirIsUnavailableWithoutItsDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ledger")
	d, err := ledger.Open(dir)
	require.NoError(t, err)
	defer d.Close()
	open, err := d.Claims(t.Context(), time.Now())
	require.NoError(t, err)
	defer open.Close()
	require.NoError(t, os.RemoveAll(dir))
	require.NoError(t, storetest.CheckUnavailable(t.Context(), d))
	require.NoError(t, storetest.CheckClaimsUnavailable(t.Context(), open))
}

func ExampleCheckStore() {
	fmt.Println(storetest.CheckStore(func() (storetest.OpenStore, error) {
		store := ledger.NewMemory()
		return func() (ledger.Store, error) { return store, nil }, nil
	}))
	// Output: <nil>
}
