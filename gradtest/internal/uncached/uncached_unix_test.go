//go:build unix

package uncached

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMarkTouchesNothingElse(t *testing.T) {
	dir := t.TempDir()
	target := filepath.Join(t.TempDir(), "mine")
	require.NoError(t, os.WriteFile(target, nil, 0o600))
	require.NoError(t, os.Symlink(target, filepath.Join(dir, Name)))
	require.ErrorContains(t, Mark(dir), "is not a regular file: remove it")
	info, err := os.Stat(target)
	require.NoError(t, err)
	assert.WithinDuration(t, time.Now(), info.ModTime(), time.Minute)

	dir = t.TempDir()
	require.NoError(t, syscall.Mkfifo(filepath.Join(dir, Name), 0o600))
	require.ErrorContains(t, Mark(dir), "is not a regular file: remove it")
	require.Error(t, Mark(filepath.Join(dir, "missing")))
}
