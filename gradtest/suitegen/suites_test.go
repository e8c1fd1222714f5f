package suitegen

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// compiled are generated suites in one test binary. They are files of a package that exists only in the overlay of
// one build, so that a killed test leaves nothing in the module.
type compiled struct {
	dir     string
	overlay map[string]string
	taken   []string
	suites  map[string]string // name: variable
}

func newCompiled(t *testing.T) *compiled {
	return &compiled{dir: t.TempDir(), overlay: make(map[string]string), suites: make(map[string]string)}
}

// add generates a suite, and merges further requests into it.
func (c *compiled) add(t *testing.T, name string, r Request, more ...Request) {
	t.Helper()
	r.Package, r.Taken = "generated", c.taken
	source, err := Generate(r)
	require.NoError(t, err, name)
	for _, r := range more {
		r.Taken = c.taken
		m, err := Merge(source, r)
		require.NoError(t, err, name)
		source = m.Source
	}
	formatted, err := format.Source(source)
	require.NoError(t, err, name)
	require.Equal(t, string(formatted), string(source), "%s is formatted", name)
	c.suites[name] = c.declared(t, source)
	c.write(t, fmt.Sprintf("s%d_test.go", len(c.suites)), source)
}

// declared adds the names that a source declares, and returns that of the app.
func (c *compiled) declared(t *testing.T, source []byte) (app string) {
	t.Helper()
	for line := range bytes.Lines(source) {
		for _, word := range []string{"var ", "func "} {
			if rest, ok := strings.CutPrefix(string(line), word); ok {
				name := rest[:strings.IndexAny(rest, " (")]
				c.taken = append(c.taken, name)
				if strings.Contains(rest, "= gradtest.App{") {
					app = name
				}
			}
		}
	}
	require.NotEmpty(t, app)
	return app
}

func (c *compiled) write(t *testing.T, name string, source []byte) {
	t.Helper()
	path := filepath.Join(c.dir, name)
	require.NoError(t, os.WriteFile(path, source, 0o600))
	here, err := filepath.Abs("testdata")
	require.NoError(t, err)
	c.overlay[filepath.Join(here, name)] = path
}

// result is what became of a suite.
type result struct {
	Suite  string
	Ready  bool
	Fault  string
	Errors []string
}

// run compiles all suites into one binary and sweeps each.
func (c *compiled) run(t *testing.T) map[string]result {
	t.Helper()
	runner, err := os.ReadFile("testdata/runner.go.txt")
	require.NoError(t, err)
	c.write(t, "runner_test.go", runner)
	var b strings.Builder
	b.WriteString("package generated\n\nimport \"github.com/graduationkit/ringcentral/gradtest\"\n\n" +
		"var suites = map[string]gradtest.App{\n")
	for name, app := range c.suites {
		fmt.Fprintf(&b, "%q: %s,\n", name, app)
	}
	b.WriteString("}\n")
	c.write(t, "suites_test.go", []byte(b.String()))
	overlay, err := json.Marshal(map[string]any{"Replace": c.overlay})
	require.NoError(t, err)
	overlayFile, binary := filepath.Join(c.dir, "overlay.json"), filepath.Join(c.dir, "suites.test")
	require.NoError(t, os.WriteFile(overlayFile, overlay, 0o600))
	vet := exec.Command("go", "vet", "-trimpath", "-overlay", overlayFile, "./testdata")
	out, err := vet.CombinedOutput()
	require.NoError(t, err, "%s", out)
	build := exec.Command("go", "test", "-c", "-trimpath", "-vet=off", "-overlay", overlayFile, "-o", binary, "./testdata")
	out, err = build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	results := filepath.Join(c.dir, "results")
	sweep := exec.Command(binary, "-test.run=^TestSuites$", "-test.timeout=5m")
	sweep.Env, sweep.Dir = append(os.Environ(), "SUITES_RESULT="+results), c.dir
	out, err = sweep.CombinedOutput()
	require.NoError(t, err, "%s", out)
	file, err := os.Open(results)
	require.NoError(t, err)
	defer file.Close()
	all := make(map[string]result)
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var r result
		require.NoError(t, json.Unmarshal(lines.Bytes(), &r))
		all[r.Suite] = r
	}
	require.Len(t, all, len(c.suites))
	return all
}
