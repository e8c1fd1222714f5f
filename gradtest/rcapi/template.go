package rcapi

import (
	"strings"
	"sync"
)

// deepest bounds a template made from an unknown path. The longest path of the platform has 12 segments.
const deepest = 32

var (
	literalsOnce sync.Once
	literals     map[string]struct{}
)

// known returns the literal segments of the specification.
func known() map[string]struct{} {
	literalsOnce.Do(func() {
		literals = make(map[string]struct{})
		for _, o := range table {
			for segment := range strings.SplitSeq(o.Path[1:], "/") {
				if !strings.HasPrefix(segment, "{") {
					literals[segment] = struct{}{}
				}
			}
		}
	})
	return literals
}

// Template makes the path of an unknown operation anonymous, so that it can be recorded: segments that are literal
// segments of some operation are kept, every other one becomes {}, so that no id, number or name remains. Query and
// fragment are removed, and everything after the 32nd segment. For a path that matches an operation use its Path.
func Template(path string) string {
	keep := known()
	return template(path, func(segment string) bool { _, ok := keep[segment]; return ok })
}

func template(path string, keep func(segment string) bool) string {
	path = pathOnly(path)
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
