package suitegen

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

const module = "github.com/graduationkit/ringcentral"

// paths are the packages that a suite may import, by their names.
var paths = map[string]string{
	"http": "net/http", "rand": "crypto/rand", "strings": "strings", "testing": "testing", "time": "time",
	"url":      "net/url",
	"gradtest": module + "/gradtest", "rcapi": module + "/gradtest/rcapi",
}

// packageUses returns the positions at which declarations use the packages of paths, by name.
func packageUses(source string) (map[string][]int, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	uses := make(map[string][]int)
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if id := name(s.X); paths[id] != "" {
				uses[id] = append(uses[id], fset.Position(s.X.Pos()).Offset)
			}
		}
		return true
	})
	return uses, nil
}

// requalify replaces the names of packages.
func requalify(source string, of map[string]string) (string, error) {
	uses, err := packageUses(source)
	if err != nil {
		return "", err
	}
	var edits []edit
	for from, positions := range uses {
		if to := of[from]; to != "" && to != from {
			for _, at := range positions {
				edits = append(edits, edit{at, from})
			}
		}
	}
	slices.SortFunc(edits, func(a, b edit) int { return b.at - a.at })
	for _, e := range edits {
		source = source[:e.at] + of[e.text] + source[e.at+len(e.text):]
	}
	return source, nil
}

// importLine is a line of an import declaration.
type importLine struct {
	path     string // quoted
	text     string
	standard bool
}

// qualifiers are the names of packages in one file, and the imports that it lacks.
type qualifiers struct {
	of    map[string]string
	lines []importLine
}

// qualify finds names for the packages that declarations use. have are the imports of the file, by path.
func qualify(taken []string, declarations string, have map[string]string) qualifiers {
	q := qualifiers{of: make(map[string]string)}
	used, err := packageUses("package p\n" + declarations)
	if err != nil { // what formats the source says so
		return q
	}
	free := make(names)
	for _, t := range taken {
		free[t] = true
	}
	for pkg, path := range paths {
		switch own, ok := have[path]; {
		case ok && own != "_" && own != ".":
			q.of[pkg] = own
		default:
			q.of[pkg] = pkg
			if used[pkg] == nil {
				continue
			}
			q.of[pkg] = free.free(pkg)
			line := importLine{strconv.Quote(path), strconv.Quote(path), standard(path)}
			if q.of[pkg] != pkg {
				line.text = q.of[pkg] + " " + line.text
			}
			q.lines = append(q.lines, line)
		}
	}
	slices.SortFunc(q.lines, func(a, b importLine) int { return strings.Compare(a.path, b.path) })
	return q
}

// names finds the names of packages in the file.
func (x *existing) names(taken []string, declarations string) qualifiers {
	return qualify(taken, declarations, x.imports)
}

// importBlock returns the lines of an import declaration, the standard library first.
func importBlock(lines []importLine) string {
	var std, own string
	for _, l := range lines {
		if l.standard {
			std += l.text + "\n"
		} else {
			own += l.text + "\n"
		}
	}
	return std + "\n" + own
}
