package rcapi

import (
	"iter"
	"strings"
)

// Search yields, in the order of [All], the operations in which every word occurs: in the operationId, method, path, group,
// scope or user permission, whatever the case. Without words it yields all.
func Search(words ...string) iter.Seq[Operation] {
	wanted := make([]string, len(words))
	for i, w := range words {
		wanted[i] = strings.ToLower(w)
	}
	return func(yield func(Operation) bool) {
		for _, o := range table {
			if o.mentions(wanted) && !yield(*o) {
				return
			}
		}
	}
}

func (o *Operation) mentions(words []string) bool {
	text := strings.ToLower(strings.Join([]string{o.ID, o.Method, o.Path, string(o.Group), string(o.Scope), o.Permission}, "\n"))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
