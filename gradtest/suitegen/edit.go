package suitegen

import (
	"bytes"
	"go/ast"
	"go/scanner"
	"go/token"
	"strings"
)

// edit inserts text at an offset.
type edit struct {
	at   int
	text string
}

// insert adds lines at the end of a list of the App, or as a new field if the App lacks the list.
func (x *existing) insert(list *ast.CompositeLit, field, lines string) []edit {
	if list == nil {
		lines = field + "{\n" + lines + "},\n"
		list = x.app
	}
	brace := x.offset(list.Rbrace)
	start := bytes.LastIndexByte(x.source[:brace], '\n') + 1
	before := string(x.source[start:brace])
	if strings.TrimSpace(before) == "" { // the brace has a line of its own
		return []edit{{start, indent(lines, before+"\t")}}
	}
	at, comma := brace, ""
	if n := len(list.Elts); n > 0 && !x.comma(x.offset(list.Elts[n-1].End()), brace) {
		comma = ","
	}
	margin := x.margin(list.Pos())
	return []edit{{at, comma + "\n" + indent(lines, margin+"\t") + margin}}
}

// comma reports whether there is a comma between two offsets, outside of comments.
func (x *existing) comma(from, to int) bool {
	var s scanner.Scanner
	text := x.source[from:to]
	s.Init(token.NewFileSet().AddFile("", -1, len(text)), text, nil, 0)
	for {
		switch _, t, _ := s.Scan(); t {
		case token.COMMA:
			return true
		case token.EOF:
			return false
		}
	}
}

// margin returns the white space before the line of a position.
func (x *existing) margin(p token.Pos) string {
	at := x.offset(p)
	start := bytes.LastIndexByte(x.source[:at], '\n') + 1
	line := string(x.source[start:at])
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// indent puts lines, which have one tab, behind a margin.
func indent(lines, margin string) string {
	var b strings.Builder
	for line := range strings.Lines(lines) {
		line = strings.TrimPrefix(line, "\t")
		if strings.TrimSpace(line) != "" {
			b.WriteString(margin)
		}
		b.WriteString(line)
	}
	return b.String()
}

// remember adds comments behind those that are there, or before the declaration of the App.
func (x *existing) remember(lines string) edit {
	if x.last.IsValid() {
		return edit{x.offset(x.last), "\n" + strings.TrimSuffix(lines, "\n")}
	}
	at := x.offset(x.around.Pos())
	doc := ""
	switch d := x.around.(type) {
	case *ast.GenDecl:
		if d.Doc != nil {
			doc = "//\n"
		}
	case *ast.FuncDecl:
		if d.Doc != nil {
			doc = "//\n"
		}
	}
	return edit{at, doc + lines}
}

// importEdits adds import lines.
func (x *existing) importEdits(lines []importLine) (edits []edit) {
	if len(lines) == 0 {
		return nil
	}
	var block *ast.GenDecl
	for _, d := range x.file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT && g.Lparen.IsValid() && len(g.Specs) > 0 {
			block = g
			break
		}
	}
	if block == nil {
		text := "\n\nimport (\n"
		for _, l := range lines {
			text += "\t" + l.text + "\n"
		}
		at := x.file.Name.End()
		return []edit{{x.offset(at), text + ")"}}
	}
	for _, l := range lines {
		at, text := x.offset(block.Specs[0].Pos()), l.text+"\n\t"
		for _, s := range block.Specs {
			if spec := s.(*ast.ImportSpec); standard(spec.Path.Value) == l.standard && spec.Path.Value < l.path {
				at, text = x.lineEnd(spec.End()), "\n\t"+l.text
			}
		}
		edits = append(edits, edit{at, text})
	}
	return edits
}

// lineEnd returns the offset of the end of a position's line.
func (x *existing) lineEnd(p token.Pos) int {
	at := x.offset(p)
	if i := bytes.IndexByte(x.source[at:], '\n'); i >= 0 {
		return at + len(bytes.TrimSuffix(x.source[at:at+i], []byte("\r")))
	}
	return len(x.source)
}

// standard reports whether a quoted import path is one of the standard library.
func standard(path string) bool {
	first, _, _ := strings.Cut(strings.Trim(path, "\"`"), "/")
	return !strings.Contains(first, ".")
}
