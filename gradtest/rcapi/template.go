package rcapi

import (
	"strings"
	"sync"
)

// deepest bounds a template made from somebody's path; the longest of the platform has 12 segments.
const deepest = 32

var (
	segmentsOnce sync.Once
	segments     map[string]struct{}
)

// known holds every literal segment of the specification.
func known() map[string]struct{} {
	segmentsOnce.Do(func() {
		segments = make(map[string]struct{})
		for _, o := range table {
			for segment := range strings.SplitSeq(o.Path[1:], "/") {
				if !strings.HasPrefix(segment, "{") {
					segments[segment] = struct{}{}
				}
			}
		}
	})
	return segments
}

// Template makes the path of an unknown operation fit to be kept: segments that are literal segments somewhere in the
// catalogue stay, every other one becomes {}, so that no id, number or name remains. Query and fragment are dropped, as is
// all that follows the 32nd segment. For a path that matches, use the operation's own Path.
func Template(path string) string {
	literals := known()
	return template(path, func(segment string) bool { _, ok := literals[segment]; return ok })
}

func template(path string, keep func(segment string) bool) string {
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path = path[:i]
	}
	path = strings.TrimSuffix(strings.TrimPrefix(path, "/"), "/")
	if path == "" {
		return "/"
	}
	var b strings.Builder
	b.Grow(len(path) + 1)
	n := 0
	for segment := range strings.SplitSeq(path, "/") {
		if n++; n > deepest {
			break
		}
		b.WriteByte('/')
		if keep(segment) {
			b.WriteString(segment)
		} else {
			b.WriteString("{}")
		}
	}
	return b.String()
}

// knows reports whether segment is a literal segment anywhere in the tree.
func (t *tree) knows(segment string) bool {
	if t == nil {
		return false
	}
	for i := range t.literals {
		if t.literals[i].segment == segment || t.literals[i].next.knows(segment) {
			return true
		}
	}
	return t.param.knows(segment)
}
