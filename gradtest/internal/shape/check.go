package shape

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Mismatch is one thing that is wrong with a value.
type Mismatch struct {
	Path    string // such as "to[0].phoneNumber"; empty: the value as a whole
	Missing bool   // a required member is not there
	Value   string // what was there, shortened; empty when Missing
	Want    string // such as "integer" or "one of A, B"
}

// Check says what is wrong with the body of a request: everything, the outermost first. Members that are only read are
// not required, optional ones may be null or empty, as clients send them that leave nothing out, and moments may lack
// their later parts.
func (s *Shape) Check(v any) []Mismatch {
	c := checker{request: true}
	c.value(s, v, c.room[:0])
	slices.SortStableFunc(c.found, func(a, b Mismatch) int { return depth(a.Path) - depth(b.Path) })
	return c.found
}

// Valid reports whether v fits s as an answer, of which members that are only written are not required. Alternatives
// that exclude each other may overlap: the platform's specification has some that nothing tells apart.
func (s *Shape) Valid(v any) bool {
	c := checker{first: true}
	c.value(s, v, c.room[:0])
	return len(c.found) == 0
}

func depth(path string) int { return strings.Count(path, ".") + strings.Count(path, "[") }

// checker gathers faults.
type checker struct {
	request bool
	first   bool // one is enough
	found   []Mismatch
	room    [8]step // of the path
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
			c.fault(at, v, s.want())
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
		if p, ok := v, basic(v); !ok {
			if p, ok = plain(v); ok {
				c.value(s, p, at)
				return
			}
		}
		if !s.fitsScalar(v) && !(c.request && s.partial(v)) {
			c.fault(at, v, s.want())
		}
	}
}

// fitsScalar reports whether what is neither null nor made of other values fits.
func (s *Shape) fitsScalar(v any) bool {
	switch v := v.(type) {
	case string:
		return s.fitsString(v)
	case bool:
		return s.fitsBool(v)
	case time.Time:
		return s.fitsString(v.UTC().Format(instant))
	}
	n, ok := number(v)
	return ok && s.fitsNumber(n)
}

// partial reports whether a client may send v where a moment is wanted.
func (s *Shape) partial(v any) bool {
	text, ok := v.(string)
	return ok && s.Type == "string" && s.Format == "date-time" && partial(text)
}

func (c *checker) object(s *Shape, v map[string]any, at path) {
	if s.Type != "object" && s.Type != "" {
		c.fault(at, v, s.want())
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
			c.found = append(c.found, Mismatch{Path: below.String(), Missing: true, Want: m.Shape.want()})
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
		c.fault(where, v, s.want())
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
				c.fault(below, at(i), "another value than the items before")
			}
			seen[string(b)] = true
		}
	}
}

// choice goes by the discriminator. Without one, it reports the faults of the alternative that has the fewest.
func (c *checker) choice(s *Shape, v any, at path) {
	if o, ok := v.(map[string]any); ok && s.Discriminator != "" {
		if a := s.pick(o); a != nil {
			c.value(a, v, at)
			return
		}
		below := at.member(s.Discriminator, nil)
		if kind, ok := o[s.Discriminator]; ok {
			c.fault(below, kind, s.kinds())
		} else {
			c.found = append(c.found, Mismatch{Path: below.String(), Missing: true, Want: s.kinds()})
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
