package ledger

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
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

// TestANewDayDeletesTheOldest: a ledger that is never pruned does not grow for ever.
func TestANewDayDeletesTheOldest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		first := time.Now()
		for i := range daysKept + 5 {
			require.NoError(t, d.Append(t.Context(), done(fmt.Sprint(i), time.Now())))
			time.Sleep(24 * time.Hour)
		}
		require.Len(t, kept(t, d), daysKept)
		assert.Equal(t, dayOf(first.AddDate(0, 0, 5)), kept(t, d)[0])

		// A clock that is set forward by years begins one new day and deletes one old one.
		require.NoError(t, d.Append(t.Context(), done("ahead", first.AddDate(9, 0, 0))))
		require.Len(t, kept(t, d), daysKept)
		assert.Equal(t, dayOf(first.AddDate(0, 0, 6)), kept(t, d)[0])
	})
}

// TestImportedEvidenceDeletesNoDay: imported days stay until a day begins by itself, however old and numerous they are,
// also if one append imports the oldest day and a new one.
func TestImportedEvidenceDeletesNoDay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		now := time.Now()
		for i := range daysKept + 5 {
			require.NoError(t, d.Append(t.Context(), done(fmt.Sprint(i), now.AddDate(0, 0, i-daysKept-5))))
		}
		assert.Len(t, kept(t, d), daysKept+5)

		oldest := now.AddDate(0, 0, -daysKept-5)
		require.NoError(t, d.Append(t.Context(), done("old", oldest), done("new", now)))
		assert.Len(t, kept(t, d), daysKept+1, "the oldest is of the batch")
		assert.Equal(t, []string{"0", "old"}, ids(t, d)[:2])
		require.NoError(t, d.Append(t.Context(), done("on", now)), "no file was closed that is still written to")
	})
}

func kept(t *testing.T, d *Dir) []day {
	t.Helper()
	all, err := d.shared.storedDays()
	require.NoError(t, err)
	return all
}

func TestANewDayDoesNotFailByAnOldOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, dk := breakable(t)
		dk.set(func(dk *faulty) { dk.remove = always(os.ErrPermission) })
		for i := range daysKept + 2 {
			require.NoError(t, d.Append(t.Context(), done(fmt.Sprint(i), time.Now())))
			time.Sleep(24 * time.Hour)
		}
		assert.Len(t, ids(t, d), daysKept+2)
	})
}
