package modroot_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/modroot"
)

func TestFind(t *testing.T) {
	root := t.TempDir()
	nested := filepath.Join(root, "module", "a", "b")
	require.NoError(t, os.MkdirAll(nested, 0o755))
	// A directory of that name is no module.
	require.NoError(t, os.MkdirAll(filepath.Join(root, "module", "a", "go.mod"), 0o755))

	_, ok := modroot.Find(nested)
	require.False(t, ok, "no go.mod up to the file system's root")

	require.NoError(t, os.WriteFile(filepath.Join(root, "module", "go.mod"), []byte("module m\n"), 0o644))
	for _, dir := range []string{nested, filepath.Join(root, "module")} {
		got, ok := modroot.Find(dir)
		require.True(t, ok)
		require.Equal(t, filepath.Join(root, "module"), got)
	}
}
