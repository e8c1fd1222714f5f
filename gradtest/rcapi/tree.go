package rcapi

import "strings"

// tree finds the operation of a path, one segment per level. Templates that differ only in the names of their
// parameters share nodes, so a search visits each node at most once and allocates nothing.
type tree struct {
	literals segments
	param    *tree
	ends     []end
}

type end struct {
	method string
	op     *Operation
}

// add adds o to the tree. It replaces an earlier operation of the same method and shape.
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
	return t.literals.grow(segment)
}

// find returns the operation of the most specific template: at every segment from the left, a literal is tried before a
// parameter. rest is the path without its leading slash; escaped means that it may have percent-encoded bytes.
func (t *tree) find(method, rest string, escaped bool) *Operation {
	for rest != "" {
		segment := rest
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			segment, rest = rest[:i], rest[i+1:]
		} else {
			rest = ""
		}
		if segment == "" {
			return nil
		}
		next := t.literals.find(segment, escaped)
		switch {
		case next == nil:
			next = t.param
		case t.param != nil: // both may match: the only place that backtracks, so the only one that recurses
			if o := next.find(method, rest, escaped); o != nil {
				return o
			}
			next = t.param
		}
		if next == nil {
			return nil
		}
		t = next
	}
	for i := range t.ends {
		if t.ends[i].method == method {
			return t.ends[i].op
		}
	}
	return nil
}

// knows reports whether segment is a literal segment anywhere in the tree.
func (t *tree) knows(segment string) bool {
	if t == nil {
		return false
	}
	for _, b := range t.literals.slots {
		if b.next != nil && (b.segment == segment || b.next.knows(segment)) {
			return true
		}
	}
	return t.param.knows(segment)
}
