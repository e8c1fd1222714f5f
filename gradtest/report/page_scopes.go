package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
)

//go:embed page_scopes.html.tmpl
var scopesTemplate string

// matrixView is the scope matrix as the page and Markdown show it.
type matrixView struct {
	ScopeMatrix
	Rows []matrixRowView
}

// matrixRowView is a row with what the verdict says about the scope.
type matrixRowView struct {
	MatrixRow
	OK   bool // the verdict says so; for a scope that is not declared, that nothing is to be changed
	Note string
	Todo string // what to do; empty: nothing
}

func newMatrixView(d Document) *matrixView {
	if d.Matrix == nil {
		return nil
	}
	return d.Matrix.view(d.Scopes)
}

// view joins the matrix and the verdict's scopes.
func (m ScopeMatrix) view(judged []Scope) *matrixView {
	v := &matrixView{ScopeMatrix: m}
	todo := make(map[string]string)
	for _, c := range m.Add {
		todo[c.Scope] = "Add it to " + c.Where() + ": " + c.Why
	}
	for _, c := range m.Remove {
		todo[c.Scope] = "Remove it from " + c.Where() + ": " + c.Why
	}
	used, _ := m.Used()
	for _, r := range used {
		row := matrixRowView{MatrixRow: r, OK: r.Change == "", Todo: todo[r.Scope]}
		for _, s := range judged {
			if s.Scope == r.Scope {
				row.OK, row.Note = s.OK, s.Note
			}
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// markdown writes the matrix as a table with what to do.
func (m ScopeMatrix) markdown(b *bytes.Buffer, judged []Scope) {
	rows := [][]string{{"", "App scope", "Declared", "Granted", "Exercised", "Needed by", "What to do"}}
	for _, r := range m.view(judged).Rows {
		var todo []string
		for _, s := range []string{r.Todo, r.Note} {
			if s != "" {
				todo = append(todo, escape(s))
			}
		}
		rows = append(rows, []string{
			sign(r.OK), escape(r.Scope), r.DeclaredText(), escape(r.GrantedText()), fmt.Sprint(r.Exercised),
			escape(r.NeededText()), strings.Join(todo, "<br>"),
		})
	}
	if len(rows) > 1 {
		table(b, rows)
	}
	fmt.Fprintf(b, "\n%s\n", escape(strings.Join(append(m.Sentences(), m.Notes...), " ")))
}
