package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// writeScopes writes the matrix, the changes and the smallest set.
func writeScopes(w io.Writer, m report.ScopeMatrix) error {
	var b strings.Builder
	b.WriteString(scopesHeadline(m) + "\n\n")
	rows := [][]string{{"SCOPE", "DECLARED", "GRANTED", "EXERCISED", "NEEDED BY"}}
	for _, r := range m.Scopes {
		var names []string
		for _, u := range r.NeededBy {
			names = append(names, u.Text())
		}
		rows = append(rows, []string{
			r.Scope, r.DeclaredText(), r.GrantedText(), number(r.Exercised), cmp.Or(few(names, 3), "-"),
		})
	}
	if len(m.Scopes) > 0 {
		_ = table(&b, rows) // a Builder takes everything
	}
	for _, list := range []struct {
		word    string
		changes []report.ScopeChange
	}{{"Add", m.Add}, {"Remove", m.Remove}} {
		if len(list.changes) > 0 {
			rows := [][]string{{strings.ToUpper(list.word), "IN", "WHY"}}
			for _, c := range list.changes {
				rows = append(rows, []string{c.Scope, c.Where(), c.Why})
			}
			section(&b, rows)
		}
	}
	b.WriteString("\n")
	switch {
	case len(m.Smallest) > 0:
		b.WriteString("Smallest set for what was called: " + strings.Join(m.Smallest, ", ") + ".\n")
	default:
		b.WriteString("Nothing that needs a scope was called in the last 48 hours.\n")
	}
	if len(m.Uncalled) > 0 {
		b.WriteString("Declared endpoints that were not called also need: " + strings.Join(m.Uncalled, ", ") + ".\n")
	}
	for _, n := range m.Notes {
		b.WriteString("note: " + n + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func scopesHeadline(m report.ScopeMatrix) string {
	line := "the scopes are as they should be"
	if !m.Right() {
		line = fmt.Sprintf("%d to add, %d to remove", len(m.Add), len(m.Remove))
	}
	if len(m.Scopes) == 0 {
		line = "no scopes are declared, granted or needed"
	}
	if m.App != "" {
		line = m.App + ": " + line
	}
	return line
}

// few lists names, the first most of them if there are many.
func few(names []string, most int) string {
	if more := len(names) - most; more > 1 {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}

// writeWhy says what needs one scope.
func writeWhy(w io.Writer, m report.ScopeMatrix, s rcapi.Scope) error {
	var b strings.Builder
	i := slices.IndexFunc(m.Scopes, func(r report.MatrixRow) bool { return r.Scope == string(s) })
	if i < 0 || len(m.Scopes[i].NeededBy) == 0 {
		fmt.Fprintf(&b, "%s: no call of the last 48 hours and no declared endpoint needs it.\n", s)
		if op, ok := rcapi.Cheapest(s); ok {
			fmt.Fprintf(&b, "An operation that needs it is %s (gradtest ops %s lists more).\n", op.ID, s)
		} else {
			b.WriteString("No operation of the platform exercises it.\n")
		}
	}
	if i >= 0 {
		r := m.Scopes[i]
		if r.Condition != "" {
			fmt.Fprintf(&b, "%s is needed by a call that %s.\n", s, r.Condition)
		}
		if len(r.NeededBy) > 0 {
			rows := [][]string{{"CALLS", "OK", "OPERATION", "FROM"}}
			for _, u := range r.NeededBy {
				for n, from := range origins(u) {
					calls, ok, name := "", "", ""
					if n == 0 {
						calls, ok, name = number(u.Calls), number(u.Successes), u.Name
					}
					rows = append(rows, []string{calls, ok, name, from})
				}
			}
			_ = table(&b, rows)
		}
		if len(r.IncludedBy) > 0 {
			fmt.Fprintf(&b, "%s is included in %s.\n", s, strings.Join(r.IncludedBy, " and in "))
		}
	}
	for _, list := range [][]report.ScopeChange{m.Add, m.Remove} {
		for _, c := range list {
			if c.Scope == string(s) {
				word := "Add it to "
				if m.Scopes[i].Change == "remove" {
					word = "Remove it from "
				}
				fmt.Fprintf(&b, "%s%s: %s.\n", word, c.Where(), c.Why)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// origins says what makes the calls of an operation: code of endpoints, lines of the app, or nothing that is known.
func origins(u report.ScopeUse) (from []string) {
	for _, c := range u.Callers {
		from = append(from, "by "+c)
	}
	for _, s := range u.Sites {
		from = append(from, s)
	}
	switch {
	case u.Hidden > 0:
		from = append(from, fmt.Sprintf("%d without a line of the app's code: an SDK or another program, through the gateway", u.Hidden))
	case len(from) == 0 && u.Exempt != "":
		from = append(from, "declared, exempt: "+u.Exempt)
	case len(from) == 0 && u.Calls == 0:
		from = append(from, "declared, not called yet")
	case len(from) == 0:
		from = append(from, "the declared endpoint")
	}
	return from
}
