package ledger

import "time"

// clockJump is the shift between wall clock and monotonic clock above which the wall clock was set, not just adjusted.
const clockJump = time.Second

// clock detects that the wall clock was set while the process runs.
type clock struct{ last time.Time }

// step converts wall-clock times in a file to times of this process that carry a monotonic reading, so that setting the
// clock later cannot move them.
type step struct {
	now  time.Time     // with its monotonic reading
	wall time.Time     // now without it
	set  time.Duration // how far the clock was set forward since the last tick
	from time.Time     // the last tick, before all new records; zero if the clock was not set forward
}

// tick must be called before the records appended since the last tick are read.
func (c *clock) tick(now time.Time) step {
	s := step{now: now, wall: now.Round(0)}
	if !c.last.IsZero() {
		if set := s.wall.Sub(c.last.Round(0)) - now.Sub(c.last); set > clockJump {
			s.set, s.from = set, c.last
		}
	}
	c.last = now
	return s
}

// happened returns the time of an event that the file dates t. It is never in the future. If the clock was set forward,
// an event that seems older than the last tick was dated by the clock before it was set; taken literally, it would free
// its slot too early.
func (s step) happened(t time.Time) time.Time {
	at := s.now.Add(min(t.Sub(s.wall), 0))
	if at.Before(s.from) {
		at = later(s.now.Add(min(t.Sub(s.wall)+s.set, 0)), s.from)
	}
	return at
}

// booked returns the time t for which a slot was booked; it may be in the future. If the clock was set forward, the
// booking is assumed to have been made by the clock before it was set, which is the later of the two readings.
func (s step) booked(t time.Time) time.Time {
	return later(s.now.Add(t.Sub(s.wall)+s.set), s.from)
}

// age returns a lower bound of how long ago t was. It is negative if t is in the future.
func (s step) age(t time.Time) time.Duration {
	if s.from.IsZero() {
		return s.wall.Sub(t)
	}
	return s.now.Sub(s.happened(t))
}
