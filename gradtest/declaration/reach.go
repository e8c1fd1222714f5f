package declaration

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// uses are the names that the declarations of a package use.
type uses struct {
	of    map[string][]string // by the name of the declaration
	opens map[string]bool     // declarations that open a session themselves
	tests []string            // names of test functions
}

// tests returns the names of the test functions that can reach the opening of a session, by the names that each
// declaration of the package uses. If only TestMain opens one, it returns that name, which is of no test: TestMain runs
// all the same.
func (s *source) tests(wrappers map[string]bool) []string {
	u := uses{of: map[string][]string{}, opens: map[string]bool{}}
	for _, name := range s.files {
		file, _ := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if file != nil { // what does not parse is for the compiler to report
			u.add(file, local(file, wrappers))
		}
	}
	slices.Sort(u.tests)
	u.tests = slices.Compact(u.tests)
	tests := slices.DeleteFunc(slices.Clone(u.tests), func(name string) bool {
		return name == main || !u.reaches(name)
	})
	if len(tests) == 0 && slices.Contains(u.tests, main) && u.reaches(main) {
		return []string{main}
	}
	return tests
}

const main = "TestMain"

// local returns the functions that open a session, by the name that the file has for their package; nil: all of it.
func local(file *ast.File, wrappers map[string]bool) map[string][]string {
	out := map[string][]string{}
	for _, i := range file.Imports {
		p := importPath(i)
		names, known := openers[p]
		if !known && !wrappers[p] {
			continue
		}
		name := path.Base(p)
		if i.Name != nil {
			name = i.Name.Name
		}
		out[name] = names
	}
	return out
}

// add takes in the declarations of a file.
func (u *uses) add(file *ast.File, local map[string][]string) {
	for _, d := range file.Decls {
		for name, node := range named(d) {
			if isTest(d) {
				u.tests = append(u.tests, name)
			}
			ast.Inspect(node, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.SelectorExpr:
					x, ok := n.X.(*ast.Ident)
					if ok {
						names, opens := local[x.Name]
						u.opens[name] = u.opens[name] || opens && (names == nil || slices.Contains(names, n.Sel.Name))
					}
				case *ast.Ident:
					u.of[name] = append(u.of[name], n.Name)
					u.opens[name] = u.opens[name] || slices.Contains(local["."], n.Name)
				}
				return true
			})
		}
	}
}

// reaches reports whether a declaration can lead to the opening of a session.
func (u *uses) reaches(name string) bool {
	seen := map[string]bool{}
	var walk func(string) bool
	walk = func(name string) bool {
		if seen[name] {
			return false
		}
		seen[name] = true
		return u.opens[name] || slices.ContainsFunc(u.of[name], walk)
	}
	return walk(name)
}

// named yields the parts of a declaration by the name that they declare.
func named(d ast.Decl) map[string]ast.Node {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return map[string]ast.Node{d.Name.Name: d}
	case *ast.GenDecl:
		out := map[string]ast.Node{}
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				out[spec.Name.Name] = spec
			case *ast.ValueSpec:
				for _, n := range spec.Names {
					out[n.Name] = spec
				}
			}
		}
		return out
	}
	return nil
}

// isTest reports whether a declaration is a test function, or TestMain.
func isTest(d ast.Decl) bool {
	f, ok := d.(*ast.FuncDecl)
	if !ok || f.Recv != nil || len(f.Type.Params.List) != 1 {
		return false
	}
	rest, ok := strings.CutPrefix(f.Name.Name, "Test")
	first, _ := utf8.DecodeRuneInString(rest)
	return ok && (rest == "" || !unicode.IsLower(first))
}
