package window

import "time"

// MinDuration returns the shortest time between the first and the last of n calls per group when all groups run in
// parallel and the network takes no time: the maximum over the groups of (ceil(n/Calls) − 1) · Per. limits are by group
// name in any case; for groups that are not in it see [Unlisted].
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
