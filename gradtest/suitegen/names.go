package suitegen

import (
	"maps"
	"slices"
	"strconv"
)

// names hands out identifiers that nothing else in the package has.
type names map[string]bool

func newNames(taken []string) names {
	n := make(names)
	for _, t := range slices.Concat(taken, slices.Collect(maps.Keys(paths))) {
		n[t] = true
	}
	return n
}

// free returns the first name that is free, or the last one with a number behind it.
func (n names) free(all ...string) string {
	for _, name := range all {
		if !n[name] {
			n[name] = true
			return name
		}
	}
	last := all[len(all)-1]
	for i := 2; ; i++ {
		if name := last + strconv.Itoa(i); !n[name] {
			n[name] = true
			return name
		}
	}
}
