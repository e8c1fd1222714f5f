package shape

import (
	"encoding/json"
	"math"
)

// choice writes v as the alternative that it is most like.
func (w *writer) choice(b []byte, s *Shape, v any, at path) ([]byte, bool) {
	if !basic(v) {
		var ok bool
		if v, ok = plain(v); !ok {
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

// nearest is the alternative that v fits or, of objects, is most like; nil: none.
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
		if score := a.like(object); score > most {
			best, most = a, score
		}
	}
	return best
}

// like is how many members an object shares with s, less those it lacks.
func (s *Shape) like(object map[string]any) int {
	if s == nil {
		return 0
	}
	if len(s.Alternatives) > 0 {
		most := math.MinInt
		for _, a := range s.Alternatives {
			most = max(most, a.like(object))
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

// madeChoice takes the first alternative that tells of no error and ends; of those that exclude each other, one that
// does, if there is any.
func (w *writer) madeChoice(b []byte, s *Shape, at path) ([]byte, bool) {
	start := len(b)
	first := -1 // the alternative to take when all overlap
	for _, errors := range []bool{false, true} {
		for i, a := range s.Alternatives {
			if failure(a, s.Discriminator) != errors {
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

// matches is how many alternatives a text fits.
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

// failure reports whether an alternative tells of an error or a deletion.
func failure(a *Shape, discriminator string) bool {
	if a == nil {
		return false
	}
	for i := range a.Members {
		m := &a.Members[i]
		if m.Required && m.bad {
			return true
		}
		if m.Name == discriminator && m.Shape != nil && len(m.Shape.Enum) > 0 {
			if v, ok := m.Shape.Enum[0].(string); ok && badState(v) {
				return true
			}
		}
	}
	return false
}
