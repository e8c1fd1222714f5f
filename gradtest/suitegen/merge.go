package suitegen

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Merged is a test file with what [Merge] has added.
type Merged struct {
	Source []byte
	Added  []string      // IDs of the operations with a new endpoint, in the order of the file
	Scopes []rcapi.Scope // that were added
	// Removed are the IDs of operations whose endpoints were added once and removed since. They are not added again.
	Removed []string
	// MissingScopes are needed, but App.Scopes is not a literal list to which they could be added.
	MissingScopes []rcapi.Scope
}

// Merge adds to a test file the endpoints and scopes of a request that its App lacks. Every byte that is there stays;
// if the file was formatted by gofmt, so is the result. With nothing to add Source is the file as it was.
//
// The file remembers in comments (//gradtest:init) which endpoints were added. One that is named there and missing in
// the App was removed by a person, and does not come back until its name is deleted there.
func Merge(file []byte, r Request) (Merged, error) {
	x, err := read(file)
	if err != nil {
		return Merged{}, fmt.Errorf("suitegen: %w", err)
	}
	fresh, removed := x.missing(plan(r.operations()))
	m := Merged{Source: file, Removed: removed}
	if len(fresh) == 0 {
		return m, nil
	}
	for _, e := range fresh {
		m.Added = append(m.Added, key(e.Op))
	}
	for _, s := range scopesOf(fresh) {
		if !x.holds(s) {
			m.Scopes = append(m.Scopes, s)
		}
	}
	if x.open {
		m.Scopes, m.MissingScopes = nil, m.Scopes
	}
	if m.Source, err = x.add(fresh, m.Scopes, r); err != nil {
		return Merged{}, err
	}
	return m, nil
}

// missing returns the planned endpoints that the file lacks, and the operations that were removed from it.
func (x *existing) missing(planned []*endpoint) (fresh []*endpoint, removed []string) {
	needed := make(map[string]bool) // IDs of the endpoints that are new
	for again := true; again; {     // a helper may need others, before or behind it
		again = false
		for _, e := range planned {
			add := len(e.for_) == 0 || slices.ContainsFunc(e.for_, func(id string) bool { return needed[id] })
			if add && !needed[e.Op.ID] && !x.declared[e.Op.String()] && !x.known[key(e.Op)] {
				needed[e.Op.ID], again = true, true
			}
		}
	}
	x.settle(planned, needed)
	for _, e := range planned {
		switch {
		case needed[e.Op.ID]:
			fresh = append(fresh, e)
		case x.known[key(e.Op)] && !x.declared[e.Op.String()] && len(e.for_) == 0:
			removed = append(removed, key(e.Op))
		}
	}
	return fresh, removed
}

// settle revises who makes the calls of paid operations: an endpoint that was removed from the file makes none, nor does
// one of the file that does not mention the operation, and a paid endpoint that the file already has is not exempt there.
func (x *existing) settle(planned []*endpoint, needed map[string]bool) {
	index := make(map[string]*endpoint)
	for _, e := range planned {
		index[e.Op.ID] = e
	}
	for _, e := range planned {
		if e.paidBy == "" {
			continue
		}
		by := index[e.paidBy]
		switch {
		case !needed[by.Op.ID] && !(x.declared[by.Op.String()] && x.mentions(e.Op)):
			e.exempt, e.paidBy = "", ""
		case x.declared[e.Op.String()] && needed[by.Op.ID]:
			by.pays = e.Op.ID
		}
	}
}

// mentions reports whether the source has the name of an operation.
func (x *existing) mentions(op rcapi.Operation) bool {
	return op.GoName() != "" && bytes.Contains(x.source, []byte("."+op.GoName()+","))
}

// holds reports whether App.Scopes has a scope or one that includes it.
func (x *existing) holds(s rcapi.Scope) bool {
	if x.scopes == nil {
		return false
	}
	held := false
	ast.Inspect(x.scopes, func(n ast.Node) bool {
		var has rcapi.Scope
		switch n := n.(type) {
		case *ast.SelectorExpr:
			has = rcapi.Scope(strings.TrimPrefix(n.Sel.Name, "Scope"))
		case *ast.BasicLit:
			has = rcapi.Scope(strings.Trim(n.Value, "\"`"))
		}
		held = held || has.Canonical() == s.Canonical() || slices.Contains(has.Includes(), s)
		return true
	})
	return held
}

// add returns the file with endpoints and scopes.
func (x *existing) add(fresh []*endpoint, scopes []rcapi.Scope, r Request) ([]byte, error) {
	taken := slices.Clone(r.Taken)
	for n := range x.decls {
		taken = append(taken, n)
	}
	w := x.writer(taken, fresh)
	var list strings.Builder
	for _, e := range fresh {
		if len(e.for_) > 0 {
			wrap(&list, "The suite itself calls this, for "+strings.Join(e.for_, ", ")+".")
		}
		list.WriteString(comments(e) + w.endpoint(e))
	}
	endpoints, lines := list.String(), w.scopes(scopes)
	decls := strings.Join(w.decls, "\n")

	const endpointsOpen, scopesOpen = "var _ = []gradtest.Endpoint{\n", "var _ = []rcapi.Scope{\n"
	names := x.names(taken, endpointsOpen+endpoints+"}\n"+scopesOpen+lines+"}\n"+decls)
	var edits []edit
	var err error
	qualified := func(before, text, after string) string {
		if err == nil {
			text, err = snippet(before, text, after, names.of)
		}
		return text
	}
	endpoints = qualified(endpointsOpen, endpoints, "}\n")
	lines = qualified(scopesOpen, lines, "}\n")
	if decls != "" {
		decls = qualified("", decls, "")
	}
	if err != nil {
		return nil, err
	}
	edits = append(edits, x.insert(x.endpoints, "Endpoints: []"+names.of["gradtest"]+".Endpoint", endpoints)...)
	if lines != "" {
		edits = append(edits, x.insert(x.scopes, "Scopes: []"+names.of["rcapi"]+".Scope", lines)...)
	}
	edits = append(edits, x.remember(directives(fresh)), edit{len(x.source), prefixed("\n", decls)})
	edits = append(edits, x.importEdits(names.lines)...)
	return x.apply(edits)
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// writer returns a writer that uses the bodies which the file declares already.
func (x *existing) writer(taken []string, fresh []*endpoint) *writer {
	w := &writer{names: newNames(taken), shared: make(map[string]string), made: make(map[string]bool)}
	for _, e := range fresh {
		for _, op := range append(e.calls(), e.Op) {
			name := bodyName(op)
			if isFunc, ok := x.decls[name]; ok {
				w.shared[op.ID], w.made[op.ID] = name, isFunc
			}
		}
	}
	w.shareAll(fresh)
	return w
}

// snippet formats a part of a file and replaces the names of packages.
func snippet(before, text, after string, of map[string]string) (string, error) {
	source := "package p\n\n" + before + text + after
	out, err := requalify(source, of)
	if err == nil {
		var formatted []byte
		formatted, err = format.Source([]byte(out))
		out = string(formatted)
	}
	if err != nil {
		return "", fmt.Errorf("suitegen: the generated source is not Go: %w", err)
	}
	out = strings.TrimPrefix(strings.TrimPrefix(out, "package p\n"), "\n")
	if before != "" {
		_, out, _ = strings.Cut(out, "\n")
		out = strings.TrimSuffix(out, "}\n")
	}
	return out, nil
}

// apply makes the edits, and formats the result if the file was formatted.
func (x *existing) apply(edits []edit) ([]byte, error) {
	slices.SortStableFunc(edits, func(a, b edit) int { return a.at - b.at })
	crlf := bytes.Contains(x.source, []byte("\r\n"))
	var out bytes.Buffer
	from := 0
	for _, e := range edits {
		out.Write(x.source[from:e.at])
		from = e.at
		text := e.text
		if crlf {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		out.WriteString(text)
	}
	out.Write(x.source[from:])
	result := out.Bytes()
	if formatted, err := format.Source(x.source); err == nil && bytes.Equal(formatted, x.source) {
		if result, err = format.Source(out.Bytes()); err != nil {
			return nil, fmt.Errorf("suitegen: the merged source is not Go: %w", err)
		}
	} else if _, err := parser.ParseFile(token.NewFileSet(), "", result, parser.SkipObjectResolution); err != nil {
		return nil, fmt.Errorf("suitegen: the merged source is not Go: %w", err)
	}
	return result, nil
}
