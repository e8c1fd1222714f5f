package window

import (
	"slices"
	"sort"
	"time"
)

// bucket is the state of one group.
type bucket struct {
	name    string
	limit   Limit
	learned bool // the limit was stated by a server

	// confirmed is whether several calls may be in flight: there was an answer since the start and since the last
	// refusal.
	confirmed bool
	refused   time.Time // the last refusal; an answer to a call sent before it confirms nothing
	penalty   penalty
	foreign   int // foreign calls that the server has reported

	calls      []*call   // booked and in flight, in no order
	nextExpiry time.Time // no call is taken as ended before this
	farthest   time.Time // no call is booked for later than this

	// spent has the slots of ended calls, sorted by end. The latest of them, as many as the limit, are kept after
	// they are free, so that a longer window applies to them and a server's own count can be compared.
	spent  []slot
	newest time.Time // when the latest slot in spent was reported
}

// slot is the part of a window that an ended call occupies.
type slot struct {
	end  time.Time     // the server counted the call no later than this
	hold time.Duration // how long after the report of the end that is
}

func (s slot) reported() time.Time { return s.end.Add(-s.hold) }

// call is a booked call.
type call struct {
	id      string
	op      string
	timeout time.Duration
	seq     uint64    // order of booking
	at      time.Time // when it may be sent; zero: not known yet
	buckets []*bucket
}

// inFlight reports whether the call may have been sent. A waiting call whose time has come counts as sent until it is
// booked for a later time.
func (c *call) inFlight(now time.Time) bool { return !c.at.IsZero() && !c.at.After(now) }

// expiry returns when a call that was never settled is taken as ended: the server cannot count it later.
func (c *call) expiry() time.Time { return c.at.Add(c.timeout) }

// look returns when one more call fits; me is that call if it is already booked. Calls in flight and calls booked
// before me come first.
func (b *bucket) look(now time.Time, me *call) Outlook {
	o := Outlook{At: now, Soonest: now, Known: true, Group: b.name}
	if b.limit.Calls > 0 {
		b.room(now, me, &o)
	}
	if until := b.penalty.until; until.After(now) {
		if until.After(o.Soonest) {
			o.Soonest, o.Reason = until, Penalty
		}
		if o.Known {
			o.At = latest(o.At, until)
		}
	}
	return o
}

func (b *bucket) room(now time.Time, me *call, o *Outlook) {
	busy := len(b.calls)
	if me != nil {
		busy = b.before(now, me)
	}
	switch at, ok := b.freed(busy); {
	case !b.confirmed && busy > 0:
		o.At, o.Known, o.Reason = b.firstExpiry(), false, Unconfirmed
	case !ok:
		o.At, o.Known, o.Reason = b.firstExpiry(), false, Full
		if at, ok := b.freed(b.countInFlight(now)); !ok {
			o.Soonest = now.Add(b.limit.Per)
		} else if at.After(now) {
			o.Soonest = at
		}
	case at.After(now):
		o.At, o.Soonest, o.Reason = at, at, Full
		if next := now.Add(b.limit.Per); at.After(next) && b.countInFlight(now) > 0 {
			o.Soonest = next // a call in flight may end before the slot of an unanswered one is free
		}
	}
}

// before counts the calls that come before me, up to the limit: from there on the time is not known anyway.
func (b *bucket) before(now time.Time, me *call) (n int) {
	for _, c := range b.calls {
		if n >= b.limit.Calls {
			break
		}
		if c != me && (c.seq < me.seq || c.inFlight(now)) {
			n++
		}
	}
	return n
}

// countInFlight counts the calls in flight, up to the limit.
func (b *bucket) countInFlight(now time.Time) (n int) {
	for _, c := range b.calls {
		if n >= b.limit.Calls {
			break
		}
		if c.inFlight(now) {
			n++
		}
	}
	return n
}

// firstExpiry returns when the first call is taken as ended if none is settled; zero: never.
func (b *bucket) firstExpiry() (first time.Time) {
	for _, c := range b.calls {
		if c.at.IsZero() {
			continue
		}
		if at := c.expiry(); first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return first
}

// freed returns the time from which busy calls and one more fit into the window with the spent slots. The zero time
// means always; ok is false when they do not fit even without spent slots.
func (b *bucket) freed(busy int) (at time.Time, ok bool) {
	n := len(b.spent) + busy + 1 - b.limit.Calls
	switch {
	case n <= 0:
		return time.Time{}, true
	case n > len(b.spent):
		return time.Time{}, false
	}
	return b.spent[n-1].end.Add(b.limit.Per), true
}

// advance brings the bucket to now: times from a clock ahead of ours are clamped, free slots that are no longer
// needed are dropped. closed is when a penalty of all groups ends. It returns the calls to take as ended.
func (b *bucket) advance(now, closed time.Time) (stale []*call) {
	edge := now.Add(slack)
	b.penalty.clamp(now, edge)
	if b.refused.After(edge) {
		b.refused = now
	}
	if !b.nextExpiry.After(now) || b.farthest.After(edge) && b.farthest.After(now.Add(b.limit.Per)) {
		stale = b.expired(now, closed)
	}
	if b.newest.After(edge) {
		b.clamp(now, edge)
	}
	if keep := max(b.limit.Calls, 8); len(b.spent) > 2*keep {
		b.drop(now, keep)
	}
	return stale
}

// expired returns the calls that are taken as ended since they were not settled in time.
func (b *bucket) expired(now, closed time.Time) (stale []*call) {
	b.nextExpiry, b.farthest = now.Add(longestWindow), time.Time{}
	for _, c := range b.calls {
		if !c.at.IsZero() && b.fromFastClock(now, closed, c) {
			c.at = now
		}
		if c.at.IsZero() || c.expiry().After(now) {
			b.track(c)
		} else {
			stale = append(stale, c)
		}
	}
	return stale
}

// track keeps nextExpiry and farthest up to date with c.
func (b *bucket) track(c *call) {
	if c.at.IsZero() {
		return
	}
	b.farthest = latest(b.farthest, c.at)
	if at := c.expiry(); at.Before(b.nextExpiry) {
		b.nextExpiry = at
	}
}

// fromFastClock reports whether c was booked under a clock ahead of ours: no window and no penalty reaches as far as
// c.at.
func (b *bucket) fromFastClock(now, closed time.Time, c *call) bool {
	if !c.at.After(latest(now.Add(b.limit.Per), closed).Add(slack)) {
		return false
	}
	for _, other := range c.buckets {
		if !c.at.After(other.horizon(now).Add(slack)) {
			return false
		}
	}
	return true
}

// horizon returns the latest time for which a call can be booked.
func (b *bucket) horizon(now time.Time) time.Time {
	at := now
	if n := len(b.spent); n > 0 {
		at = latest(at, b.spent[n-1].end)
	}
	return latest(at.Add(b.limit.Per), b.penalty.until)
}

func (b *bucket) clamp(now, edge time.Time) {
	b.newest = now
	for i, s := range b.spent {
		if at := s.reported(); at.After(edge) {
			b.spent[i].end = now.Add(s.hold)
		} else {
			b.newest = latest(b.newest, at)
		}
	}
	slices.SortStableFunc(b.spent, func(a, b slot) int { return a.end.Compare(b.end) })
}

func (b *bucket) drop(now time.Time, keep int) {
	free := b.older(now.Add(-b.limit.Per))
	b.spent = slices.Delete(b.spent, 0, min(free, len(b.spent)-keep))
}

// older counts the slots that ended at t or before.
func (b *bucket) older(t time.Time) int {
	return sort.Search(len(b.spent), func(i int) bool { return b.spent[i].end.After(t) })
}

// spend adds n slots.
func (b *bucket) spend(s slot, n int) {
	b.newest = latest(b.newest, s.reported())
	i := len(b.spent)
	for i > 0 && b.spent[i-1].end.After(s.end) {
		i--
	}
	if n == 1 {
		b.spent = slices.Insert(b.spent, i, s)
		return
	}
	b.spent = slices.Insert(b.spent, i, slices.Repeat([]slot{s}, n)...)
}

// book adds c.
func (b *bucket) book(c *call) {
	b.calls = append(b.calls, c)
	b.track(c)
}

// join adds c if it is not booked here yet.
func (b *bucket) join(c *call) {
	if !slices.Contains(c.buckets, b) {
		c.buckets = append(c.buckets, b)
		b.book(c)
	}
}

// leave removes c.
func (b *bucket) leave(c *call) {
	if i := slices.Index(b.calls, c); i >= 0 {
		b.calls = slices.Delete(b.calls, i, i+1)
	}
}
