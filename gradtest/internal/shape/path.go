package shape

import "strconv"

// step is where in a value something is: a member of, or an item of, what is above. Steps live on the stack, and become
// text only when somebody asks.
type step struct {
	above *step
	name  string
	item  int // −1: the member called name
	shape *Shape
}

func member(above *step, name string, s *Shape) step { return step{above, name, -1, s} }

func item(above *step, i int, s *Shape) step { return step{above, "", i, s} }

// String is the path as faults give it, such as "to[0].phoneNumber".
func (p *step) String() string { return string(p.append(nil, true)) }

// dotted is the path of names alone, such as "records.extension.id".
func (p *step) dotted() string { return string(p.append(nil, false)) }

func (p *step) append(b []byte, items bool) []byte {
	if p == nil {
		return b
	}
	b = p.above.append(b, items)
	switch {
	case p.item < 0:
		if len(b) > 0 {
			b = append(b, '.')
		}
		b = append(b, p.name...)
	case items:
		b = append(b, '[')
		b = strconv.AppendInt(b, int64(p.item), 10)
		b = append(b, ']')
	}
	return b
}

// depth is how many steps lead here.
func (p *step) depth() int {
	n := 0
	for ; p != nil; p = p.above {
		n++
	}
	return n
}

// last is the nearest name.
func (p *step) last() string {
	for ; p != nil; p = p.above {
		if p.item < 0 {
			return p.name
		}
	}
	return ""
}

// parent is the name above the nearest one.
func (p *step) parent() string {
	for ; p != nil; p = p.above {
		if p.item < 0 {
			return p.above.last()
		}
	}
	return ""
}

// inside reports whether a shape is already being made above.
func (p *step) inside(s *Shape) bool {
	for ; p != nil; p = p.above {
		if p.shape == s {
			return true
		}
	}
	return false
}
