package window

import "time"

// MinDuration is the shortest time between the first and the last of n calls per group when all groups run side by side
// and the network takes no time: max over groups of (ceil(n/L) − 1)·W. limits are laid over [Defaults].
func MinDuration(n map[string]int, limits map[string]Limit) time.Duration {
	s := NewState(limits)
	var longest time.Duration
	for group, calls := range n {
		l, _ := s.Limit(group)
		if l.Calls == 0 || calls <= l.Calls {
			continue
		}
		longest = max(longest, time.Duration((calls-1)/l.Calls)*l.Per)
	}
	return longest
}
