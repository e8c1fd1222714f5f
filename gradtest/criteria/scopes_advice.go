package criteria

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// advise fills in what the rows say about the declaration and the grant. registered are the scopes of the token without
// those that another of them includes: a token can list these as well, although the app's registration does not.
func (m *ScopeMatrix) advise(registered []rcapi.Scope) {
	var called, needed []rcapi.Scope
	for _, r := range m.Scopes {
		if r.Called() {
			called = append(called, r.Scope)
		}
		if len(r.NeededBy) > 0 {
			needed = append(needed, r.Scope)
		}
	}
	m.Smallest = outermost(called)
	target := outermost(needed)
	for _, s := range target {
		covered := func(c rcapi.Scope) bool { return c == s || includes(c, s) }
		if !slices.ContainsFunc(m.Smallest, covered) {
			m.Uncalled = append(m.Uncalled, s)
		}
	}
	for _, r := range m.Scopes {
		if slices.Contains(target, r.Scope) {
			c := ScopeChange{
				Scope: r.Scope, Declaration: !r.Declared, Why: "needed by " + r.users(),
				Console: r.Granted != GrantUnknown && !slices.Contains(registered, r.Scope),
			}
			if c.Declaration || c.Console {
				m.Add = append(m.Add, c)
			}
			continue
		}
		c := ScopeChange{Scope: r.Scope, Declaration: r.Declared, Why: r.unneeded(target)}
		c.Console = slices.Contains(registered, r.Scope)
		if c.Declaration || c.Console {
			m.Remove = append(m.Remove, c)
		}
	}
}

// outermost returns the scopes that no other of them includes. Each of the others is included by one of these, since
// inclusion has no cycles, and none of these can be left out: so it is the smallest subset that allows the same.
func outermost(scopes []rcapi.Scope) (out []rcapi.Scope) {
	for _, s := range scopes {
		if !slices.ContainsFunc(scopes, func(o rcapi.Scope) bool { return includes(o, s) }) {
			out = append(out, s)
		}
	}
	return out
}

// users lists what needs the scope.
func (r ScopeRow) users() string {
	const most = 3
	var names []string
	for _, u := range r.NeededBy {
		name := u.Name
		if !u.Declared && len(u.Callers) > 0 {
			name += " (by " + u.Callers[0].String() + ")"
		}
		names = append(names, name)
	}
	if more := len(names) - most; more > 1 {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}

// unneeded says why a scope that is not in target is not needed.
func (r ScopeRow) unneeded(target []rcapi.Scope) string {
	var by, instead []string
	for _, t := range target {
		if includes(t, r.Scope) {
			by = append(by, string(t))
		}
		if includes(r.Scope, t) {
			instead = append(instead, string(t))
		}
	}
	switch {
	case len(r.NeededBy) > 0 && len(by) == 1:
		return by[0] + " includes it, and a scope that is not declared needs no call of its own"
	case len(r.NeededBy) > 0:
		return strings.Join(by, " and ") + " include it, and a scope that is not declared needs no call of its own"
	case len(instead) > 0:
		return "only what it includes is needed: " + strings.Join(instead, " and ")
	case !r.Scope.Exercisable():
		return "no operation of the platform exercises it"
	}
	return "no call of the last 48 hours and no declared endpoint needs it"
}

// note adds what the matrix cannot know. The app makes subscriptions or it does not.
func (m *ScopeMatrix) note(subscribes bool) {
	if m.Granted.IsZero() {
		m.Notes = append(m.Notes, "What the token grants is unknown: no token response of the last 48 hours is recorded. "+
			"The next login through gradtest records it.")
	}
	if subscribes && len(m.Remove) > 0 {
		m.Notes = append(m.Notes, "A subscription also needs the scope of each of its event filters, which the evidence "+
			"does not keep. Before you remove a scope, make sure that no event filter needs it.")
	}
}

// WithoutConsole returns m without advice about the app's registration, for evidence of a server whose tokens say
// nothing about it, such as an emulator.
func (m ScopeMatrix) WithoutConsole() ScopeMatrix {
	keep := func(list []ScopeChange) (out []ScopeChange) {
		for _, c := range list {
			if c.Console = false; c.Declaration {
				out = append(out, c)
			}
		}
		return out
	}
	m.Add, m.Remove = keep(m.Add), keep(m.Remove)
	return m
}
