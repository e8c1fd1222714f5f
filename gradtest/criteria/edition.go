package criteria

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// at returns an operation with the scope that it exercises in the edition. The group stays that of today, since it says
// how the platform limits calls now.
func (p *Policy) at(op rcapi.Operation) rcapi.Operation {
	if then, ok := op.At(p.Edition); ok {
		op.Scope = then.Scope.Canonical()
	}
	return op
}

// scopesThen returns the scopes of a success in the edition. The scopes of its record are those of today.
func (e *evidence) scopesThen(op string, recorded []string) []string {
	then, ok := e.then[op]
	if !ok {
		if o, known := rcapi.Lookup(op); known && e.policy.at(o).Scope != o.Scope {
			then = [2]rcapi.Scope{o.Scope, e.policy.at(o).Scope}
		}
		e.then[op] = then
	}
	if then[0] == then[1] {
		return recorded
	}
	out := slices.DeleteFunc(slices.Clone(recorded), func(s string) bool { return rcapi.Scope(s).Canonical() == then[0] })
	if then[1] != "" {
		out = append(out, string(then[1]))
	}
	return out
}

// outside returns a note about the endpoints that the edition lacks; empty if it has all of them.
func (s *state) outside() string {
	edition := s.e.policy.Edition
	var all []string
	for i, t := range s.e.endpoints {
		if t.oauth || !t.declared && !s.used(i) {
			continue
		}
		op := t.op
		if known, ok := rcapi.Lookup(op.ID); ok {
			op = known
		} else if known, ok := rcapi.Match(op.Method, op.Path); ok {
			op = known // the app declares it itself
		}
		if _, ok := op.At(edition); ok {
			continue
		}
		name := t.name
		if by, ok := op.Replacement(edition); ok {
			name += " (use " + by.ID + ")"
		}
		all = append(all, name)
	}
	if all == nil {
		return ""
	}
	return fmt.Sprintf("edition %s of the platform, which the policy is about, lacks %s: %s", edition,
		plural(len(all), "endpoint"), strings.Join(all, ", "))
}
