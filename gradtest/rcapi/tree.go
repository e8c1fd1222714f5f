package rcapi

import (
	"slices"
	"strings"
)

// tree finds the operation of a path, one segment a level. Templates of one shape share nodes whatever their parameters
// are called, so a search visits each node at most once and needs no memory.
type tree struct {
	literals []branch // sorted by segment
	param    *tree
	ends     []end
}

type branch struct {
	segment string
	next    *tree
}

type end struct {
	method string
	op     *Operation
}

// add puts o in the tree, in the place of an earlier operation of the same method and shape.
func (t *tree) add(o *Operation) {
	rest, ok := strings.CutPrefix(o.Path, "/")
	if !ok || o.Method == "" {
		return
	}
	for more := rest != ""; more; {
		var segment string
		segment, rest, more = strings.Cut(rest, "/")
		t = t.child(segment)
	}
	for i := range t.ends {
		if t.ends[i].method == o.Method {
			t.ends[i].op = o
			return
		}
	}
	t.ends = append(t.ends, end{o.Method, o})
}

func (t *tree) child(segment string) *tree {
	if strings.HasPrefix(segment, "{") {
		if t.param == nil {
			t.param = new(tree)
		}
		return t.param
	}
	i, ok := slices.BinarySearchFunc(t.literals, segment, func(b branch, s string) int { return strings.Compare(b.segment, s) })
	if !ok {
		t.literals = slices.Insert(t.literals, i, branch{segment, new(tree)})
	}
	return t.literals[i].next
}

// find returns the operation of the most specific template: at every segment from the left, a literal comes before a
// parameter, and what leads nowhere is given up. rest is the path without its leading slash; escaped tells that it may
// hold percent-encoded bytes.
func (t *tree) find(method, rest string, escaped bool) *Operation {
	if rest == "" {
		for i := range t.ends {
			if t.ends[i].method == method {
				return t.ends[i].op
			}
		}
		return nil
	}
	segment := rest
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		segment, rest = rest[:i], rest[i+1:]
	} else {
		rest = ""
	}
	if segment == "" {
		return nil
	}
	if next := t.literal(segment, escaped); next != nil {
		if o := next.find(method, rest, escaped); o != nil {
			return o
		}
	}
	if t.param != nil {
		return t.param.find(method, rest, escaped)
	}
	return nil
}

// literal finds the child for a segment, or nil.
func (t *tree) literal(segment string, escaped bool) *tree {
	if escaped && strings.IndexByte(segment, '%') >= 0 {
		for i := range t.literals {
			if equalEscaped(segment, t.literals[i].segment) {
				return t.literals[i].next
			}
		}
		return nil
	}
	low, high := 0, len(t.literals)
	for low < high {
		mid := int(uint(low+high) >> 1)
		switch s := t.literals[mid].segment; {
		case s == segment:
			return t.literals[mid].next
		case s < segment:
			low = mid + 1
		default:
			high = mid
		}
	}
	return nil
}

// equalEscaped reports whether an escaped segment spells plain. A percent sign that encodes nothing stands for itself.
func equalEscaped(escaped, plain string) bool {
	j := 0
	for i := 0; i < len(escaped); i, j = i+1, j+1 {
		if j == len(plain) {
			return false
		}
		c := escaped[i]
		if c == '%' && i+2 < len(escaped) {
			if hi, lo := unhex(escaped[i+1]), unhex(escaped[i+2]); hi >= 0 && lo >= 0 {
				c = byte(hi<<4 | lo)
				i += 2
			}
		}
		if c != plain[j] {
			return false
		}
	}
	return j == len(plain)
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
