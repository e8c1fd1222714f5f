package gradtest_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/graduationkit/ringcentral/"

// TestImports holds the rules of who may import what: importing gradtest stays cheap, and dependencies point down.
func TestImports(t *testing.T) {
	for _, tc := range []struct {
		pkg     string
		allowed []string // prefixes, besides the standard library; packages of the module without its path
	}{
		{"gradtest/rcapi", nil},
		{"gradtest/window", nil},
		{"gradtest/ledger", []string{"gradtest/rcapi", "gradtest/internal/limits", "gradtest/ledger/internal/", "gradtest/window", "gradtest/internal/filelock", "github.com/gofrs/flock", "golang.org/x/sys"}},
		{"gradtest/criteria", []string{"gradtest/rcapi", "gradtest/internal/limits", "gradtest/ledger", "gradtest/ledger/internal/", "gradtest/window", "gradtest/internal/filelock", "github.com/gofrs/flock", "golang.org/x/sys"}},
		{"gradtest/internal/shape", []string{"gradtest/internal/shape"}},
		{"gradtest/rctest", []string{"gradtest/rcapi", "gradtest/internal/pipenet", "gradtest/internal/shape", "gradtest/rctest/internal/"}},
		{"gradtest/internal/engine", []string{"gradtest/internal/retry"}},
		{"gradtest/internal/planner", []string{"gradtest/rcapi", "gradtest/criteria", "gradtest/ledger", "gradtest/window", "gradtest/internal/", "github.com/gofrs/flock", "golang.org/x/sys"}},
		{"gradtest/wire", []string{"gradtest/rcapi", "gradtest/internal/limits", "gradtest/ledger", "gradtest/ledger/internal/", "gradtest/window", "gradtest/internal/filelock", "github.com/gofrs/flock", "golang.org/x/sys",
			"golang.org/x/oauth2", "golang.org/x/time"}},
		{"gradtest", []string{"gradtest/rcapi", "gradtest/window", "gradtest/ledger", "gradtest/criteria", "gradtest/report", "gradtest/wire", "gradtest/rcauth",
			"gradtest/rctest", "gradtest/internal/", "golang.org/x/oauth2", "golang.org/x/time", "github.com/gofrs/flock",
			"golang.org/x/sys"}}, // flock's own
	} {
		t.Run(tc.pkg, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", module+tc.pkg)
			out, err := cmd.CombinedOutput()
			require.NoError(t, err, string(out))
			for _, dep := range strings.Fields(string(out)) {
				dep = strings.TrimPrefix(dep, module)
				ok := dep == tc.pkg
				for _, prefix := range tc.allowed {
					ok = ok || dep == prefix || strings.HasPrefix(dep, strings.TrimSuffix(prefix, "/")+"/")
				}
				assert.True(t, ok, "%s imports %s", tc.pkg, dep)
			}
		})
	}
}

// TestEngineKnowsNoTesting: in a bubble of virtual time most of package testing panics.
func TestEngineKnowsNoTesting(t *testing.T) {
	for _, pkg := range []string{"gradtest/internal/engine", "gradtest/window", "gradtest/wire", "gradtest/ledger", "gradtest/criteria"} {
		out, err := exec.Command("go", "list", "-deps", module+pkg).CombinedOutput()
		require.NoError(t, err, string(out))
		assert.NotContains(t, strings.Fields(string(out)), "testing", pkg)
	}
}
