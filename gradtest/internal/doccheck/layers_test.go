package doccheck

import (
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"
)

// TestFilesOfTheRootAreLayered: no file of package gradtest uses, even through others, a file that uses it.
func TestFilesOfTheRootAreLayered(t *testing.T) {
	list, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo |
			packages.NeedImports | packages.NeedDeps,
	}, "github.com/graduationkit/ringcentral/gradtest")
	require.NoError(t, err)
	require.Len(t, list, 1)
	p := list[0]
	file := func(o ast.Node) string { return filepath.Base(p.Fset.Position(o.Pos()).Filename) }
	uses := make(map[string]map[string]string) // file, the file that it uses, a name used
	for _, f := range p.Syntax {
		from := file(f)
		uses[from] = make(map[string]string)
		ast.Inspect(f, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			o := p.TypesInfo.Uses[id]
			if o == nil || o.Pkg() != p.Types {
				return true
			}
			if v, ok := o.(*types.Var); ok && !v.IsField() && v.Parent() != p.Types.Scope() {
				return true // a local variable
			}
			if to := filepath.Base(p.Fset.Position(o.Pos()).Filename); to != from {
				uses[from][to] = o.Name()
			}
			return true
		})
	}
	require.Greater(t, len(uses), 10)
	for _, from := range slices.Sorted(maps.Keys(uses)) {
		if path := way(uses, from, from, nil); path != nil {
			assert.Fail(t, "files use each other", "%s", fmt.Sprint(path))
		}
	}
}

// way finds a path of uses from one file to another.
func way(uses map[string]map[string]string, from, to string, seen map[string]bool) []string {
	if seen == nil {
		seen = make(map[string]bool)
	}
	for next := range uses[from] {
		if next == to {
			return []string{from, to}
		}
		if !seen[next] {
			seen[next] = true
			if rest := way(uses, next, to, seen); rest != nil {
				return append([]string{from}, rest...)
			}
		}
	}
	return nil
}
