package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReplace(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "report")
	require.NoError(t, replace(file, text("one")))
	require.NoError(t, replace(file, text("two")))
	assert.Equal(t, "two", content(t, file))

	broken := errors.New("no more room")
	require.ErrorIs(t, replace(file, func(w io.Writer) error { _, _ = io.WriteString(w, "half"); return broken }), broken)
	assert.Equal(t, "two", content(t, file), "the old one stays")

	link := filepath.Join(dir, "link")
	if err := os.Symlink(file, link); err == nil { // not every system lets every user
		require.NoError(t, replace(link, text("three")))
		assert.Equal(t, "three", content(t, file), "a link is written through, not replaced")
		require.NoError(t, os.Remove(link))
	}

	require.NoError(t, os.Mkdir(filepath.Join(dir, "folder"), 0o700))
	assert.ErrorContains(t, replace(filepath.Join(dir, "folder"), text("x")), "--output")
	assert.ErrorContains(t, replace(filepath.Join(dir, "no", "such"), text("x")), "--output")

	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 2, "nothing half written is left: %v", left)
}

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

func content(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(b)
}
