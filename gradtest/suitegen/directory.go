package suitegen

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// Directory is what a suite has to fit into.
type Directory struct {
	Package string   // for the package clause
	Taken   []string // identifiers at package level, sorted
	Apps    []string // names of the files that declare a gradtest.App, sorted
}

// ReadDirectory reads the Go files of a directory, except for one, with these build tags. Files that cannot be parsed
// are read as far as possible.
func ReadDirectory(dir, except string, tags ...string) (Directory, error) {
	d := Directory{Package: packageName(dir)}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return d, fmt.Errorf("suitegen: %w", err)
	}
	context := build.Default
	context.BuildTags = tags
	fset := token.NewFileSet()
	var named bool // by a file that is no test
	for _, entry := range entries {
		if entry.IsDir() || filepath.Ext(entry.Name()) != ".go" || entry.Name() == except {
			continue
		}
		file, err := parser.ParseFile(fset, filepath.Join(dir, entry.Name()), nil, parser.SkipObjectResolution)
		if file == nil {
			return d, fmt.Errorf("suitegen: %w", err)
		}
		if file.Name == nil || file.Name.Name == "" || file.Name.Name == "_" {
			continue
		}
		isTest := strings.HasSuffix(entry.Name(), "_test.go")
		if built, err := context.MatchFile(dir, entry.Name()); err == nil && built || isTest {
			if !named {
				d.Package, named = strings.TrimSuffix(file.Name.Name, "_test"), !isTest
			}
		}
		d.Taken = append(d.Taken, declared(file)...)
		if declaresApp(file) {
			d.Apps = append(d.Apps, entry.Name())
		}
	}
	slices.Sort(d.Taken)
	d.Taken = slices.Compact(d.Taken)
	return d, nil
}

// packageName makes a package name of a directory's.
func packageName(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, filepath.Base(dir))
	if !token.IsIdentifier(name) {
		return "graduation"
	}
	return name
}

// declared returns the identifiers that a file declares at package level.
func declared(file *ast.File) (names []string) {
	x := &existing{file: file, decls: make(map[string]bool)}
	x.readDecls()
	for n := range x.decls {
		names = append(names, n)
	}
	return names
}

func declaresApp(file *ast.File) (found bool) {
	for _, s := range file.Imports {
		if strings.Trim(s.Path.Value, "\"`") != paths["gradtest"] {
			continue
		}
		gradtest := "gradtest"
		if s.Name != nil {
			gradtest = s.Name.Name
		}
		ast.Inspect(file, func(n ast.Node) bool {
			l, ok := n.(*ast.CompositeLit)
			found = found || ok && selects(l.Type, gradtest, "App")
			return true
		})
	}
	return found
}
