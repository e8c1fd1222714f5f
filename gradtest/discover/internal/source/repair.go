package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
)

// dropBroken removes the bodies of functions with syntax errors, and declarations that could not be parsed.
func dropBroken(f *ast.File) {
	f.Decls = slices.DeleteFunc(f.Decls, func(d ast.Decl) bool { _, bad := d.(*ast.BadDecl); return bad })
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Body == nil {
			continue
		}
		ast.Inspect(fn, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.BadStmt, *ast.BadExpr, *ast.BadDecl:
				fn.Body = nil
			}
			return fn.Body != nil
		})
	}
}

// strip removes the bodies of the functions in which errors are, and reports whether there were any. Calls in them are
// not found; those in the rest of the package are.
func (l *loader) strip(c *checked, errs []types.Error) (stripped bool) {
	for _, f := range c.files {
		cgo := importsC(f)
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			if cgo && mentionsC(fn) || slices.ContainsFunc(errs, func(e types.Error) bool { return !e.Soft && within(fn, e.Pos) }) {
				fn.Body = nil
				stripped = true
			}
		}
	}
	return stripped
}

func within(n ast.Node, p token.Pos) bool { return n.Pos() <= p && p <= n.End() }

func usesC(files []*ast.File) bool { return slices.ContainsFunc(files, importsC) }

func importsC(f *ast.File) bool {
	return slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"C"` })
}

func mentionsC(n ast.Node) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := s.X.(*ast.Ident); ok && id.Name == "C" {
				found = true
			}
		}
		return !found
	})
	return found
}

// readEmbeds finds the variables that go:embed fills. For an embed.FS the folder is kept.
func (c *checked) readEmbeds(f *ast.File, dir string) {
	for _, d := range f.Decls {
		gen, ok := d.(*ast.GenDecl)
		if !ok || gen.Tok != token.VAR {
			continue
		}
		for _, s := range gen.Specs {
			v, ok := s.(*ast.ValueSpec)
			if !ok || len(v.Names) != 1 {
				continue
			}
			for _, doc := range []*ast.CommentGroup{v.Doc, gen.Doc} {
				if doc == nil {
					continue
				}
				for _, line := range doc.List {
					if pattern, ok := strings.CutPrefix(line.Text, "//go:embed "); ok {
						pattern = strings.Trim(strings.TrimSpace(pattern), "\"`")
						if file := filepath.Join(dir, filepath.FromSlash(pattern)); exists(file) && !strings.ContainsAny(pattern, "* ") {
							c.embed(v.Names[0].Name, file)
						} else {
							c.embed(v.Names[0].Name, dir)
						}
					}
				}
			}
		}
	}
}
