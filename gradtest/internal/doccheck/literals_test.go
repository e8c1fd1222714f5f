package doccheck

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// literals calls f with each string literal of the module's code outside tests, generated files included.
func literals(t *testing.T, f func(at token.Position, text string)) {
	t.Helper()
	found := 0
	walk(t, func(name string) {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				found++
				text, err := strconv.Unquote(literal.Value)
				require.NoError(t, err)
				f(set.Position(literal.Pos()), text)
			}
			return true
		})
	})
	require.Greater(t, found, 1000)
}

// walk calls f with the name of each file of the module, testdata left out.
func walk(t *testing.T, f func(name string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(name string, entry os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !entry.IsDir():
			f(name)
		case entry.Name() == "testdata" || entry.Name() == "node_modules" || entry.Name() == ".git":
			return filepath.SkipDir
		}
		return nil
	})
	require.NoError(t, err)
}

// TestSymptoms checks that the messages in the first column of docs/troubleshooting.md are those of the code. An
// ellipsis is any text.
func TestSymptoms(t *testing.T) {
	var code strings.Builder
	literals(t, func(_ token.Position, text string) { code.WriteString(text) })
	variable := regexp.MustCompile(`…|\([a-z]+\)|GRADTEST_\w+|RC_\w+|--?\w+|\d+|CMN-\d+`)
	checked := 0
	for _, p := range pages(t) {
		if p.name != "docs/troubleshooting.md" {
			continue
		}
		for line := range strings.Lines(p.text) {
			cells := strings.Split(line, "|")
			if len(cells) < 3 {
				continue
			}
			for _, m := range span.FindAllStringSubmatch(cells[1], -1) {
				for _, fragment := range variable.Split(m[1], -1) {
					fragment = strings.Trim(fragment, " .,;:")
					if len(fragment) < 8 {
						continue
					}
					checked++
					assert.True(t, strings.Contains(code.String(), fragment),
						"no text of the code has %q, of %s", fragment, m[1])
				}
			}
		}
	}
	assert.Greater(t, checked, 15)
}
