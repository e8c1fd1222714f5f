package flow

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// The order of functions and call sites decides the order of the runs, so it must not depend on maps.

func sortFunctions(fns []*ssa.Function) {
	slices.SortStableFunc(fns, func(a, b *ssa.Function) int {
		return cmp.Or(cmp.Compare(a.Pos(), b.Pos()), cmp.Compare(a.String(), b.String()))
	})
}

func sortSites(sites []ssa.Instruction) {
	slices.SortStableFunc(sites, func(a, b ssa.Instruction) int {
		return cmp.Or(cmp.Compare(a.Pos(), b.Pos()), cmp.Compare(a.Parent().String(), b.Parent().String()))
	})
}
