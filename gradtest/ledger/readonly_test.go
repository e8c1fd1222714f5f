package ledger

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReadersOnlyRead reads a ledger that cannot be written to, in every way in which the command reads. CI runs it as
// a user whom permissions bind.
func TestReadersOnlyRead(t *testing.T) {
	dir, files := chained(t, rand.New(rand.NewPCG(8, 8)))
	for _, name := range []string{lockFile, ".gitignore", aliveDir} { // an artifact of a CI run has none of these
		require.NoError(t, os.RemoveAll(filepath.Join(dir, name)))
	}
	for _, path := range files {
		require.NoError(t, os.Chmod(path, 0o444))
	}
	require.NoError(t, os.Chmod(dir, 0o555))
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	before, err := os.Stat(dir)
	require.NoError(t, err)

	d, err := OpenReadOnly(dir)
	require.NoError(t, err)
	rep, err := d.Verify(t.Context())
	require.NoError(t, err)
	require.NoError(t, rep.Err())
	assert.NotZero(t, rep.Calls)
	s, err := d.Survey(t.Context(), time.Time{})
	require.NoError(t, err)
	assert.Equal(t, rep.Records, s.Records)
	assert.Len(t, ids(t, d), rep.Records)
	var b bytes.Buffer
	e, err := Export(t.Context(), &b, d, origin, time.Time{})
	require.NoError(t, err)
	assert.Equal(t, rep.Calls, e.Calls)
	g := d.Gate(nil)
	_, _ = g.Limit("heavy")

	_, claims := d.Claims(t.Context(), noon)
	_, prune := d.Prune(t.Context(), noon)
	_, imported := Import(t.Context(), d, origin, &b)
	for op, err := range map[string]error{
		"append": d.Append(t.Context(), done("x", noon)), "admit": g.Admit(t.Context(), claim("y")), "claims": claims,
		"prune": prune, "import": imported,
	} {
		require.ErrorIs(t, err, ErrReadOnly, op)
		assert.ErrorContains(t, err, "open it with Open", op)
	}
	require.NoError(t, d.Close())
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, entries, len(files), "nothing was added")
	after, err := os.Stat(dir)
	require.NoError(t, err)
	assert.Equal(t, before.Mode(), after.Mode())
	assert.Equal(t, before.ModTime(), after.ModTime())
	if os.Geteuid() > 0 && runtime.GOOS != "windows" {
		_, err := Open(dir)
		require.Error(t, err, "it really cannot be written to")
	}
}

func TestOpenReadOnlyNeedsALedger(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{filepath.Join(dir, "missing"), filepath.Join(dir, "file")} {
		if filepath.Base(path) == "file" {
			require.NoError(t, os.WriteFile(path, nil, 0o600))
		}
		_, err := OpenReadOnly(path)
		require.ErrorIs(t, err, ErrUnavailable)
		assert.ErrorContains(t, err, "name the directory of a ledger that you may read")
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, entries, 1)
}

// TestReadingDoesNotWaitForWriters reads while another process holds the lock.
func TestReadingDoesNotWaitForWriters(t *testing.T) {
	d := open(t, t.TempDir())
	require.NoError(t, d.Append(t.Context(), done("a", noon)))
	require.NoError(t, d.shared.lock.Lock(t.Context()))
	defer func() { require.NoError(t, d.shared.lock.Unlock()) }()
	r, err := OpenReadOnly(d.Path())
	require.NoError(t, err)
	assert.Equal(t, []string{"a"}, ids(t, r))
	require.NoError(t, r.Close())
}
