package criteria

import (
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// An exempt endpoint cannot be called where the suite runs, such as one that needs a person to answer a call. It is
// judged as though it were not declared: calls of it that are seen count like those of any endpoint in use. It has a
// row of its own with its reason, and a scope that only exempt endpoints exercise is exempt too.

// judged divides a declaration into what is judged and what is exempt.
func judged(want Want) (rest Want, exempt []Endpoint) {
	if !slices.ContainsFunc(want.Endpoints, func(e Endpoint) bool { return e.Exempt != "" }) {
		return want, nil
	}
	rest = Want{Scopes: want.Scopes}
	for _, e := range want.Endpoints {
		if e.Exempt != "" {
			exempt = append(exempt, e)
		} else {
			rest.Endpoints = append(rest.Endpoints, e)
		}
	}
	return rest, exempt
}

// exemption returns the exempt declaration of an operation.
func (e *evidence) exemption(op rcapi.Operation) (Endpoint, bool) {
	for _, x := range e.exempt {
		if x.Op.Method == op.Method && x.Op.Path == op.Path {
			return x, true
		}
	}
	return Endpoint{}, false
}

// excuse says why a scope need not be exercised; empty: it must be.
func (e *evidence) excuse(scope rcapi.Scope) string {
	if slices.ContainsFunc(e.want.Endpoints, func(d Endpoint) bool { return d.Op.Exercises(scope) }) {
		return ""
	}
	var names []string
	for _, x := range e.exempt {
		if x.Op.Exercises(scope) {
			names = append(names, display(x.Name, x.Op))
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return "only " + names[0] + " exercises it, which is exempt"
	}
	return "only " + strings.Join(names, " and ") + " exercise it, which are exempt"
}

// excused reports whether a scope that no success has exercised need not be.
func (s *state) excused(i int) bool { return s.counting().scopes[i] == 0 && s.e.excuses[i] != "" }

// exemptRows are the rows of exempt endpoints that no call has been seen of.
func (s *state) exemptRows() (rows []EndpointCount) {
	for _, x := range s.e.exempt {
		seen := slices.ContainsFunc(s.e.endpoints, func(t endpoint) bool {
			return t.op.Method == x.Op.Method && t.op.Path == x.Op.Path && (t.declared || s.recent(t.used))
		})
		if !seen {
			rows = append(rows, EndpointCount{Name: display(x.Name, x.Op), Op: x.Op, Declared: true, Exempt: x.Exempt})
		}
	}
	return rows
}

func (e *evidence) exemptNotes() (notes []string) {
	for _, x := range e.exempt {
		notes = append(notes, display(x.Name, x.Op)+" is exempt: "+x.Exempt)
	}
	return notes
}

// isExempt reports whether an endpoint in use was declared exempt.
func (s *state) isExempt(i int) bool {
	_, ok := s.e.exemption(s.e.endpoints[i].op)
	return ok
}
