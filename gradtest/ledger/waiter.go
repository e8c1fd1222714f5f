package ledger

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// minShift is the smallest change of a booked time that other processes need to know. Smaller ones are differences
// between the two clocks and the time in which a goroutine wakes up.
const minShift = 10 * time.Millisecond

// waiter is a call that has asked and is not admitted yet. Its fields are guarded by the gate's mu.
type waiter struct {
	call    window.Call
	owner   string // the session that asks
	booked  bool
	at      time.Time // the booked time; zero: not known
	last    time.Time // the latest At of its records; later records must not go into an earlier file
	turn    window.Turn
	err     error
	fresh   bool          // turn or err was set and not yet taken
	changed chan struct{} // receives when another goroutine has set them
}

// decide books the call as it stands: for now, for a later time, or as queued. It appends the records that other
// processes need to news.
func (g *gate) decide(w *waiter, now time.Time, news []Record) []Record {
	if w.turn.Go {
		return news
	}
	s := g.replay.state
	g.replay.dequeue(w.call.ID) // queued holds the calls of other processes
	if !s.Booked(w.call.ID) {
		w.booked, w.at = false, time.Time{} // it is new, was passed over, or is late by more than its time-out
	}
	o := s.Look(now, w.call)
	at := o.At
	switch {
	case o.Ready(now):
		w.turn = window.Turn{Go: true}
		delete(g.waiting, w.call.ID)
		at = now
	case o.Known:
		w.turn = window.Turn{Outlook: o}
		if next := now.Add(lifeInterval); g.replay.othersInFlight(g.shared.owner()) && next.Before(o.At) {
			w.turn.Outlook.At = next // a slot becomes free earlier when the session that holds it dies
		}
	default:
		at = time.Time{}
		w.turn = window.Turn{Outlook: o, Changed: w.changed}
		w.turn.Outlook.At = time.Time{} // pollQueue asks again
	}
	if w.booked && (at.Equal(w.at) || !at.IsZero() && !w.at.IsZero() && at.Sub(w.at).Abs() < minShift) {
		if w.turn.Go {
			s.Reserve(w.call, at)
		}
		return news
	}
	s.Reserve(w.call, at)
	w.booked, w.at = true, at
	return append(news, w.record(now))
}

// record is what other processes need to know of w.
func (w *waiter) record(now time.Time) Record {
	r := Record{Kind: Waiting, ID: w.call.ID, At: w.recordTime(now), Op: w.call.Op, Groups: w.call.Groups}
	if !w.at.IsZero() {
		r.Kind, r.At = Reserved, w.recordTime(w.at)
		r.Latest = w.at.Add(w.call.Timeout)
		r.Owner = w.owner
	}
	return r
}

// recordTime returns t, or the latest time of the records of w if that is on a later day: files are read day by day,
// and a record must not be read before the one that it supersedes.
func (w *waiter) recordTime(t time.Time) time.Time {
	if t.After(w.last) {
		w.last = t
	}
	if dayOf(t) < dayOf(w.last) {
		return w.last
	}
	return t
}

// updateQueue keeps those of asking in the queue whose time is not known, notifies the others except w, which is the
// caller's, and makes sure that the queue is polled while it is not empty.
func (g *gate) updateQueue(asking []*waiter, w *waiter) {
	g.queue = asking[:0]
	for _, other := range asking {
		if other.isQueued() {
			g.queue = append(g.queue, other)
		} else if other != w {
			other.notify()
		}
	}
	clear(asking[len(g.queue):])
	switch {
	case len(g.queue) == 0 && g.polling:
		g.wakePoller() // so that it ends
	case len(g.queue) > 0 && !g.polling:
		g.polling = true
		go g.pollQueue()
	}
}

func (w *waiter) isQueued() bool { return !w.turn.Go && w.at.IsZero() }

func (w *waiter) notify() {
	w.fresh = true
	select {
	case w.changed <- struct{}{}:
	default:
	}
}
