package window

import (
	"slices"
	"sort"
	"time"
)

// bucket is one group's window.
type bucket struct {
	name    string
	limit   Limit
	learned bool // a server told the limit

	// warm is whether calls may be in flight together: an answer has come since the start and since the last refusal.
	confirmed bool
	refused   time.Time // the last refusal; the answer to a call that left before it does not warm the group
	penalty   penalty
	foreign   int // calls of others that the server told of

	calls      []*call   // booked and in flight, in no order
	nextExpiry time.Time // no call is given up before this
	farthest   time.Time // no call leaves later than this

	// spent holds the slots of ended calls by end. The latest of them are kept even after they are free, as many as
	// the limit counts, so that a longer window takes effect on them and a server's own count can be compared.
	spent  []slot
	newest time.Time // the latest moment at which a slot of spent was told
}

// slot is what an ended call leaves behind.
type slot struct {
	end  time.Time     // the server counted the call no later than this
	hold time.Duration // how much later that is than the moment at which the end was told
}

func (s slot) reported() time.Time { return s.end.Add(-s.hold) }

// call is a claim that has been booked.
type call struct {
	id      string
	op      string
	timeout time.Duration
	seq     uint64    // order of booking
	at      time.Time // when it may leave; zero: it waits for a moment that is not known
	buckets []*bucket
}

// underWay tells whether the call may have been sent. A waiting call whose moment has come counts as sent until it
// says otherwise.
func (c *call) inFlight(now time.Time) bool { return !c.at.IsZero() && !c.at.After(now) }

// givenUp is when a call that was never settled counts as ended: the server has not counted it later.
func (c *call) expiry() time.Time { return c.at.Add(c.timeout) }

// look tells when one more call fits; me is that call if it has been booked already. Calls under way and calls booked
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
			o.Soonest = next // a call under way may end before a slot that is held for an unanswered one
		}
	}
}

// before counts the calls that come before me, as far as it matters: from the limit on, the moment is not known.
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

// away counts the calls under way, up to the limit.
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

// firstGivenUp is when the first call is given up if none is settled; zero: never.
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

// freed is the moment from which busy calls and one more fit beside the spent slots; ok is false when they do not
// even fit without those. The zero time means always.
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

// advance brings the bucket to now: moments from a clock ahead of ours are clamped, slots that are free and no longer
// of use are dropped. closed is when a penalty on everything ends. It returns the calls to give up.
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

// overdue finds the calls that were never settled.
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

// watch sees to it that c is given up in time.
func (b *bucket) track(c *call) {
	if c.at.IsZero() {
		return
	}
	b.farthest = latest(b.farthest, c.at)
	if at := c.expiry(); at.Before(b.nextExpiry) {
		b.nextExpiry = at
	}
}

// tooFar tells whether c was booked under a clock ahead of ours: no window and no penalty reaches as far as c.at.
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

// horizon is the latest moment for which a call can have been booked ahead.
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
		if told := s.reported(); told.After(edge) {
			b.spent[i].end = now.Add(s.hold)
		} else {
			b.newest = latest(b.newest, told)
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

// book takes c in.
func (b *bucket) book(c *call) {
	b.calls = append(b.calls, c)
	b.track(c)
}

// join books c here as well.
func (b *bucket) join(c *call) {
	if !slices.Contains(c.buckets, b) {
		c.buckets = append(c.buckets, b)
		b.book(c)
	}
}

// leave ends c's booking here.
func (b *bucket) leave(c *call) {
	if i := slices.Index(b.calls, c); i >= 0 {
		b.calls = slices.Delete(b.calls, i, i+1)
	}
}
