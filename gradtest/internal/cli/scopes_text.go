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
	b.WriteString(m.Headline() + "\n\n")
	rows := [][]string{{"SCOPE", "DECLARED", "GRANTED", "EXERCISED", "NEEDED BY"}}
	used, _ := m.Used()
	for _, r := range used {
		rows = append(rows, []string{
			r.Scope, r.DeclaredText(), r.GrantedText(), number(r.Exercised), cmp.Or(r.NeededText(), "-"),
		})
	}
	if len(used) > 0 {
		_ = table(&b, rows) // a Builder takes everything
	}
	for _, list := range []struct {
		word    string
		changes []report.ScopeChange
	}{{"ADD TO", m.Add}, {"REMOVE FROM", m.Remove}} {
		if len(list.changes) > 0 {
			rows := [][]string{{list.word, "SCOPE", "WHY"}}
			for _, c := range report.Together(list.changes) {
				rows = append(rows, []string{c.Where(), few(strings.Split(c.Scope, ", "), 4), c.Why})
			}
			section(&b, rows)
		}
	}
	b.WriteString("\n")
	for _, line := range m.Sentences() {
		b.WriteString(line + "\n")
	}
	for _, n := range m.Notes {
		b.WriteString("note: " + n + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
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
				for n, from := range u.Origins() {
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
