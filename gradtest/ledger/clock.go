package ledger

import "time"

// jump is the difference between the wall clock and the monotonic one from which on the wall clock was set.
const jump = time.Second

// clock notices when the wall clock is set while the process runs.
type clock struct{ last time.Time }

// step turns a file's wall-clock moments into moments of this process, which a later change of the clock cannot move.
type step struct {
	now  time.Time // with a monotonic reading
	wall time.Time // the same without
	from time.Time // what is new was appended after this; zero: not known
}

// tick is called before records are read that were appended since the last tick.
func (c *clock) tick(now time.Time) step {
	s := step{now: now, wall: now.Round(0)}
	if !c.last.IsZero() && s.wall.Sub(c.last.Round(0))-now.Sub(c.last) > jump {
		// Set forward: what was written just before looks old now, and would free its slot early.
		s.from = c.last
	}
	c.last = now
	return s
}

// past is when something happened that the file says happened at t: never ahead of now.
func (s step) past(t time.Time) time.Time {
	d := min(t.Sub(s.wall), 0)
	return later(s.now.Add(d), s.from)
}

// ahead is the moment t for which something was booked, which may be to come.
func (s step) ahead(t time.Time) time.Time {
	return later(s.now.Add(t.Sub(s.wall)), s.from)
}
