package shape

import (
	"encoding/json"
	"math"
)

// choice appends v as the most similar alternative.
func (w *writer) choice(b []byte, s *Shape, v any, at path) ([]byte, bool) {
	if !isBasic(v) {
		var ok bool
		if v, ok = toBasic(v); !ok {
			return b, false
		}
	}
	if a := s.nearest(v); a != nil {
		if out, ok := w.value(b, a, v, at); ok {
			return out, true
		}
	}
	for _, a := range s.Alternatives {
		if out, ok := w.value(b, a, v, at); ok {
			return out, true
		}
	}
	return b, false
}

// nearest returns the alternative that v fits, or for an object the most similar one, or nil.
func (s *Shape) nearest(v any) *Shape {
	object, ok := v.(map[string]any)
	if ok {
		if a := s.pick(object); a != nil {
			return a
		}
	}
	for _, a := range s.Alternatives {
		if a.Valid(v) {
			return a
		}
	}
	if !ok {
		return nil
	}
	var best *Shape
	most := math.MinInt
	for _, a := range s.Alternatives {
		if score := a.similarity(object); score > most {
			best, most = a, score
		}
	}
	return best
}

// similarity is the number of members that an object shares with s minus the number of required ones that it lacks.
func (s *Shape) similarity(object map[string]any) int {
	if s == nil {
		return 0
	}
	if len(s.Alternatives) > 0 {
		most := math.MinInt
		for _, a := range s.Alternatives {
			most = max(most, a.similarity(object))
		}
		return most
	}
	if s.Type != "object" {
		return math.MinInt
	}
	score := 0
	for i := range s.Members {
		if _, ok := object[s.Members[i].Name]; ok {
			score++
		} else if s.Members[i].Required {
			score--
		}
	}
	return score
}

// madeChoice generates the first alternative that is not about a failure and does not recurse forever. If the
// alternatives are exclusive, it prefers one whose value fits no other.
func (w *writer) madeChoice(b []byte, s *Shape, at path) ([]byte, bool) {
	start := len(b)
	first := -1 // the alternative to take if all overlap
	for _, errors := range []bool{false, true} {
		for i, a := range s.Alternatives {
			if isFailure(a, s.Discriminator) != errors {
				continue
			}
			out, ok := w.made(b, a, at)
			if ok && (!s.Exclusive || s.Discriminator != "" || s.matches(out[start:]) == 1) {
				return out, true
			}
			if ok && first < 0 {
				first = i
			}
		}
		if first >= 0 {
			return w.made(b, s.Alternatives[first], at)
		}
	}
	return b, false
}

// matches returns the number of alternatives that a JSON text fits.
func (s *Shape) matches(text []byte) int {
	var v any
	if json.Unmarshal(text, &v) != nil {
		return 0
	}
	n := 0
	for _, a := range s.Alternatives {
		if a.Valid(v) {
			n++
		}
	}
	return n
}

// isFailure reports whether an alternative is about an error or a deletion.
func isFailure(a *Shape, discriminator string) bool {
	if a == nil {
		return false
	}
	for i := range a.Members {
		m := &a.Members[i]
		if m.Required && m.failure {
			return true
		}
		if m.Name == discriminator && m.Shape != nil && len(m.Shape.Enum) > 0 {
			if v, ok := m.Shape.Enum[0].(string); ok && isFailureState(v) {
				return true
			}
		}
	}
	return false
}
