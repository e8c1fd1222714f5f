package rcapi

import (
	"cmp"
	"slices"
	"strings"
)

// NearestScopes returns up to n app scopes that are similar to a misspelt name, the most similar first. It may return
// none. A leading "Scope" or "rcapi.Scope" is ignored, so name may be a Go name.
func NearestScopes(name string, n int) []Scope {
	lower := fold(strings.TrimPrefix(strings.TrimPrefix(name, "rcapi."), "Scope"))
	if lower == "" || n <= 0 || len(lower) > 200 {
		return nil
	}
	type candidate struct {
		scope Scope
		score int
	}
	var found []candidate
	for _, s := range Scopes() {
		other := fold(string(s))
		switch d := distance(lower, other); {
		case d <= 1+len(lower)/5:
			found = append(found, candidate{s, d})
		case len(lower) >= 3 && (strings.Contains(other, lower) || strings.Contains(lower, other) && len(other) >= 3):
			found = append(found, candidate{s, 100 + d})
		case len(lower) >= 4 && subsequence(lower, other):
			found = append(found, candidate{s, 1000 + d})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.score, b.score) })
	var out []Scope
	for _, c := range found[:min(n, len(found))] {
		out = append(out, c.scope)
	}
	return out
}
