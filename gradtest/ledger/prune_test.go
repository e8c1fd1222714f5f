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
