package ledger

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPrune(t *testing.T) {
	d := open(t, t.TempDir())
	for i := range 5 {
		require.NoError(t, d.Append(t.Context(), done(fmt.Sprint(i), noon.AddDate(0, 0, i))))
	}
	n, err := d.Prune(t.Context(), time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC).Add(-1))
	require.NoError(t, err)
	assert.Equal(t, 2, n, "the 25th was not over")
	assert.Equal(t, []string{"2", "3", "4"}, ids(t, d))
	require.NoError(t, d.Append(t.Context(), done("again", noon)))
	assert.Equal(t, []string{"again", "2", "3", "4"}, ids(t, d))
	assert.FileExists(t, filepath.Join(d.Path(), "lock"))
}

func TestPruneReportsWhatStays(t *testing.T) {
	d, dk := breakable(t)
	require.NoError(t, d.Append(t.Context(), done("a", noon)))
	dk.set(func(dk *faulty) { dk.remove = always(os.ErrPermission) })
	n, err := d.Prune(t.Context(), noon.AddDate(0, 0, 1))
	assert.Zero(t, n)
	require.ErrorIs(t, err, os.ErrPermission)
	dk.set(func(dk *faulty) { dk.remove = nil })
	require.NoError(t, d.Append(t.Context(), done("b", noon)), "the ledger can still be used")
	assert.Equal(t, []string{"a", "b"}, ids(t, d))
}

// TestANewDayEndsTheOldest: a ledger that nobody prunes does not grow for ever.
func TestANewDayEndsTheOldest(t *testing.T) {
	d := open(t, t.TempDir())
	days := func() []day {
		all, err := d.folder.kept()
		require.NoError(t, err)
		return all
	}
	for i := range daysKept + 5 {
		require.NoError(t, d.Append(t.Context(), done(fmt.Sprint(i), noon.AddDate(0, 0, i))))
	}
	require.Len(t, days(), daysKept)
	assert.Equal(t, dayOf(noon.AddDate(0, 0, 5)), days()[0])

	// A clock that is set forward by years begins one new day and ends one old one.
	require.NoError(t, d.Append(t.Context(), done("ahead", noon.AddDate(9, 0, 0))))
	require.Len(t, days(), daysKept)
	assert.Equal(t, dayOf(noon.AddDate(0, 0, 6)), days()[0])

	require.NoError(t, d.Append(t.Context(), done("old", noon)), "evidence from elsewhere")
	assert.Equal(t, "old", ids(t, d)[0])
}

func TestANewDayDoesNotFailByAnOldOne(t *testing.T) {
	d, dk := breakable(t)
	dk.set(func(dk *faulty) { dk.remove = always(os.ErrPermission) })
	for i := range daysKept + 2 {
		require.NoError(t, d.Append(t.Context(), done(fmt.Sprint(i), noon.AddDate(0, 0, i))))
	}
	assert.Len(t, ids(t, d), daysKept+2)
}
