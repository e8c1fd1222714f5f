package main

import (
	"cmp"
	"math"
	"slices"
)

// quantile returns the smallest value that at least the share q of all values does not exceed (nearest rank). The
// values must be sorted. It returns zero if there are none.
func quantile[T cmp.Ordered](sorted []T, q float64) T {
	var zero T
	if len(sorted) == 0 {
		return zero
	}
	// A product such as 0.07 * 100 is slightly above its exact value; that must not raise the rank by one.
	rank := int(math.Ceil(q*float64(len(sorted)) - 1e-9))
	return sorted[min(max(rank, 1), len(sorted))-1]
}

// median returns the quantile 0.5 of values in any order.
func median[T cmp.Ordered](values []T) T {
	return quantile(slices.Sorted(slices.Values(values)), 0.5)
}
