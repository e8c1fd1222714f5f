package window

import (
	"strings"
	"time"
)

// Limit is what one usage-plan group allows: Calls per sliding window Per. Zero Calls means unlimited, zero Per and
// zero Penalty mean 60 s each.
type Limit struct {
	Calls   int
	Per     time.Duration
	Penalty time.Duration // how long a refusal lasts when the server does not say; never taken as less than 30 s
}

// minute is the platform's documented window and penalty for every group.
const minute = 60 * time.Second

// shortestPenalty is what the platform's guide asks to wait at least when a 429 carries no Retry-After.
const shortestPenalty = 30 * time.Second

// likeUnknown is the group whose limit an unknown group is given: the tightest that calls of an API share.
const likeUnknown = "heavy"

// Defaults returns the platform's documented limits per user and app, by group name in lower case: light 50, medium
// 40, heavy 10 and auth 5 calls per 60 s with a penalty of 60 s, nothrottling unlimited. A group that is not in it is
// taken to be as heavy. The map is the caller's own.
func Defaults() map[string]Limit {
	return map[string]Limit{
		"light":        {50, minute, minute},
		"medium":       {40, minute, minute},
		"heavy":        {10, minute, minute},
		"auth":         {5, minute, minute},
		"nothrottling": {0, minute, minute},
	}
}

// over lays limits over Defaults, with names in lower case and zero durations filled in.
func over(limits map[string]Limit) map[string]Limit {
	all := Defaults()
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

// refusal is how long a group stays closed after a 429 whose Retry-After was after (zero: absent).
func (l Limit) refusal(after time.Duration) time.Duration {
	if after > 0 {
		return after
	}
	return max(shortestPenalty, l.Penalty)
}

// longestName bounds a group's name; a longer one is cut, which no name of the platform comes near.
const longestName = 64

// fold writes name in lower case and without surrounding space into buf, so that looking it up allocates nothing.
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
