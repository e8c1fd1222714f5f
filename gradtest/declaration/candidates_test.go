package declaration

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCandidates: which tests of a module can open a session, by its source alone.
func TestCandidates(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":               "module \"example.com/crm\"\n",
		"direct/a_test.go":     `import "LIB"; func TestB(t *testing.T) { gradtest.Run(t, app) }; func TestA(t *testing.T) { help(t) }; func help(t *testing.T) { gradtest.Start(t, app) }; func TestNo(t *testing.T) {}`,
		"renamed/a_test.go":    `import g "LIB"; func TestA(t *testing.T) { g.Open(nil, app) }`,
		"dotted/a_test.go":     `import . "LIB"; func TestA(t *testing.T) { Sweep(nil, app) }; func TestNo(t *testing.T) {}`,
		"suite/a_test.go":      `import "LIB/gradsuite"; func TestA(t *testing.T) { gradsuite.Run(t, new(S), app) }`,
		"main/a_test.go":       `import "LIB"; var s *gradtest.Session; func TestMain(m *testing.M) { s, _ = gradtest.Open(nil, app) }; func TestNo(t *testing.T) { s.Client() }`,
		"kit/kit.go":           `import "LIB"; func New(t any) { gradtest.Start(t, app) }`,
		"outer/outer.go":       `import "example.com/crm/kit"; func New(t any) { kit.New(t) }`,
		"wrapped/a_test.go":    `import "example.com/crm/outer"; func TestA(t *testing.T) { outer.New(t) }; func TestNo(t *testing.T) {}`,
		"testonly/a_test.go":   `import "example.com/crm/direct"; func TestNo(t *testing.T) { direct.X() }`,
		"types/a_test.go":      `import "LIB"; var app = gradtest.App{}; func TestNo(t *testing.T) { app.Name = "" }`,
		"value/a_test.go":      `import "LIB"; var run = gradtest.Run; func TestA(t *testing.T) { run(t, app) }`,
		"lower/a_test.go":      `import "LIB"; func Testing(t *testing.T) { gradtest.Run(t, app) }`,
		"elsewhere/a_test.go":  `import "example.com/gradtest"; func TestNo(t *testing.T) { gradtest.Run(t, app) }`,
		"damaged/a_test.go":    `import "LIB"; func TestA(t *testing.T) { gradtest.Run(t, app) }; func (`,
		"tagged/a_test.go":     "//go:build integration\n",
		"other_os/a_test.go":   "//go:build plan9\n",
		"testdata/x/a_test.go": `import "LIB"; func TestA(t *testing.T) { gradtest.Run(t, app) }`,
		"nested/go.mod":        "module example.com/nested\n",
		"nested/a_test.go":     `import "LIB"; func TestA(t *testing.T) { gradtest.Run(t, app) }`,
		".hidden/a_test.go":    `import "LIB"; func TestA(t *testing.T) { gradtest.Run(t, app) }`,
		"vendor/x/y/a_test.go": `import "LIB"; func TestA(t *testing.T) { gradtest.Run(t, app) }`,
	} {
		if strings.HasSuffix(name, ".go") {
			head, rest := "", text
			if strings.HasPrefix(text, "//go:build") {
				head, rest = text+"\n", `import "LIB"; func TestA(t *testing.T) { gradtest.Run(t, app) }`
			}
			text = head + "package p; " + strings.ReplaceAll(rest, "LIB", library) + "\n"
		}
		name = filepath.Join(root, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	t.Setenv("GOFLAGS", "-mod=mod --tags=integration,slow")
	all, err := candidates(root)
	require.NoError(t, err)
	got := map[string]string{}
	for _, c := range all {
		rel, err := filepath.Rel(root, c.dir)
		require.NoError(t, err)
		assert.Equal(t, "example.com/crm/"+rel, c.pkg)
		got[rel] = strings.Join(c.tests, " ")
	}
	assert.Equal(t, map[string]string{
		"direct": "TestA TestB", "renamed": "TestA", "dotted": "TestA", "suite": "TestA", "main": "TestMain", "wrapped": "TestA",
		"value": "TestA", "damaged": "TestA", "tagged": "TestA",
	}, got)
}
