package shape

import (
	"slices"
	"strings"
)

// Without returns s without a member, or s itself if it has no such member. The path has member names separated by
// dots; a name ends in [] for the items of an array, and [] alone is the items of s.
func (s *Shape) Without(path string) *Shape {
	found := false
	out := s.edited(path, func(m Member, _ bool) (Member, bool) { found = true; return m, false })
	if !found {
		return s
	}
	return out
}

// edited returns a copy of s in which the members at a path are what edit returns, or missing if it returns false. The
// last name of a path may end in [] too: items is true then. Shapes off the path are shared with s.
func (s *Shape) edited(path string, edit func(m Member, items bool) (Member, bool)) *Shape {
	if s == nil {
		return nil
	}
	c := *s
	if len(s.Alternatives) > 0 {
		c.Alternatives = make([]*Shape, len(s.Alternatives))
		for i, a := range s.Alternatives {
			c.Alternatives[i] = a.edited(path, edit)
		}
		return &c
	}
	name, rest, _ := strings.Cut(path, ".")
	if name == "[]" {
		c.Items = s.Items.edited(rest, edit)
		return &c
	}
	name, items := strings.CutSuffix(name, "[]")
	i := slices.IndexFunc(s.Members, func(m Member) bool { return m.Name == name })
	if i < 0 {
		return s
	}
	c.Members = slices.Clone(s.Members)
	m, keep := &c.Members[i], true
	switch {
	case rest == "":
		*m, keep = edit(*m, items)
	case !items:
		m.Shape = m.Shape.edited(rest, edit)
	case m.Shape != nil:
		list := *m.Shape
		list.Items = list.Items.edited(rest, edit)
		m.Shape = &list
	}
	if !keep {
		c.Members = slices.Delete(c.Members, i, i+1)
	}
	return &c
}
