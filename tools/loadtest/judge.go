package main

import (
	"slices"
	"time"
)

// violations counts the calls that arrived while the window was already full: at least limit other calls arrived within
// the window before them. least is the shortest time between a call and the one limit calls earlier.
func violations(arrivals []int64, limit int, window time.Duration) (n int, least time.Duration) {
	at := slices.Sorted(slices.Values(arrivals))
	least = 1<<63 - 1
	for i := limit; i < len(at); i++ {
		apart := time.Duration(at[i] - at[i-limit])
		least = min(least, apart)
		if apart < window {
			n++
		}
	}
	return n, least
}

// percentile returns the p-th percentile of sorted values.
func percentile(sorted []int64, p int) int64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)-1)*p/100]
}
