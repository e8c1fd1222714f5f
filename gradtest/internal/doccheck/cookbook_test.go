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
)

// cookbookSource has the examples that the cookbook shows.
const cookbookSource = "gradtest/example_cookbook_test.go"

var shown = regexp.MustCompile("(?m)^<!-- (\\w+) -->\n```go\n((?s:.*?))^```$")

// TestCookbookShowsTheExamples compares each block of docs/cookbook.md with the function that it names: of an Example
// the body, which go test runs, of another function all of it. Every function of the file is shown.
func TestCookbookShowsTheExamples(t *testing.T) {
	functions, order := functionsOf(t, filepath.Join(root, cookbookSource))
	require.NotEmpty(t, functions)
	cookbook, err := os.ReadFile(filepath.Join(root, "docs/cookbook.md"))
	require.NoError(t, err)
	blocks := shown.FindAllStringSubmatch(string(cookbook), -1)
	assert.Len(t, blocks, strings.Count(string(cookbook), "```go"), "each block follows a line with the name of its function")
	for _, b := range blocks {
		code, ok := functions[b[1]]
		if assert.True(t, ok, "%s has no function %s", cookbookSource, b[1]) {
			assert.Equal(t, code, b[2], "the code of %s, as the page should show it", b[1])
		}
		delete(functions, b[1])
	}
	for _, name := range order {
		assert.NotContains(t, functions, name, "docs/cookbook.md does not show this function: add it as\n<!-- %s -->\n```go\n%s```", name, functions[name])
	}
}

// functionsOf returns the functions of a file as the cookbook shows them, and their names in order.
func functionsOf(t *testing.T, file string) (map[string]string, []string) {
	src, err := os.ReadFile(file)
	require.NoError(t, err)
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, file, src, parser.SkipObjectResolution)
	require.NoError(t, err)
	text := func(from, to token.Pos) string {
		return string(src[files.Position(from).Offset:files.Position(to).Offset])
	}
	functions, order := make(map[string]string), []string{}
	for _, d := range parsed.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		name := f.Name.Name
		code := text(f.Pos(), f.End()) + "\n"
		if strings.HasPrefix(name, "Example") {
			code, _, _ = strings.Cut(text(f.Body.Lbrace+1, f.Body.Rbrace), "\t// Output:")
			code = strings.TrimPrefix(strings.ReplaceAll(code, "\n\t", "\n"), "\n")
		}
		functions[name], order = code, append(order, name)
	}
	return functions, order
}
