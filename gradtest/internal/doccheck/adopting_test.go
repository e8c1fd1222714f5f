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

var shownFile = regexp.MustCompile("(?m)^<!-- (examples/adopting/\\w+\\.go) -->\n```go\n((?s:.*?))^```$")

// longestExample is the number of lines that a file of examples/adopting has less than, with its imports.
const longestExample = 30

// TestAdoptingShowsTheExamples compares docs/adopting.md with the files of examples/adopting, which go test runs: the
// page shows each file once, without its imports, and each file is short.
func TestAdoptingShowsTheExamples(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, "docs/adopting.md"))
	require.NoError(t, err)
	shown := make(map[string]string)
	for _, m := range shownFile.FindAllStringSubmatch(string(page), -1) {
		assert.NotContains(t, shown, m[1], "shown twice")
		shown[m[1]] = m[2]
	}
	files, err := filepath.Glob(filepath.Join(root, "examples/adopting/*_test.go"))
	require.NoError(t, err)
	require.Greater(t, len(files), 12)
	for _, file := range files {
		name := "examples/adopting/" + filepath.Base(file)
		lines, code := withoutImports(t, file)
		assert.Less(t, lines, longestExample, name)
		block, ok := shown[name]
		if assert.True(t, ok, "docs/adopting.md does not show this file: add it as\n<!-- %s -->\n```go\n%s```", name, code) {
			assert.Equal(t, code, block, "the code of %s, as the page should show it", name)
		}
		delete(shown, name)
	}
	assert.Empty(t, shown, "no such files")
}

// withoutImports returns how many lines a file has, and its code after the imports.
func withoutImports(t *testing.T, file string) (lines int, code string) {
	src, err := os.ReadFile(file)
	require.NoError(t, err)
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, file, src, parser.ParseComments)
	require.NoError(t, err)
	end := parsed.Name.End()
	for _, d := range parsed.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			end = g.End()
		}
	}
	return strings.Count(string(src), "\n"), strings.TrimLeft(string(src[files.Position(end).Offset:]), "\n")
}
