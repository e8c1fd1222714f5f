package criteria

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// scopesRule needs one successful call that exercises each declared app scope.
var scopesRule = rule{
	key:     RuleScopes,
	applies: func(p *Policy) bool { return p.Scopes },
	holds:   func(s *state) bool { return !slices.Contains(s.counting().scopes, 0) },
	finding: func(s *state, v Verdict) Finding { return s.scopesFinding(v) },
	need: func(s *state, n *Needs) {
		for i, scope := range s.e.scopes {
			switch {
			case s.counting().scopes[i] > 0:
			case !s.e.exercisable(scope):
				n.Drop = append(n.Drop, scope)
			case !slices.ContainsFunc(n.Endpoints, func(e EndpointNeed) bool { return e.Op.Exercises(scope) }):
				n.Scopes = append(n.Scopes, scope)
			}
		}
	},
}

func (s *state) scopesFinding(v Verdict) Finding {
	met := 0
	var fixes []string
	for _, c := range v.Scopes {
		switch {
		case c.Got > 0:
			met++
		case slices.Contains(v.Needs.Drop, c.Scope):
			fixes = append(fixes, fmt.Sprintf("%s: no operation exercises it: "+
				"remove it in the developer console and from the declared scopes", c.Scope))
		default:
			fixes = append(fixes, fmt.Sprintf("%s: %s", c.Scope, s.exercise(c.Scope)))
		}
	}
	if len(v.Scopes) == 0 {
		return Finding{Got: "no app scopes declared", Need: "none"}
	}
	return Finding{
		Got:  fmt.Sprintf("%d of %s exercised", met, plural(len(v.Scopes), "app scope")),
		Need: "1 successful call for each",
		Fix:  strings.Join(fixes, "; "),
	}
}

// exercise says which call exercises a scope.
func (s *state) exercise(scope rcapi.Scope) string {
	if condition := scope.Condition(); condition != "" {
		return "1 successful call that " + condition
	}
	var by []string
	for _, t := range s.e.endpoints {
		if t.declared && t.op.Exercises(scope) {
			by = append(by, t.name)
		}
	}
	if len(by) == 0 {
		if op, ok := rcapi.Cheapest(scope); ok {
			by = append(by, "an operation that requires this scope, such as "+op.ID+" (no declared endpoint does)")
		}
	}
	return "1 successful call to " + strings.Join(by, " or ")
}

// exercisable reports whether any call can exercise the scope: one of an operation in the catalogue, or of one that the
// app uses beyond the catalogue.
func (e *evidence) exercisable(s rcapi.Scope) bool {
	if s.Exercisable() {
		return true
	}
	for _, t := range e.endpoints {
		if t.op.Exercises(s) {
			return true
		}
	}
	return false
}
