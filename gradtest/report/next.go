package report

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

// next returns the one next act, in steps; empty: nothing is left to do. An endpoint whose latest call failed comes
// first: until that is fixed, further calls only add errors. Then come the rules that more calls meet, those of single
// endpoints and scopes before the volume, which such calls count for too.
func (d Document) next(calls []Call) []string {
	for _, e := range d.Endpoints {
		if e.OK {
			continue
		}
		latest := Call{}
		for _, c := range calls {
			if c.of(e) && c.Outcome != Fault && !c.At.Before(latest.At) {
				latest = c
			}
		}
		if latest.Outcome == Failure && latest.Fix != "" {
			return []string{fmt.Sprintf("%s was answered %d %s: %s. %s", e.Name, latest.Status, latest.Code, latest.Meaning, latest.Fix)}
		}
	}
	order := []string{criteria.RuleEndpoints, criteria.RuleScopes, criteria.RuleVolume}
	rank := func(r Rule) int { // all others come last
		if i := slices.Index(order, r.Rule); i >= 0 {
			return i
		}
		return len(order)
	}
	rules := slices.Clone(d.Rules)
	slices.SortStableFunc(rules, func(a, b Rule) int { return cmp.Compare(rank(a), rank(b)) })
	for _, r := range rules {
		if !r.OK && r.Fix != "" {
			return split(r.Fix)
		}
	}
	return nil
}

// of reports whether the call was made for an endpoint.
func (c Call) of(e Endpoint) bool {
	return (c.Endpoint == "" || c.Endpoint == e.Name) && c.Method == e.Method && c.Path == e.Path
}
