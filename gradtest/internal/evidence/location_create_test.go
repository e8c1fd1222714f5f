package evidence

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/uncached"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// old makes a ledger directory as earlier versions did.
func old(t *testing.T) string {
	dir := filepath.Join(t.TempDir(), DirName)
	app := filepath.Join(dir, AppName("platform.example.com", "client"))
	require.NoError(t, os.MkdirAll(filepath.Join(app, "alive"), 0o700))
	require.NoError(t, os.Mkdir(filepath.Join(dir, TokensName), 0o700))
	for _, file := range []string{".gitignore", AppName("platform.example.com", "client") + "/.gitignore"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, file), []byte("*\n"), 0o600))
	}
	for _, file := range []string{"lock", "import.lock", "2026-11-23.jsonl", "2026-11-23.jsonl.copy"} {
		require.NoError(t, os.WriteFile(filepath.Join(app, file), nil, 0o600))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, uncached.Name), nil, 0o600))
	return dir
}

func TestCreateOpensOldDirectories(t *testing.T) {
	dir := old(t)
	require.NoError(t, Create(dir))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "report.html"), nil, 0o600))
	require.NoError(t, Create(dir), "it is marked now")
	d, err := ledger.Open(filepath.Join(dir, AppName("platform.example.com", "client")))
	require.NoError(t, err)
	require.NoError(t, d.Close())

	// An artifact of a CI run lacks hidden files.
	bare := old(t)
	require.NoError(t, os.Remove(filepath.Join(bare, ".gitignore")))
	require.NoError(t, Create(bare))
}

// TestCreateLeavesOtherDirectoriesAlone points the evidence at a project, directly and by a link.
func TestCreateLeavesOtherDirectoriesAlone(t *testing.T) {
	project := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(project, "main.go"), nil, 0o644))
	require.NoError(t, os.Mkdir(filepath.Join(project, "build-20261123"), 0o755), "named like the ledger of an app")
	link := filepath.Join(t.TempDir(), DirName)
	require.NoError(t, os.Symlink(project, link))
	for _, dir := range []string{project, link} {
		err := Create(dir)
		require.ErrorContains(t, err, "gradtest: the evidence cannot be kept in "+dir+" (GRADTEST_DIR, or .gradtest at the root of the module): it holds other things (")
		require.ErrorContains(t, err, "name a new directory, such as "+filepath.Join(dir, "evidence"))
	}
	entries, err := os.ReadDir(project)
	require.NoError(t, err)
	assert.Len(t, entries, 2)
	only := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(only, "build-20261123", "bin"), 0o755))
	require.Error(t, Create(only), "what it holds is no ledger")
}
