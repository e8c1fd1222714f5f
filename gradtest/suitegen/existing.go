package suitegen

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// existing is a test file with a declaration of an app.
type existing struct {
	source    []byte
	fset      *token.FileSet
	file      *ast.File
	imports   map[string]string // by path: the name in this file
	app       *ast.CompositeLit
	around    ast.Decl          // that has app
	endpoints *ast.CompositeLit // nil: the field is missing
	scopes    *ast.CompositeLit // nil: the field is missing
	open      bool              // App.Scopes is no literal, so what it holds is not known
	declared  map[string]bool   // operations, by String
	known     map[string]bool   // operations that init has added before, by ID
	last      token.Pos         // end of the last comment that names them
	decls     map[string]bool   // names at package level; true: a function
}

// read finds the declaration in a file.
func read(source []byte) (*existing, error) {
	x := &existing{
		source: source, fset: token.NewFileSet(), imports: make(map[string]string), declared: make(map[string]bool),
		known: make(map[string]bool), decls: make(map[string]bool),
	}
	var err error
	if x.file, err = parser.ParseFile(x.fset, "", source, parser.ParseComments|parser.SkipObjectResolution); err != nil {
		return nil, fmt.Errorf("it has a syntax error, so nothing is added: %s: correct it, and run init again",
			strings.TrimPrefix(firstLine(err.Error()), "-"))
	}
	for _, s := range x.file.Imports {
		path, _ := strconv.Unquote(s.Path.Value)
		name := path[strings.LastIndexByte(path, '/')+1:]
		if s.Name != nil {
			name = s.Name.Name
		}
		x.imports[path] = name
	}
	if err := x.findApp(); err != nil {
		return nil, err
	}
	x.readDecls()
	x.readOperations()
	x.readKnown()
	return x, nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// findApp finds the one composite literal of an App, and its lists.
func (x *existing) findApp() error {
	gradtest := x.imports[paths["gradtest"]]
	var lines []string
	for _, d := range x.file.Decls {
		ast.Inspect(d, func(n ast.Node) bool {
			l, ok := n.(*ast.CompositeLit)
			if ok && gradtest != "" && selects(l.Type, gradtest, "App") {
				x.app, x.around = l, d
				lines = append(lines, strconv.Itoa(x.line(l.Pos())))
			}
			return true
		})
	}
	switch {
	case len(lines) == 0:
		return fmt.Errorf("it declares no gradtest.App, so nothing is added: name another file")
	case len(lines) > 1:
		return fmt.Errorf("it declares several apps (lines %s), so nothing is added: leave one, "+
			"and put the others in files of their own", strings.Join(lines, ", "))
	}
	for _, e := range x.app.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return fmt.Errorf("its App on line %s has values without field names, so nothing is added: "+
				"write each with its name, as in Name: \"crm\"", lines[0])
		}
		list, isLiteral := kv.Value.(*ast.CompositeLit)
		switch name(kv.Key) {
		case "Endpoints":
			if !isLiteral {
				return fmt.Errorf("App.Endpoints on line %d is not a literal list, so nothing is added: "+
					"write it as []gradtest.Endpoint{…}", x.line(kv.Pos()))
			}
			x.endpoints = list
		case "Scopes":
			x.scopes, x.open = list, !isLiteral
		}
	}
	return nil
}

func (x *existing) line(p token.Pos) int { return x.fset.Position(p).Line }

func (x *existing) offset(p token.Pos) int { return x.fset.Position(p).Offset }

func name(e ast.Expr) string {
	if id, ok := e.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

// selects reports whether an expression is pkg.member.
func selects(e ast.Expr, pkg, member string) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && name(s.X) == pkg && s.Sel.Name == member
}

func (x *existing) readDecls() {
	for _, d := range x.file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				x.decls[d.Name.Name] = true
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.ValueSpec:
					for _, n := range s.Names {
						x.decls[n.Name] = false
					}
				case *ast.TypeSpec:
					x.decls[s.Name.Name] = false
				}
			}
		}
	}
}

// readOperations finds the operations of all endpoints of the file, also of those in variables of their own.
func (x *existing) readOperations() {
	rcapiName := x.imports[paths["rcapi"]]
	ast.Inspect(x.file, func(n ast.Node) bool {
		kv, ok := n.(*ast.KeyValueExpr)
		if !ok || name(kv.Key) != "Op" {
			return true
		}
		ast.Inspect(kv.Value, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if name(n.X) == rcapiName {
					if op, ok := byGoName(n.Sel.Name); ok {
						x.declared[op.String()] = true
					}
				}
			case *ast.BasicLit:
				if text, err := strconv.Unquote(n.Value); err == nil {
					if op, err := rcapi.Parse(text); err == nil {
						x.declared[op.String()] = true
					}
				}
			}
			return true
		})
		return true
	})
}

// byGoName finds an operation by the name of its variable.
func byGoName(name string) (rcapi.Operation, bool) {
	return rcapi.Lookup(strings.ToLower(name[:1]) + name[1:])
}

// directive begins the comments with the operations that init has added.
const directive = "//gradtest:init "

func (x *existing) readKnown() {
	for _, g := range x.file.Comments {
		for _, c := range g.List {
			names, ok := strings.CutPrefix(c.Text, directive)
			if !ok {
				continue
			}
			x.last = c.End()
			if op, err := rcapi.Parse(strings.TrimSpace(names)); err == nil {
				x.known[op.String()] = true
				continue
			}
			for id := range strings.FieldsSeq(names) {
				x.known[id] = true
			}
		}
	}
}

// directives returns the comment lines that name operations.
func directives(endpoints []*endpoint) string {
	var b strings.Builder
	line := ""
	flush := func() {
		if line != "" {
			b.WriteString(strings.TrimSuffix(directive, " ") + line + "\n")
		}
		line = ""
	}
	for _, e := range endpoints {
		if _, ok := rcapi.Lookup(e.Op.ID); !ok {
			b.WriteString(directive + e.Op.String() + "\n")
			continue
		}
		if len(directive)+len(line)+len(e.Op.ID) > commentWidth {
			flush()
		}
		line += " " + e.Op.ID
	}
	flush()
	return b.String()
}

// key is how the comments name an operation.
func key(op rcapi.Operation) string {
	if _, ok := rcapi.Lookup(op.ID); ok {
		return op.ID
	}
	return op.String()
}
