package rcapi

import (
	"iter"
	"strings"
)

// Search yields, in the order of [All], the operations that contain every word in their operationId, method, path,
// group, scope or user permission. Case does not matter. Without words it yields all.
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
	fields := []string{o.ID, o.Method, o.Path, string(o.Group), string(o.Scope), o.Permission}
	text := strings.ToLower(strings.Join(fields, "\n"))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
