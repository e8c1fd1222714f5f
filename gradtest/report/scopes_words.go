package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

// Right reports whether nothing is to be added or removed.
func (m ScopeMatrix) Right() bool { return len(m.Add)+len(m.Remove) == 0 }

// Where says where a scope is to be added or removed.
func (c ScopeChange) Where() string {
	switch {
	case c.Declaration && c.Console:
		return "App.Scopes and the developer console"
	case c.Console:
		return "the developer console"
	}
	return "App.Scopes"
}

// DeclaredText is the cell of a table that says whether the scope is declared, or by which scope that includes it.
func (r MatrixRow) DeclaredText() string {
	if !r.Declared && len(r.DeclaredBy) > 0 {
		return "by " + strings.Join(r.DeclaredBy, ", ")
	}
	return yesNo(r.Declared)
}

// GrantedText is the cell of a table that says whether the token grants the scope.
func (r MatrixRow) GrantedText() string {
	if r.Granted == criteria.Included.String() {
		return "by " + strings.Join(r.GrantedBy, ", ")
	}
	return r.Granted
}

// Text names the operation and, for one that is not declared, what called it: "deleteContact (by Cleanup of
// createContact)".
func (u ScopeUse) Text() string {
	switch {
	case u.Exempt != "":
		return u.Name + " (exempt)"
	case u.Declared && u.Calls == 0:
		return u.Name + " (not called yet)"
	case u.Declared:
		return u.Name
	case len(u.Callers) > 0:
		return u.Name + " (by " + strings.Join(u.Callers, ", ") + ")"
	}
	return u.Name + " (not declared)"
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// Origins says what makes the calls of the operation: code of endpoints, lines of the app, or nothing that is known.
func (u ScopeUse) Origins() (from []string) {
	for _, c := range u.Callers {
		from = append(from, "by "+c)
	}
	from = append(from, u.Sites...)
	switch {
	case u.Hidden > 0:
		from = append(from,
			strconv.Itoa(u.Hidden)+" without a line of the app's code: an SDK or another program, through the gateway")
	case len(from) == 0 && u.Exempt != "":
		from = append(from, "declared, exempt: "+u.Exempt)
	case len(from) == 0 && u.Calls == 0:
		from = append(from, "declared, not called yet")
	case len(from) == 0:
		from = append(from, "the declared endpoint")
	}
	return from
}

// undeclared says why there is an endpoint that is not declared: what called it, as far as that is known.
func (e Endpoint) undeclared() string {
	if len(e.Callers) > 0 {
		return "by " + strings.Join(e.Callers, ", ")
	}
	return "not declared"
}

// Undeclared is undeclared for the template.
func (r endpointRow) Undeclared() string { return r.undeclared() }

// headline says how many scopes are to be added and to be removed.
func (m ScopeMatrix) headline() string {
	switch {
	case len(m.Scopes) == 0:
		return "no scopes are declared, granted or needed"
	case m.Right():
		return "the scopes are as they should be"
	}
	return strconv.Itoa(len(m.Add)) + " to add, " + strconv.Itoa(len(m.Remove)) + " to remove"
}

// Headline says in one line what is to be done.
func (m ScopeMatrix) Headline() string {
	if m.App == "" {
		return m.headline()
	}
	return m.App + ": " + m.headline()
}

// Sentences are what the matrix says beyond its rows: the smallest set, and what declared endpoints need besides.
func (m ScopeMatrix) Sentences() []string {
	all := []string{"Nothing that needs a scope was called in the last 48 hours."}
	if len(m.Smallest) > 0 {
		all[0] = "Smallest set for what was called: " + strings.Join(m.Smallest, ", ") + "."
	}
	if len(m.Uncalled) > 0 {
		all = append(all, "Declared endpoints that were not called also need: "+strings.Join(m.Uncalled, ", ")+".")
	}
	if _, idle := m.Used(); len(idle) > 0 {
		more := "The token also grants " + strings.Join(idle, ", ")
		if slices.ContainsFunc(m.Remove, func(c ScopeChange) bool { return c.Scope == idle[0] }) {
			more += ": nothing needs that, so remove it in the developer console"
		}
		all = append(all, more+".")
	}
	return all
}

// NeededText names the first few operations that need the scope.
func (r MatrixRow) NeededText() string {
	const most = 3
	var names []string
	for _, u := range r.NeededBy {
		names = append(names, u.Text())
	}
	if more := len(names) - most; more > 1 {
		return strings.Join(names[:most], ", ") + " and " + strconv.Itoa(more) + " more"
	}
	return strings.Join(names, ", ")
}

// Used returns the rows of scopes that are declared, needed or exercised, and the names of the others, which only the
// token has. There are many of these if an app may do everything.
func (m ScopeMatrix) Used() (rows []MatrixRow, idle []string) {
	for _, r := range m.Scopes {
		if r.Declared || len(r.NeededBy) > 0 || r.Exercised > 0 {
			rows = append(rows, r)
		} else {
			idle = append(idle, r.Scope)
		}
	}
	return rows, idle
}

// Together returns changes with those of the same place and reason as one, whose Scope lists them.
func Together(changes []ScopeChange) (out []ScopeChange) {
	for _, c := range changes {
		i := slices.IndexFunc(out, func(o ScopeChange) bool { return o.Where() == c.Where() && o.Why == c.Why })
		if i < 0 {
			out = append(out, c)
		} else {
			out[i].Scope += ", " + c.Scope
		}
	}
	return out
}
