package doccheck

import (
	"encoding/json"
	"io"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/graduationkit/ringcentral/"

// indirect are modules that a module of the tables needs itself.
var indirect = map[string][]string{
	"github.com/gofrs/flock": {"golang.org/x/sys"},
}

// row is one row of a table about imports.
type row struct{ packages, others []string }

// rules reads the table of docs/architecture.md whose second heading is the given one.
func rules(t *testing.T, heading string) []row {
	t.Helper()
	_, table, found := strings.Cut(architecture(t).text, "| package | "+heading)
	require.True(t, found, heading)
	table, _, _ = strings.Cut(table, "\n\n")
	var out []row
	for _, line := range strings.Split(table, "\n")[2:] {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		require.GreaterOrEqual(t, len(cells), 2, line)
		out = append(out, row{names(cells[0]), names(cells[1])})
	}
	require.NotEmpty(t, out)
	return out
}

// names returns the names in a cell, those of this module with their full path below the module.
func names(cell string) []string {
	var all []string
	for _, m := range span.FindAllStringSubmatch(cell, -1) {
		name := m[1]
		if name != "gradtest" && !strings.Contains(name, ".") && name != "testing" {
			name = "gradtest/" + name
		}
		all = append(all, name)
	}
	return all
}

// listed is a package as go list describes it.
type listed struct {
	ImportPath    string
	Imports, Deps []string
}

// list returns the packages of the library by their path below the module, with names in the same form.
func list(t *testing.T) map[string]listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Deps", "./gradtest/...")
	cmd.Dir = root
	out, err := cmd.Output()
	require.NoError(t, err)
	all := make(map[string]listed)
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			break
		} else {
			require.NoError(t, err)
		}
		name, ok := strings.CutPrefix(p.ImportPath, module)
		if !ok {
			continue
		}
		for _, names := range [][]string{p.Imports, p.Deps} {
			for i := range names {
				names[i] = strings.TrimPrefix(names[i], module)
			}
		}
		all[name] = p
	}
	require.NotEmpty(t, all)
	return all
}

var internalName = regexp.MustCompile(`^gradtest(/|$)`)

// external reports whether a package is neither of this module nor of the standard library.
func external(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return strings.Contains(first, ".")
}

// within returns the entry of names that covers a package: the package itself or its module. Empty: none does.
func within(name string, names []string) string {
	for _, n := range names {
		if name == n || external(n) && strings.HasPrefix(name, n+"/") {
			return n
		}
	}
	return ""
}

// TestImports holds the rules of docs/architecture.md: who imports whom, and what each package depends on.
func TestImports(t *testing.T) {
	all := list(t)
	allowed := make(map[string][]string) // by package: external modules, those of its imports included
	for _, r := range rules(t, "may import") {
		used := make(map[string]bool)
		require.NotEmpty(t, r.packages)
		for _, name := range r.packages {
			p, ok := all[name]
			if !assert.True(t, ok, "there is no package %s", name) {
				continue
			}
			for _, other := range r.others {
				if external(other) {
					allowed[name] = append(append(allowed[name], other), indirect[other]...)
					continue
				}
				above, ok := allowed[other]
				assert.True(t, ok, "%s may import %s, which is in no row above", name, other)
				allowed[name] = append(allowed[name], above...)
			}
			for _, imported := range p.Imports {
				if external(imported) || internalName.MatchString(imported) {
					rule := within(imported, r.others)
					assert.NotEmpty(t, rule, "%s imports %s: docs/architecture.md does not allow it", name, imported)
					used[rule] = true
				}
			}
			if allowed[name] == nil {
				allowed[name] = []string{}
			}
			if name == "gradtest" || slices.Contains(all["gradtest"].Deps, name) { // users pay for what it needs
				for _, dep := range p.Deps {
					assert.True(t, !external(dep) || within(dep, allowed[name]) != "", "%s depends on %s", name, dep)
				}
			}
		}
		for _, other := range r.others {
			assert.True(t, used[other], "%v import %s no more: remove it from docs/architecture.md", r.packages, other)
		}
	}
	for name := range all {
		_, ok := allowed[name]
		assert.True(t, ok, "%s has no row in docs/architecture.md", name)
	}
}

// TestNeverImports holds the rules about what a package must not depend on, not even through others.
func TestNeverImports(t *testing.T) {
	all := list(t)
	for _, r := range rules(t, "must not depend on") {
		for _, name := range r.packages {
			p, ok := all[name]
			require.True(t, ok, "there is no package %s", name)
			for _, dep := range p.Deps {
				assert.Empty(t, within(dep, r.others), "%s depends on %s", name, dep)
			}
		}
	}
}
