package criteria

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// scopesRule needs one successful call that exercises each declared app scope.
var scopesRule = rule{
	key:     RuleScopes,
	applies: func(p *Policy) bool { return p.Scopes },
	holds: func(s *state) bool {
		for i, got := range s.counting().scopes {
			if got == 0 && !s.excused(i) {
				return false
			}
		}
		return true
	},
	finding: func(s *state, v Verdict) Finding { return s.scopesFinding(v) },
	need: func(s *state, n *Needs) {
		// Conditional scopes first: the call that meets the condition also exercises the operation's own scope.
		for _, conditional := range []bool{true, false} {
			for i, scope := range s.e.scopes {
				if s.counting().scopes[i] == 0 && !s.excused(i) && (scope.Condition() != "") == conditional {
					s.needScope(n, scope)
				}
			}
		}
	},
}

// needScope adds what exercises a scope to n, if no call in n does.
func (s *state) needScope(n *Needs, scope rcapi.Scope) {
	if !s.e.exercisable(scope) {
		n.Drop = append(n.Drop, scope)
		return
	}
	for i := range n.Endpoints {
		if e := &n.Endpoints[i]; e.Op.Exercises(scope) {
			e.Condition = cmp.Or(e.Condition, scope.Condition())
			return
		}
	}
	if slices.ContainsFunc(n.Scopes, func(o ScopeNeed) bool { return o.Op.Exercises(scope) }) {
		return
	}
	n.Scopes = append(n.Scopes, s.exercise(scope))
}

// exercise returns the fewest calls that exercise a scope: to a declared endpoint, else to one that is used anyway,
// else to the cheapest operation, which then needs as many successes as any other endpoint.
func (s *state) exercise(scope rcapi.Scope) ScopeNeed {
	need := ScopeNeed{Scope: scope, Condition: scope.Condition(), Calls: 1}
	for _, declared := range []bool{true, false} {
		for i, t := range s.e.endpoints {
			if t.declared == declared && t.op.Exercises(scope) && (t.declared || s.used(i)) {
				need.Op, need.Declared = t.op, declared
				return need
			}
		}
	}
	op, ok := rcapi.Cheapest(scope) // of today: it is to be called today
	if !ok {                        // only an operation outside the catalogue exercises it, and it was last called before all windows
		i := slices.IndexFunc(s.e.endpoints, func(t endpoint) bool { return t.op.Exercises(scope) })
		op = s.e.endpoints[i].op
	}
	need.Op = op
	if !op.OAuth() {
		need.Calls = max(1, s.e.policy.need(0))
	}
	return need
}

func (s *state) scopesFinding(v Verdict) Finding {
	met, exempt := 0, 0
	var fixes []string
	for _, c := range v.Scopes {
		switch {
		case c.Exempt:
			exempt++
		case c.Got > 0:
			met++
		case slices.Contains(v.Needs.Drop, c.Scope):
			fixes = append(fixes, fmt.Sprintf("%s: no operation exercises it: "+
				"remove it in the developer console and from the declared scopes", c.Scope))
		default:
			fixes = append(fixes, fmt.Sprintf("%s: %s", c.Scope, s.exercising(v.Needs, c.Scope)))
		}
	}
	if len(v.Scopes) == 0 {
		return Finding{Got: "no app scopes declared", Need: "none"}
	}
	got := fmt.Sprintf("%d of %s exercised", met, plural(len(v.Scopes), "app scope"))
	if exempt > 0 {
		got += fmt.Sprintf(", %d exempt", exempt)
	}
	return Finding{
		Got:  got,
		Need: "1 successful call for each",
		Fix:  strings.Join(fixes, "; "),
	}
}

// exercising says which calls exercise a scope.
func (s *state) exercising(needs Needs, scope rcapi.Scope) string {
	n, ok := needs.scope(scope)
	if !ok { // calls to a declared endpoint cover it
		n = s.exercise(scope)
	}
	switch {
	case n.Condition != "" && n.Declared:
		return "1 successful call that " + n.Condition
	case n.Op.OAuth() && !n.Declared:
		return "1 successful call to " + display("", n.Op) + ", an authorization request, which counts as nothing else"
	case n.Condition != "":
		return fmt.Sprintf("declare %s, with %s, one of which %s", n.Op.ID, plural(n.Calls, "successful call"), n.Condition)
	case !n.Declared:
		return fmt.Sprintf("declare an endpoint that requires this scope, such as %s, with %s",
			display("", n.Op), plural(n.Calls, "successful call"))
	}
	var by []string
	for _, t := range s.e.endpoints {
		if t.declared && t.op.Exercises(scope) {
			by = append(by, t.name)
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
