package shape

import "strconv"

// path is a place in a value. The paths of the members of an object share memory: each must be used before the next is
// created. That way, walking through a value does not allocate.
type path []step

// step is a member of an object or an item of an array.
type step struct {
	name  string
	item  int // −1: the member called name
	shape *Shape
}

func (p path) member(name string, s *Shape) path { return append(p, step{name, -1, s}) }

func (p path) item(i int, s *Shape) path { return append(p, step{"", i, s}) }

// String returns the path in the form of Mismatch.Path, such as "to[0].phoneNumber".
func (p path) String() string { return p.text(true) }

// dotted returns the path without indices, such as "records.extension.id".
func (p path) dotted() string { return p.text(false) }

func (p path) text(items bool) string {
	var room [64]byte
	b := room[:0]
	for _, s := range p {
		switch {
		case s.item < 0:
			if len(b) > 0 {
				b = append(b, '.')
			}
			b = append(b, s.name...)
		case items:
			b = append(b, '[')
			b = strconv.AppendInt(b, int64(s.item), 10)
			b = append(b, ']')
		}
	}
	return string(b)
}

// last returns the innermost name.
func (p path) last() string { return p.name(0) }

// parent returns the name above the innermost one.
func (p path) parent() string { return p.name(1) }

func (p path) name(above int) string {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i].item < 0 {
			if above == 0 {
				return p[i].name
			}
			above--
		}
	}
	return ""
}

// index returns the index if the path ends in an item, otherwise 0.
func (p path) index() int {
	if len(p) == 0 {
		return 0
	}
	return max(0, p[len(p)-1].item)
}

// inside reports whether the path passes through a value of this shape.
func (p path) inside(s *Shape) bool {
	for i := range p {
		if p[i].shape == s {
			return true
		}
	}
	return false
}
