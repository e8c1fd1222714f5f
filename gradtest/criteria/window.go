package criteria

import "time"

// Windows is a set of periods in which evidence counts. The platform's texts name both and contradict one another: "the
// last 48 hours" and "yesterday and today".
type Windows uint8

const (
	// UTCDays is from 00:00 UTC yesterday until now: between 24 and 48 hours long, and always inside Rolling48h.
	UTCDays Windows = 1 << iota
	// Rolling48h is the last 48 hours. A call exactly 48 hours old is outside.
	Rolling48h
)

const (
	day     = 24 * time.Hour
	rolling = 48 * time.Hour
)

// Since returns the start of the UTC window at now: 00:00 UTC of the day before. A call at that moment is inside.
func Since(now time.Time) time.Time { return midnight(now).Add(-day) }

// Shelf returns until when a success at t counts: 00:00 UTC two days after the UTC date of t, which is 24 to 48 hours
// later. A call at 00:00 UTC lasts longest.
func Shelf(t time.Time) time.Time { return midnight(t).Add(2 * day) }

// midnight returns the start of t's UTC day. UTC has no daylight saving, so adding days to it is exact.
func midnight(t time.Time) time.Time {
	y, m, d := t.UTC().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// The two windows as indices, for counters kept per window.
const (
	inUTC = iota
	inRolling
	windows
)

func (w Windows) has(i int) bool { return w&(1<<i) != 0 }

// counting returns the window where successes count: the narrowest one named. The UTC window is inside the other.
func (p Policy) counting() int {
	if p.CountIn == Rolling48h {
		return inRolling
	}
	return inUTC
}

func (p Policy) errorWindows() Windows {
	if p.ErrorsIn == 0 {
		return UTCDays | Rolling48h
	}
	return p.ErrorsIn
}

// shelf returns until when a success at t counts under p.
func (p Policy) shelf(t time.Time) time.Time {
	if p.counting() == inRolling {
		return t.Add(rolling)
	}
	return Shelf(t)
}
