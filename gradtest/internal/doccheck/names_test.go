package doccheck

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
)

// TestVariables checks that the pages name only environment variables that exist, and that docs/real-servers.md names
// all.
func TestVariables(t *testing.T) {
	name := regexp.MustCompile(`\b(RC|RINGCENTRAL|GRADTEST)_[A-Z_]*[A-Z]\b`)
	known := []string{"RC_SPEC"} // read by go generate and by tests
	for _, names := range [][]string{environ.ServerURL, environ.ClientID, environ.ClientSecret, environ.JWT} {
		known = append(known, names...)
	}
	for _, p := range pages(t) {
		for _, v := range name.FindAllString(p.text, -1) {
			if strings.HasPrefix(v, "GRADTEST_") {
				assert.NoError(t, environ.Misspelt([]string{v + "=1"}), p.name)
				known = append(known, v)
			} else {
				assert.Contains(t, known, v, p.name)
			}
		}
		if p.name == "docs/real-servers.md" {
			err := environ.Misspelt([]string{"GRADTEST_X=1"}) // which lists all
			require.Error(t, err)
			for _, v := range append(name.FindAllString(err.Error(), -1), known...) {
				if v != "GRADTEST_X" && v != "RC_SPEC" {
					assert.Contains(t, p.text, "`"+v+"`")
				}
			}
		}
	}
}

// TestNames checks that the exported names that the pages use exist, such as gradtest.App.Policy or rcapi.ScopeSMS.
func TestNames(t *testing.T) {
	exported := make(map[string]map[string]bool)
	for _, name := range []string{
		".", "criteria", "ledger", "rcapi", "rcauth", "rcgo", "rctest", "redisstore", "report", "replay", "storetest", "window", "wire",
	} {
		pkg := name
		if name == "." {
			pkg = "gradtest"
		}
		exported[pkg] = exports(t, filepath.Join(root, "gradtest", name))
	}
	use := regexp.MustCompile(`(^|[^\w./-])([a-z]+)\.([A-Z]\w*)(?:\.([A-Z]\w*))?`)
	checked := 0
	for _, p := range pages(t) {
		code := append(p.spans(), p.blocks("go")...)
		for _, m := range use.FindAllStringSubmatch(strings.Join(code, "\n"), -1) {
			names := exported[m[2]]
			if names == nil {
				continue
			}
			checked++
			assert.True(t, names[m[3]], "%s names %s.%s", p.name, m[2], m[3])
			if m[4] != "" {
				assert.True(t, names[m[3]+"."+m[4]] || names["*."+m[4]], "%s names %s.%s.%s", p.name, m[2], m[3], m[4])
			}
		}
	}
	assert.Greater(t, checked, 30)
}

// exports returns the exported names of a package: Name, Type.Method, Type.Field, and *.Field for fields of any type,
// since a variable such as criteria.Graduation has them too.
func exports(t *testing.T, dir string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	names := make(map[string]bool)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		require.NoError(t, err)
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil {
					names[d.Name.Name] = true
					continue
				}
				of := d.Recv.List[0].Type
				if star, ok := of.(*ast.StarExpr); ok {
					of = star.X
				}
				if id, ok := of.(*ast.Ident); ok {
					names[id.Name+"."+d.Name.Name] = true
					names["*."+d.Name.Name] = true // of a variable, whose type is not known here
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					declared(names, s)
				}
			}
		}
	}
	return names
}

func declared(names map[string]bool, spec ast.Spec) {
	switch s := spec.(type) {
	case *ast.ValueSpec:
		for _, id := range s.Names {
			names[id.Name] = true
		}
	case *ast.TypeSpec:
		names[s.Name.Name] = true
		var fields *ast.FieldList
		switch of := s.Type.(type) {
		case *ast.StructType:
			fields = of.Fields
		case *ast.InterfaceType:
			fields = of.Methods
		default:
			return
		}
		for _, f := range fields.List {
			for _, id := range f.Names {
				names[s.Name.Name+"."+id.Name], names["*."+id.Name] = true, true
			}
		}
	}
}
