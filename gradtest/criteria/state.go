package criteria

import (
	"cmp"
	"slices"
	"time"
)

// state is the content of both windows at one moment. It can move forward, never back.
type state struct {
	e       *evidence
	at      time.Duration // relative to the time of the verdict
	windows [windows]*windowCounts
	left    [windows]int    // calls that the window has passed
	unused  []time.Duration // when undeclared endpoints stop counting as used, sorted; those passed are gone
	lastDay time.Duration   // the latest midnight, relative to the time of the verdict
	ordered bool
}

// state counts both windows at the time of the verdict.
func (e *evidence) state() *state {
	s := &state{e: e}
	s.lastDay = midnight(e.now).Sub(e.now)
	utc, last48 := newWindowCounts(e), newWindowCounts(e)
	for i := range e.calls {
		c := &e.calls[i]
		last48.add(e, c, 1) // evidence holds no older ones
		if c.at >= s.lastDay-day {
			utc.add(e, c, 1)
		}
	}
	s.windows[inUTC], s.windows[inRolling] = utc, last48
	return s
}

// counting returns the window where successes count.
func (s *state) counting() *windowCounts { return s.windows[s.e.policy.counting()] }

// until moves to the first moment, starting with the present one, at which readiness is as given if nothing more is
// sent. It returns false if there is none: then every call has left every window.
func (s *state) until(ready bool) (time.Time, bool) {
	s.begin()
	gradual := s.gradual()
	for s.ready() != ready {
		if !s.step(gradual) {
			return time.Time{}, false
		}
	}
	return s.e.now.Add(s.at), true
}

// begin prepares the first step.
func (s *state) begin() {
	if !s.ordered {
		s.e.order()
		s.left[inUTC], _ = slices.BinarySearchFunc(s.e.calls, s.lastDay-day, func(c call, t time.Duration) int {
			return cmp.Compare(c.at, t)
		})
		for _, t := range s.e.endpoints {
			if !t.declared && s.recent(t.used) {
				s.unused = append(s.unused, t.used+rolling)
			}
		}
		slices.Sort(s.unused)
		s.ordered = true
	}
}

// step moves to the next moment at which a call leaves a window.
func (s *state) step(gradual bool) bool {
	midnight := s.lastDay + day
	next, found := midnight, s.left[inUTC] < len(s.e.calls)
	sooner := func(t time.Duration) {
		if !found || t < next {
			next, found = t, true
		}
	}
	if i := s.left[inRolling]; gradual && i < len(s.e.calls) {
		sooner(s.e.calls[i].at + rolling)
	}
	if len(s.unused) > 0 {
		sooner(s.unused[0])
	}
	if !found {
		return false
	}
	s.at = next
	for len(s.unused) > 0 && s.unused[0] <= next {
		s.unused = s.unused[1:]
	}
	for s.lastDay+day <= next {
		s.lastDay += day
	}
	s.leave(inRolling, next-rolling+1)
	s.leave(inUTC, s.lastDay-day)
	return true
}

// leave takes the calls before a moment out of a window.
func (s *state) leave(w int, before time.Duration) {
	for s.left[w] < len(s.e.calls) && s.e.calls[s.left[w]].at < before {
		s.windows[w].add(s.e, &s.e.calls[s.left[w]], -1)
		s.left[w]++
	}
}
