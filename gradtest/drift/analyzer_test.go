package drift_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/txtar"

	"github.com/graduationkit/ringcentral/gradtest/drift"
)

// TestAnalyzer runs the analyzer over a module with two packages, of which one reports. The module kit holds the types
// of package gradtest and nothing else.
func TestAnalyzer(t *testing.T) {
	archive, err := txtar.ParseFile(filepath.Join("testdata", "analyzer.txtar"))
	require.NoError(t, err)
	dir := t.TempDir()
	for _, f := range archive.Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, f.Data, 0o600))
	}
	results := analysistest.Run(t, filepath.Join(dir, "app"), drift.Analyzer, "./...")
	reporting := 0
	for _, r := range results {
		if len(r.Diagnostics) > 0 {
			reporting++
		}
	}
	require.Equal(t, 1, reporting, "packages that report")
}
