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

// strip removes the code in which errors are, and reports whether there was any in functions: the innermost statement
// of each if single is true, else the bodies of their functions. Calls in it are not found; those in the rest of the
// package are.
func (l *loader) strip(c *checked, errs []types.Error, single bool) (stripped bool) {
	for _, f := range c.files {
		n := len(f.Decls)
		f.Decls = slices.DeleteFunc(f.Decls, func(d ast.Decl) bool { return dropDeclaration(d, errs) })
		stripped = stripped || len(f.Decls) < n
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			for _, e := range errs {
				if e.Soft || !within(fn, e.Pos) {
					continue
				}
				stripped = true
				if !single || !dropStatement(fn.Body, e.Pos) {
					fn.Body = nil
					break
				}
			}
		}
	}
	return stripped
}

// dropDeclaration reports whether a function has an error in its signature, or a declaration of variables any. Then
// nothing is left of it.
func dropDeclaration(d ast.Decl, errs []types.Error) bool {
	return slices.ContainsFunc(errs, func(e types.Error) bool {
		if e.Soft {
			return false
		}
		switch d := d.(type) {
		case *ast.FuncDecl:
			return within(d.Type, e.Pos) || d.Recv != nil && within(d.Recv, e.Pos)
		case *ast.GenDecl:
			if d.Tok == token.VAR && within(d, e.Pos) {
				d.Specs = slices.DeleteFunc(d.Specs, func(s ast.Spec) bool { return within(s, e.Pos) })
				return len(d.Specs) == 0
			}
		}
		return false
	})
}

// dropStatement replaces the innermost statement at a position by an empty one.
func dropStatement(body *ast.BlockStmt, pos token.Pos) bool {
	var at *ast.Stmt
	list := func(stmts []ast.Stmt) {
		for i, s := range stmts {
			if within(s, pos) {
				at = &stmts[i]
			}
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			list(n.List)
		case *ast.CaseClause:
			list(n.Body)
		case *ast.CommClause:
			list(n.Body)
		}
		return true
	})
	if at == nil {
		return false
	}
	*at = &ast.EmptyStmt{Semicolon: pos, Implicit: true}
	return true
}

func within(n ast.Node, p token.Pos) bool { return n.Pos() <= p && p <= n.End() }

// dropC removes the bodies of functions that use C.
func dropC(f *ast.File) {
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil && mentionsC(fn) {
			fn.Body = nil
		}
	}
}

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

// isFS reports whether a type is written as embed.FS.
func isFS(t ast.Expr) bool {
	s, ok := t.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "FS"
}

// readEmbeds finds the variables that go:embed fills. For an embed.FS the folder is kept.
func (c *checked) readEmbeds(fset *token.FileSet, f *ast.File, dir string) {
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
						if all, err := filepath.Glob(filepath.Join(dir, strings.TrimPrefix(pattern, "all:"))); err == nil && len(all) == 0 &&
							!strings.ContainsAny(pattern, " \t") {
							c.faults = append(c.faults, types.Error{Fset: fset, Pos: line.Pos(), Msg: "pattern " + pattern + ": no matching files found"})
						}
						if file := filepath.Join(dir, filepath.FromSlash(pattern)); exists(file) && !isFS(v.Type) {
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
