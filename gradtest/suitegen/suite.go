package suitegen

import (
	"cmp"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Operation is an operation that the app calls.
type Operation struct {
	Op rcapi.Operation
	// Sites are the places of the calls, such as "crm/sync.go:42". They become a comment. Nil: not known.
	Sites []string
}

// Request says what a suite is for. Only Operations is required.
type Request struct {
	Package    string      // package clause; empty: "graduation"
	App        string      // App.Name; empty: none
	Operations []Operation // in any order; an operation may be there several times, authorization requests are left out
	// Taken are identifiers of the package that the suite must not declare.
	Taken []string
	// Notes are sentences about what a person has to add, such as a call that could not be resolved. They become a
	// comment.
	Notes []string
}

// operations returns the operations in the order of the catalogue, each once.
func (r Request) operations() []Operation {
	var all []Operation
	at := make(map[string]int)
	for _, o := range r.Operations {
		if o.Op.OAuth() { // authorization requests count for no endpoint
			continue
		}
		key := o.Op.String()
		if i, ok := at[key]; ok {
			all[i].Sites = append(slices.Clip(all[i].Sites), o.Sites...)
			continue
		}
		at[key] = len(all)
		all = append(all, o)
	}
	slices.SortStableFunc(all, func(a, b Operation) int {
		return cmp.Or(cmp.Compare(rank(a.Op), rank(b.Op)), cmp.Compare(a.Op.String(), b.Op.String()))
	})
	return all
}

// ranks has the place of each operation in the catalogue, which is that of its path: a list comes before its items, a
// read before a change.
var ranks = func() map[string]int {
	all := make(map[string]int)
	for op := range rcapi.All() {
		all[op.ID] = len(all)
	}
	return all
}()

func rank(op rcapi.Operation) int {
	if i, ok := ranks[op.ID]; ok {
		return i
	}
	return len(ranks)
}
