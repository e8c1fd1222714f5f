package shape

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// Read returns the body of a request as the platform's JSON reader takes it, and all mismatches in it, outermost first.
//
// Where the shape has a string, a number is read as its text; where it has a number, a numeric string is read as the
// number. Every other json.Number becomes a float64. Read does not require read-only members. Optional members may be
// null or empty, because some clients send every member. Times may lack their later parts. It leaves v unchanged.
//
// The specification says "string" for ids that the platform itself returns as numbers, and its guide sends those on.
func (s *Shape) Read(v any) (any, []Mismatch) {
	if out, changed := s.convert(v); changed {
		v = out
	}
	c := checker{request: true}
	c.value(s, v, c.room[:0])
	slices.SortStableFunc(c.found, func(a, b Mismatch) int { return depth(a.Path) - depth(b.Path) })
	return v, c.found
}

// Check returns the mismatches of [Shape.Read].
func (s *Shape) Check(v any) []Mismatch {
	_, found := s.Read(v)
	return found
}

// convert returns v with its scalars in the types of the shape, and whether that differs from v.
func (s *Shape) convert(v any) (any, bool) {
	if s != nil && len(s.Alternatives) > 0 {
		return s.convertChoice(v)
	}
	switch v := v.(type) {
	case map[string]any:
		return s.convertObject(v)
	case []any:
		return s.convertArray(v)
	}
	return s.convertScalar(v)
}

func (s *Shape) convertScalar(v any) (any, bool) {
	kind := ""
	if s != nil {
		kind = s.Type
	}
	switch v := v.(type) {
	case json.Number:
		if kind == "string" {
			return v.String(), true
		}
		n, err := v.Float64()
		return n, err == nil
	case float64:
		if kind == "string" {
			return strconv.FormatFloat(v, 'f', -1, 64), true
		}
	case string:
		if kind == "integer" || kind == "number" {
			n, err := strconv.ParseFloat(v, 64)
			return n, err == nil && json.Valid([]byte(v)) // ParseFloat takes more than numbers of JSON
		}
	}
	return v, false
}

func (s *Shape) convertObject(v map[string]any) (any, bool) {
	out, differs := v, false
	for name, in := range v {
		below := (*Shape)(nil)
		if m, ok := s.Member(name); ok {
			below = m.Shape
		} else if s != nil {
			below = s.Others
		}
		if is, changed := below.convert(in); changed {
			if !differs {
				out, differs = maps.Clone(v), true
			}
			out[name] = is
		}
	}
	return out, differs
}

func (s *Shape) convertArray(v []any) (any, bool) {
	items := (*Shape)(nil)
	if s != nil {
		items = s.Items
	}
	out, differs := v, false
	for i, in := range v {
		if is, changed := items.convert(in); changed {
			if !differs {
				out, differs = slices.Clone(v), true
			}
			out[i] = is
		}
	}
	return out, differs
}

// convertChoice converts to the alternative that the discriminator names, or else to the first one that v fits as it
// is, or else to the first one that v fits converted.
func (s *Shape) convertChoice(v any) (any, bool) {
	if o, ok := v.(map[string]any); ok {
		if a := s.pick(o); a != nil {
			return a.convert(v)
		}
	}
	plain, changed := (*Shape)(nil).convert(v) // without json.Number
	for _, a := range s.Alternatives {
		if a.fits(plain) {
			return plain, changed
		}
	}
	for _, a := range s.Alternatives {
		if is, changed := a.convert(v); changed && a.fits(is) {
			return is, true
		}
	}
	return plain, changed
}

// fits reports whether a part of a request fits.
func (s *Shape) fits(v any) bool {
	c := checker{request: true, first: true}
	c.value(s, v, c.room[:0])
	return len(c.found) == 0
}
