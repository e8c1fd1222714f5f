package criteria

import (
	"cmp"
	"math/bits"
	"slices"
	"time"
)

// state is what both windows hold at one moment. It can be moved forward, never back.
type state struct {
	b       *evidence
	at      time.Duration // relative to the moment of judgement
	frames  [windows]*frame
	left    [windows]int  // calls that the window has passed
	lastDay time.Duration // the latest midnight, relative to the moment of judgement
	ordered bool
}

// state counts both windows at the moment of judgement.
func (b *evidence) state() *state {
	s := &state{b: b}
	s.lastDay = midnight(b.now).Sub(b.now)
	utc, last48 := newFrame(b), newFrame(b)
	for i := range b.calls {
		c := &b.calls[i]
		last48.add(b, c, 1) // evidence holds no older ones
		if c.at >= s.lastDay-day {
			utc.add(b, c, 1)
		}
	}
	s.frames[inUTC], s.frames[inRolling] = utc, last48
	return s
}

// counting is the window where successes count.
func (s *state) counting() *frame { return s.frames[s.b.policy.counting()] }

// ready is the verdict, and nothing else: every rule at once.
func (s *state) ready() bool {
	p, f := &s.b.policy, s.counting()
	if s.b.declared == 0 || f.volume < p.Successes {
		return false
	}
	for i := range s.b.tallies {
		if s.short(i) > 0 {
			return false
		}
	}
	if p.Scopes {
		for _, n := range f.scopes {
			if n == 0 {
				return false
			}
		}
	}
	if p.NoRefusals && s.refused() > 0 {
		return false
	}
	ok := true
	s.ratios(func(r Ratio) { ok = ok && r.OK() })
	return ok
}

// used reports whether an endpoint has to be shown: a declared one always, one only seen as long as any call of it is
// in the widest window, since no text says which window decides what an app uses.
func (s *state) used(i int) bool {
	t := &s.b.tallies[i]
	return !t.oauth && (t.declared || s.frames[inRolling].seen[i] > 0)
}

// short is how many successes an endpoint lacks.
func (s *state) short(i int) int {
	if !s.used(i) {
		return 0
	}
	return max(0, s.b.tallies[i].need-s.counting().good[i])
}

// refused is the number of answers 429 in the widest window that the policy looks at.
func (s *state) refused() int {
	n := 0
	for w := range windows {
		if s.b.policy.errorWindows().has(w) {
			n = max(n, s.frames[w].refused)
		}
	}
	return n
}

// ratios yields every share of errors that the policy looks at, in a stable order.
func (s *state) ratios(yield func(Ratio)) {
	for i, rule := range s.b.policy.errorRules() {
		if rule.Answers == 0 {
			continue
		}
		for w := range windows {
			if !s.b.policy.errorWindows().has(w) {
				continue
			}
			for over := rule.over(); over != 0; over &= over - 1 {
				one := Traffic(1) << bits.TrailingZeros8(uint8(over))
				yield(Ratio{
					Rule: errorRuleKeys[i], Window: 1 << w, Over: one,
					Budget: s.frames[w].shares[i].budget(one, rule.below()),
				})
			}
		}
	}
}

// until moves on to the first moment, this one included, at which readiness is as wanted, nothing more being sent. It is
// false when that never comes: then every call has left every window.
func (s *state) until(ready bool) (time.Time, bool) {
	if !s.ordered {
		s.b.order()
		s.left[inUTC], _ = slices.BinarySearchFunc(s.b.calls, s.lastDay-day, func(c call, t time.Duration) int {
			return cmp.Compare(c.at, t)
		})
		s.ordered = true
	}
	gradual := s.gradual()
	for s.ready() != ready {
		if !s.step(gradual) {
			return time.Time{}, false
		}
	}
	return s.b.now.Add(s.at), true
}

// gradual reports whether calls that leave the rolling window one by one can change readiness; otherwise only
// midnights can, and a hundred thousand calls are two steps.
func (s *state) gradual() bool {
	f := s.frames[inRolling]
	if s.b.policy.counting() == inRolling || f.refused > 0 {
		return true
	}
	for _, share := range f.shares {
		if share.errors[api]+share.errors[auth] > 0 {
			return true
		}
	}
	for i, t := range s.b.tallies {
		if !t.declared && f.seen[i] > 0 {
			return true
		}
	}
	return false
}

// step moves to the next moment at which a call leaves a window.
func (s *state) step(gradual bool) bool {
	midnight := s.lastDay + day
	next, found := midnight, s.left[inUTC] < len(s.b.calls)
	if i := s.left[inRolling]; gradual && i < len(s.b.calls) {
		if t := s.b.calls[i].at + rolling; !found || t < next {
			next, found = t, true
		}
	}
	if !found {
		return false
	}
	s.at = next
	for s.lastDay+day <= next {
		s.lastDay += day
	}
	s.leave(inRolling, next-rolling+1)
	s.leave(inUTC, s.lastDay-day)
	return true
}

// leave takes the calls before a moment out of a window.
func (s *state) leave(w int, before time.Duration) {
	for s.left[w] < len(s.b.calls) && s.b.calls[s.left[w]].at < before {
		s.frames[w].add(s.b, &s.b.calls[s.left[w]], -1)
		s.left[w]++
	}
}
