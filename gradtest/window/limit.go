package window

import (
	"strings"
	"time"
)

// Limit is what one group allows: Calls per sliding window Per. Zero Calls means unlimited, zero Per and zero Penalty
// mean 60 s each.
type Limit struct {
	Calls   int
	Per     time.Duration
	Penalty time.Duration // how long a refusal lasts when the server does not say; never taken as less than 30 s
}

// Unlisted is the name under which a map of limits has the limit of the groups that are not in it. Without that entry
// such a group is allowed one call per 60 s until a server states its limit.
const Unlisted = ""

// minute is the platform's documented window and penalty for every group.
const minute = 60 * time.Second

// shortestPenalty is what the platform's guide asks to wait at least when a 429 carries no Retry-After.
const shortestPenalty = 30 * time.Second

// complete returns limits with names in lower case, zero durations filled in, and an entry for Unlisted.
func complete(limits map[string]Limit) map[string]Limit {
	all := map[string]Limit{Unlisted: {1, minute, minute}}
	for name, l := range limits {
		var buf [longestName]byte
		all[string(fold(&buf, name))] = l.filled()
	}
	return all
}

func (l Limit) filled() Limit {
	if l.Calls < 0 {
		l.Calls = 0
	}
	if l.Per <= 0 {
		l.Per = minute
	}
	if l.Penalty <= 0 {
		l.Penalty = minute
	}
	return l
}

// refusal returns how long a group is refused after a 429 with the given Retry-After (zero: absent).
func (l Limit) refusal(after time.Duration) time.Duration {
	if after > 0 {
		return after
	}
	return max(shortestPenalty, l.Penalty)
}

// longestName bounds a group's name; a longer one is cut. Names of the platform are far shorter.
const longestName = 64

// fold writes name into buf in lower case and without surrounding space, so that a look-up allocates nothing.
func fold(buf *[longestName]byte, name string) []byte {
	name = strings.TrimSpace(name)
	n := copy(buf[:], name)
	for i, c := range buf[:n] {
		if 'A' <= c && c <= 'Z' {
			buf[i] = c + ('a' - 'A')
		}
	}
	return buf[:n]
}
