package drift

import (
	"fmt"
	"maps"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// scopes reports scopes that operations need and that App.Scopes lacks: those of the operations that an App declares,
// and those of undeclared calls that no App has.
func (c *comparison) scopes() {
	held := make(map[rcapi.Scope]bool) // by any App
	open := false
	for _, a := range c.apps {
		maps.Copy(held, withIncluded(a.Scopes))
		open = open || openScopes(a)
	}
	for _, a := range c.apps {
		if openScopes(a) {
			continue
		}
		own := withIncluded(a.Scopes)
		for _, e := range a.Endpoints {
			if s := e.Operation.Scope.Canonical(); s != "" && !own[s] {
				own[s], held[s] = true, true // one finding each
				c.missing(a, s, e.Operation, fmt.Sprintf("declared at %s:%d", e.File, e.Line))
			}
		}
	}
	if open || c.open {
		return
	}
	for _, k := range c.called.Calls {
		s := k.Operation.Scope.Canonical()
		if k.Reach == discover.Production && !c.declared[key(k.Operation)] && s != "" && !held[s] {
			if _, reason, _ := c.split([]discover.Place{k.Place}); reason != "" {
				continue
			}
			held[s] = true
			c.missing(c.apps[0], s, k.Operation, fmt.Sprintf("called at %s:%d", k.File, k.Line))
		}
	}
}

func openScopes(a discover.App) bool {
	return slices.ContainsFunc(a.Gaps, func(g discover.Undetermined) bool { return g.Scopes })
}

func withIncluded(scopes []rcapi.Scope) map[rcapi.Scope]bool {
	all := make(map[rcapi.Scope]bool)
	for _, s := range scopes {
		all[s.Canonical()] = true
		for _, i := range s.Includes() {
			all[i] = true
		}
	}
	return all
}

func (c *comparison) missing(a discover.App, s rcapi.Scope, op rcapi.Operation, where string) {
	at := a.ScopesAt
	if at.File == "" {
		at = a.Place
	}
	c.add(Finding{
		Place: at, Kind: MissingScope, App: a.Name, Operation: op, Scope: s,
		Message: fmt.Sprintf("App.Scopes lacks %s, which %s needs (%s)", s, op.ID, where),
		Fix:     "add it here and in the developer console",
		Paste:   s.GoString() + ",",
	})
}
