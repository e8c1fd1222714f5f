package rcapi

import (
	"iter"
	"slices"
	"strings"
)

// All yields the operations of the specification, sorted by path and then by method: GET, HEAD, POST, PUT, PATCH,
// DELETE.
func All() iter.Seq[Operation] {
	return func(yield func(Operation) bool) {
		for _, o := range table {
			if !yield(*o) {
				return
			}
		}
	}
}

// Lookup finds an operation by its operationId, in the spelling of the specification. It does not allocate. For
// misspelt names see [Nearest].
func Lookup(id string) (Operation, bool) {
	i, ok := slices.BinarySearchFunc(byID[:], id, func(o *Operation, id string) int { return strings.Compare(o.ID, id) })
	if !ok {
		return Operation{}, false
	}
	return *byID[i], true
}
