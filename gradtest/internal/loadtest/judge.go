package main

import (
	"slices"
	"time"
)

// violations counts the calls that came while their app's window was full already: for each one, at least limit others
// came within the window before it. It looks at moments only and knows nothing of how they came about.
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

// percentile of sorted values; p is in hundredths.
func percentile(sorted []int64, p int) int64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)-1)*p/100]
}
