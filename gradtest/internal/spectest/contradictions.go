package spectest

import "slices"

// Contradiction is an answer that no value fits, by a fault of the specification.
type Contradiction struct {
	Operation string
	Status    int
	Why       string
}

// Contradictions lists them. Tests that leave them out must fail when one is an exception no longer.
func Contradictions() []Contradiction { return slices.Clone(contradictions) }

// Contradictory reports whether an answer is one.
func Contradictory(operationID string, status int) bool {
	return slices.ContainsFunc(contradictions, func(c Contradiction) bool { return c.Operation == operationID && c.Status == status })
}

var contradictions = []Contradiction{
	{"getSessionInsights", 200, "the paging requires sortableFields and allows no member of that name"},
	{"caiJobStatusGet", 200, "exactly one of five alternatives, of which none requires anything that the others refuse"},
}
