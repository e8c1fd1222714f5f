package rcapi

import (
	"iter"
	"slices"
	"strings"
)

// All yields the operations of all editions of the specification, sorted by path and then by method: GET, HEAD, POST,
// PUT, PATCH, DELETE. For those of one edition see [Edition.Operations].
func All() iter.Seq[Operation] {
	return func(yield func(Operation) bool) {
		for _, o := range table {
			if !yield(*o) {
				return
			}
		}
	}
}

// Lookup finds an operation by its operationId, in the spelling of the specification; an id that an older edition used
// for an operation finds it too. It does not allocate. For misspelt names see [Nearest].
func Lookup(id string) (Operation, bool) {
	i, ok := slices.BinarySearchFunc(byID[:], id, func(o *Operation, id string) int { return strings.Compare(o.ID, id) })
	if ok {
		return *byID[i], true
	}
	for i := range renamed {
		if renamed[i].id == id {
			return *renamed[i].op, true
		}
	}
	return Operation{}, false
}
