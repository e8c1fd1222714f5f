package ledger

import "time"

// jump is the difference between the wall clock and the monotonic one from which on the wall clock was set.
const clockJump = time.Second

// clock notices when the wall clock is set while the process runs.
type clock struct{ last time.Time }

// step turns a file's wall-clock moments into moments of this process, which a later change of the clock cannot move.
type step struct {
	now  time.Time     // with a monotonic reading
	wall time.Time     // the same without
	set  time.Duration // by how much the clock was set forward since the last tick, and
	from time.Time     // that tick: what is new was appended after it; zero: it was not
}

// tick is called before records are read that were appended since the last tick.
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

// past is when something happened that the file says happened at t: never ahead of now. Where the clock was set
// forward, what looks older than the last tick was written before that, by the clock as it was then; it would free its
// slot early.
func (s step) past(t time.Time) time.Time {
	at := s.now.Add(min(t.Sub(s.wall), 0))
	if at.Before(s.from) {
		at = later(s.now.Add(min(t.Sub(s.wall)+s.set, 0)), s.from)
	}
	return at
}

// ahead is the moment t for which something was booked, which may be to come. Where the clock was set forward, it is
// taken to be booked by the clock as it was before: the later of the two.
func (s step) booked(t time.Time) time.Time {
	return later(s.now.Add(t.Sub(s.wall)+s.set), s.from)
}

// age is how long ago t was, at least; less than zero: it is to come.
func (s step) age(t time.Time) time.Duration {
	if s.from.IsZero() {
		return s.wall.Sub(t)
	}
	return s.now.Sub(s.past(t))
}
