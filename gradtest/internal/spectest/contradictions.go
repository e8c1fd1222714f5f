package spectest

import "slices"

// Contradiction is an answer that cannot be valid because of an error in the specification.
type Contradiction struct {
	Operation string
	Status    int
	Why       string
}

// Contradictions returns all of them. Tests that skip them must fail when one is no longer an exception.
func Contradictions() []Contradiction { return slices.Clone(contradictions) }

// Contradictory reports whether an answer is a Contradiction.
func Contradictory(operationID string, status int) bool {
	return slices.ContainsFunc(contradictions, func(c Contradiction) bool { return c.Operation == operationID && c.Status == status })
}

var contradictions = []Contradiction{
	{"getSessionInsights", 200, "the paging requires sortableFields and allows no member of that name"},
	{"caiJobStatusGet", 200, "exactly one of five alternatives, of which none requires anything that the others refuse"},
}
