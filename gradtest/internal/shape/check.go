package shape

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Mismatch is a difference between a value and its shape.
type Mismatch struct {
	Path    string // such as "to[0].phoneNumber"; empty: the value as a whole
	Missing bool   // a required member is missing
	Value   string // the value, shortened; empty if Missing
	Want    string // such as "integer" or "one of A, B"
}

// Valid reports whether v fits s as a response, in which write-only members are not required. It allows a value to fit
// several exclusive alternatives, because the specification has alternatives that cannot be distinguished.
func (s *Shape) Valid(v any) bool {
	c := checker{first: true}
	c.value(s, v, c.room[:0])
	return len(c.found) == 0
}

func depth(path string) int { return strings.Count(path, ".") + strings.Count(path, "[") }

// checker collects mismatches.
type checker struct {
	request bool
	first   bool // stop at the first
	found   []Mismatch
	room    [8]step // memory of the path
}

func (c *checker) done() bool { return c.first && len(c.found) > 0 }

func (c *checker) fault(at path, v any, want string) {
	f := Mismatch{Path: at.String()}
	if !c.first {
		f.Value, f.Want = short(v), want
	}
	c.found = append(c.found, f)
}

func (c *checker) value(s *Shape, v any, at path) {
	if s == nil || c.done() {
		return
	}
	if raw, ok := v.(json.RawMessage); ok {
		v = nil
		if err := json.Unmarshal(raw, &v); err != nil {
			c.fault(at, string(raw), "JSON")
			return
		}
	}
	if v == nil {
		if !s.Nullable && (s.Type != "" || len(s.Alternatives) > 0 || s.Enum != nil) {
			c.fault(at, v, s.describe())
		}
		return
	}
	if len(s.Alternatives) > 0 {
		c.choice(s, v, at)
		return
	}
	switch v := v.(type) {
	case map[string]any:
		c.object(s, v, at)
	case []any:
		c.array(s, len(v), func(i int) any { return v[i] }, v, at)
	case []string:
		c.array(s, len(v), func(i int) any { return v[i] }, v, at)
	case []map[string]any:
		c.array(s, len(v), func(i int) any { return v[i] }, v, at)
	default:
		if p, ok := v, isBasic(v); !ok {
			if p, ok = toBasic(v); ok {
				c.value(s, p, at)
				return
			}
		}
		if !s.fitsScalar(v) && !(c.request && s.partial(v)) {
			c.fault(at, v, s.describe())
		}
	}
}

// fitsScalar reports whether a string, boolean, time or number fits.
func (s *Shape) fitsScalar(v any) bool {
	switch v := v.(type) {
	case string:
		return s.fitsString(v)
	case bool:
		return s.fitsBool(v)
	case time.Time:
		return s.fitsString(v.UTC().Format(PlatformTime))
	}
	n, ok := number(v)
	return ok && s.fitsNumber(n)
}

// partial reports whether v is a time that lacks parts, which clients may send.
func (s *Shape) partial(v any) bool {
	text, ok := v.(string)
	return ok && s.Type == "string" && s.Format == "date-time" && partial(text)
}

func (c *checker) object(s *Shape, v map[string]any, at path) {
	if s.Type != "object" && s.Type != "" {
		c.fault(at, v, s.describe())
		return
	}
	if len(v) < s.MinMembers {
		c.fault(at, v, "at least "+strconv.Itoa(s.MinMembers)+" members")
	}
	known := 0
	for i := range s.Members {
		m := &s.Members[i]
		value, ok := v[m.Name]
		if ok {
			known++
			if c.request && !m.Required && (value == nil || value == "") {
				continue
			}
			below := at.member(m.Name, m.Shape)
			c.value(m.Shape, value, below)
		} else if m.Required && !(c.request && m.ReadOnly) && (c.request || !m.WriteOnly) {
			below := at.member(m.Name, m.Shape)
			c.found = append(c.found, Mismatch{Path: below.String(), Missing: true, Want: m.Shape.describe()})
		}
		if c.done() {
			return
		}
	}
	if known == len(v) || s.Others == nil && !s.Closed {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if _, ok := s.Member(name); ok {
			continue
		}
		below := at.member(name, s.Others)
		if s.Closed {
			c.fault(below, v[name], "no such member")
			continue
		}
		c.value(s.Others, v[name], below)
	}
}

func (c *checker) array(s *Shape, n int, at func(int) any, v any, where path) {
	switch {
	case s.Type != "array" && s.Type != "":
		c.fault(where, v, s.describe())
		return
	case n < s.MinItems:
		c.fault(where, v, "at least "+strconv.Itoa(s.MinItems)+" items")
	case s.MaxItems > 0 && n > s.MaxItems:
		c.fault(where, v, "at most "+strconv.Itoa(s.MaxItems)+" items")
	}
	for i := range n {
		below := where.item(i, s.Items)
		c.value(s.Items, at(i), below)
		if c.done() {
			return
		}
	}
	if s.Unique && n > 1 {
		seen := make(map[string]bool, n)
		for i := range n {
			b, err := json.Marshal(at(i))
			if err == nil && seen[string(b)] {
				below := where.item(i, s.Items)
				c.fault(below, at(i), "a value different from the other items")
			}
			seen[string(b)] = true
		}
	}
}

// choice checks the alternative that the discriminator names. Without a discriminator it reports the mismatches of the
// alternative with the fewest.
func (c *checker) choice(s *Shape, v any, at path) {
	if o, ok := v.(map[string]any); ok && s.Discriminator != "" {
		if a := s.pick(o); a != nil {
			c.value(a, v, at)
			return
		}
		below := at.member(s.Discriminator, nil)
		if kind, ok := o[s.Discriminator]; ok {
			c.fault(below, kind, s.discriminatorValues())
		} else {
			c.found = append(c.found, Mismatch{Path: below.String(), Missing: true, Want: s.discriminatorValues()})
		}
		return
	}
	var least []Mismatch
	for i, a := range s.Alternatives {
		try := checker{request: c.request, first: c.first}
		try.value(a, v, at)
		if len(try.found) == 0 {
			return
		}
		if i == 0 || len(try.found) < len(least) {
			least = try.found
		}
	}
	c.found = append(c.found, least...)
}
