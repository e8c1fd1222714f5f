package window

import (
	"slices"
	"time"
)

// State is the arithmetic: slots per group, learned limits, penalties. It reads no clock. It is not safe for
// concurrent use.
//
// Each now given to it must be the current time: what is over at that time is forgotten.
type State struct {
	limits    map[string]Limit
	buckets   map[string]*bucket
	calls     map[string]*call
	regrouped map[string]*bucket // by operation that is answered in another group than it is claimed in: that group
	closed    penalty            // of all groups
	seq       uint64
	scratch   []*bucket
	idle      []*call // ended calls, for reuse
}

// NewState starts from limits, by group name in any case; for groups that are not in it see [Unlisted].
func NewState(limits map[string]Limit) *State {
	return &State{
		limits:    complete(limits),
		buckets:   make(map[string]*bucket),
		calls:     make(map[string]*call),
		regrouped: make(map[string]*bucket),
	}
}

// Next returns the earliest time at which c may be sent, considering all its groups. ok is false when that is not
// known until a call in flight is settled. at is then the latest time at which to ask again, when the first of those
// calls is taken as ended, or zero.
//
// A call that is already booked keeps its place: calls in flight and calls booked before it come first. A caller
// that has waited must ask again before it sends, since a limit or a penalty may have been learned in between, and
// update its booking with [State.Reserve] if the time has changed.
func (s *State) Next(now time.Time, c Call) (at time.Time, ok bool) {
	o := s.Look(now, c)
	return o.At, o.Known
}

// Look is Next with the reason.
func (s *State) Look(now time.Time, c Call) Outlook {
	s.closed.clamp(now, now.Add(slack))
	o := Outlook{At: now, Soonest: now, Known: true}
	if s.closed.until.After(now) {
		o.At, o.Soonest, o.Reason = s.closed.until, s.closed.until, Closed
	}
	me := s.calls[c.ID]
	groups := s.scratch
	if me != nil {
		groups = me.buckets
	} else {
		groups = s.resolve(groups[:0], c)
		s.scratch = groups
	}
	for _, b := range groups {
		for _, k := range b.advance(now, s.closed.until) {
			s.end(k, slot{end: k.expiry()})
		}
		o.merge(b.look(now, me))
	}
	if o.Ready(now) {
		o.Group, o.Reason = "", Free
	}
	return o
}

// Reserve books c's slots from at on. A zero at books a place for a queued call, whose time is not known yet. A call
// that is already booked keeps its place and gets the new time.
func (s *State) Reserve(c Call, at time.Time) {
	if k := s.calls[c.ID]; k != nil {
		k.at = at
		if c.Timeout > 0 { // a queued call may be booked before its time-out is known
			k.timeout = c.Timeout
		}
		for _, b := range k.buckets {
			b.track(k)
		}
		return
	}
	k := s.newCall()
	s.seq++
	k.id, k.op, k.at, k.seq, k.timeout = c.ID, c.Op, at, s.seq, c.Timeout
	if k.timeout <= 0 {
		k.timeout = DefaultTimeout
	}
	k.buckets = s.resolve(k.buckets[:0], c)
	for _, b := range k.buckets {
		b.book(k)
	}
	s.calls[c.ID] = k
}

// Settle reports how a booked call ended: its slots are free one window after the answer, or after Answer.Latest.
// Limits stated by the answer are in force from now on. For an id that is not booked (already settled, or taken as
// ended) only limits and penalties are applied.
func (s *State) Settle(id string, a Answer) {
	a.Signal = a.Signal.Sane()
	k := s.calls[id]
	own := s.speaksOf(k, a.Signal)
	if k != nil {
		if own != nil && !slices.Contains(k.buckets, own) {
			s.regroup(k, own)
		}
		s.end(k, k.spent(&a))
	}
	s.learn(k, own, a)
}

// Release gives a booked call's slots back: it was not sent.
func (s *State) Release(id string) {
	k := s.calls[id]
	if k == nil {
		return
	}
	for _, b := range k.buckets {
		b.leave(k)
	}
	s.free(k)
}

// Booked reports whether a call of that id is booked or in flight.
func (s *State) Booked(id string) bool { return s.calls[id] != nil }

// Limit returns the limit in force for a group, and whether a server has confirmed it.
func (s *State) Limit(group string) (Limit, bool) {
	var buf [longestName]byte
	name := fold(&buf, group)
	if b := s.buckets[string(name)]; b != nil {
		return b.limit, b.learned
	}
	return s.assumed(string(name)), false
}

// spent returns the slot that the call leaves when it ends with a. It completes an Answer without At.
func (c *call) spent(a *Answer) slot {
	if a.At.IsZero() {
		a.At = c.at
		if a.Latest.IsZero() {
			a.At = c.at.Add(c.timeout)
		}
	}
	at := latest(a.At, c.at)
	end := latest(at, a.Latest)
	return slot{end, end.Sub(at)}
}

// resolve appends the buckets of c's groups to set, each once, and creates missing ones.
func (s *State) resolve(set []*bucket, c Call) []*bucket {
	for _, g := range c.Groups {
		if b := s.bucket(g); b != nil && !slices.Contains(set, b) {
			set = append(set, b)
		}
	}
	if len(s.regrouped) > 0 && c.Op != "" {
		if b := s.regrouped[c.Op]; b != nil && !slices.Contains(set, b) {
			set = append(set, b)
		}
	}
	return set
}

// bucket finds or creates a group's bucket; nil for an empty name.
func (s *State) bucket(group string) *bucket {
	var buf [longestName]byte
	name := fold(&buf, group)
	if len(name) == 0 {
		return nil
	}
	b := s.buckets[string(name)]
	if b == nil {
		b = &bucket{name: string(name)}
		b.limit = s.assumed(b.name)
		s.buckets[b.name] = b
	}
	return b
}

func (s *State) assumed(name string) Limit {
	if l, ok := s.limits[name]; ok {
		return l
	}
	return s.limits[Unlisted]
}

// end turns a booked call into spent slots.
func (s *State) end(k *call, used slot) {
	for _, b := range k.buckets {
		b.leave(k)
		b.spend(used, 1)
	}
	s.free(k)
}

// free removes k. Its fields stay valid until the next call is booked.
func (s *State) free(k *call) {
	delete(s.calls, k.id)
	s.idle = append(s.idle, k)
}

func (s *State) newCall() *call {
	if n := len(s.idle); n > 0 {
		k := s.idle[n-1]
		s.idle = s.idle[:n-1]
		return k
	}
	return new(call)
}

// inFlight reports whether a call is booked and in flight.
func (s *State) inFlight(id string, now time.Time) bool {
	k := s.calls[id]
	return k != nil && k.inFlight(now)
}
