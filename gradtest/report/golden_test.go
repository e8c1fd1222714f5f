package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden compares every format of every scene with testdata; go test -update writes the files.
func TestGolden(t *testing.T) {
	known := map[string]bool{}
	for _, s := range scenes() {
		for ext, format := range map[string]string{"txt": "text", "full.txt": "text", "md": "markdown", "html": "html", "json": "json", "github": "github"} {
			o := s.options
			o.Full = ext == "full.txt"
			name := filepath.Join("testdata", s.name+"."+ext)
			known[name] = true
			t.Run(filepath.Base(name), func(t *testing.T) {
				var b bytes.Buffer
				require.NoError(t, Write(&b, format, s.verdict, o))
				if *update {
					require.NoError(t, os.MkdirAll("testdata", 0o755))
					require.NoError(t, os.WriteFile(name, b.Bytes(), 0o644))
				}
				golden, err := os.ReadFile(name)
				require.NoError(t, err, "run go test -update")
				assert.Equal(t, string(golden), b.String())
			})
		}
	}
	files, err := filepath.Glob("testdata/*.*")
	require.NoError(t, err)
	for _, f := range files {
		assert.True(t, known[f], "%s belongs to no scene: remove it", f)
	}
	assert.Len(t, files, len(known))
}
