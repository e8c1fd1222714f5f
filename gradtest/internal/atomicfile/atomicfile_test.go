package atomicfile

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// entries lists the directory of a file.
func entries(t *testing.T, path string) (names []string) {
	t.Helper()
	all, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	for _, e := range all {
		names = append(names, e.Name())
	}
	return names
}

func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

func TestCommit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(path, []byte("old"), 0o600))
	f, err := Create(path, 0o644)
	require.NoError(t, err)
	_, err = io.WriteString(f, "new")
	require.NoError(t, err)
	assert.Equal(t, "old", content(t, path), "nothing is replaced before Commit")
	require.NoError(t, f.Commit())
	assert.Equal(t, "new", content(t, path))
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o644), info.Mode().Perm())
	assert.Equal(t, []string{"file"}, entries(t, path))
}

func TestDiscard(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(path, []byte("old"), 0o600))
	f, err := Create(path, 0o600)
	require.NoError(t, err)
	require.NoError(t, f.Discard())
	assert.Equal(t, "old", content(t, path))
	assert.Equal(t, []string{"file"}, entries(t, path))
}

func TestErrors(t *testing.T) {
	_, err := Create(filepath.Join(t.TempDir(), "missing", "file"), 0o600)
	assert.ErrorIs(t, err, os.ErrNotExist)

	path := filepath.Join(t.TempDir(), "directory")
	require.NoError(t, os.MkdirAll(filepath.Join(path, "full"), 0o700))
	f, err := Create(path, 0o600)
	require.NoError(t, err)
	assert.Error(t, f.Commit(), "a directory is not replaced")
	assert.Equal(t, []string{"directory"}, entries(t, path))

	f, err = Create(filepath.Join(t.TempDir(), "file"), 0o600)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	assert.ErrorIs(t, f.Commit(), os.ErrClosed)
}
