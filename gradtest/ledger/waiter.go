package ledger

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// moved is the shift of a booked moment from which on other processes are told. Below it are the differences between
// the clocks' two readings and the time that a goroutine takes to wake up.
const minShift = 10 * time.Millisecond

// waiter is a call that has asked. Its fields are guarded by the gate's mu.
type waiter struct {
	claim   window.Claim
	booked  bool
	at      time.Time // booked for; zero: its moment is not known
	last    time.Time // the latest At of its records: the file of a later one must not come before
	turn    window.Turn
	err     error
	fresh   bool          // turn or err has not been taken yet
	changed chan struct{} // receives when they have been set by somebody else
}

// decide books the call where it stands: to go now, at a moment ahead, or in line. The records that tell other
// processes are appended to news.
func (g *gate) decide(w *waiter, now time.Time, news []Record) []Record {
	if w.turn.Go {
		return news
	}
	s := g.replay.state
	g.replay.dequeue(w.claim.ID) // places are other processes'
	if !s.Booked(w.claim.ID) {
		w.booked, w.at = false, time.Time{} // new, passed over, or late by more than its time-out
	}
	o := s.Look(now, w.claim)
	at := o.At
	switch {
	case o.Ready(now):
		w.turn = window.Turn{Go: true}
		delete(g.waiting, w.claim.ID)
		at = now
	case o.Known:
		w.turn = window.Turn{Outlook: o}
	default:
		at = time.Time{}
		w.turn = window.Turn{Outlook: o, Changed: w.changed}
		w.turn.Outlook.At = time.Time{} // the usher asks again
	}
	if w.booked && (at.Equal(w.at) || !at.IsZero() && !w.at.IsZero() && at.Sub(w.at).Abs() < minShift) {
		if w.turn.Go {
			s.Reserve(w.claim, at)
		}
		return news
	}
	s.Reserve(w.claim, at)
	w.booked, w.at = true, at
	return append(news, w.record(now))
}

// record tells other processes where w stands.
func (w *waiter) record(now time.Time) Record {
	r := Record{Kind: Waiting, ID: w.claim.ID, At: w.recordTime(now), Op: w.claim.Op, Groups: w.claim.Groups}
	if !w.at.IsZero() {
		r.Kind, r.At = Reserved, w.recordTime(w.at)
		r.Latest = w.at.Add(w.claim.Timeout)
	}
	return r
}

// since is t, or the latest moment of w's records if that is on a later day: files are read day by day, and a record
// must not be read before one that it revokes.
func (w *waiter) recordTime(t time.Time) time.Time {
	if t.After(w.last) {
		w.last = t
	}
	if dayOf(t) < dayOf(w.last) {
		return w.last
	}
	return t
}

// arrange lets those of asking stay in line whose moment is not known, tells the others, except w, who asks itself, and
// sees to it that somebody looks again for those who stay.
func (g *gate) updateLine(asking []*waiter, w *waiter) {
	g.line = asking[:0]
	for _, other := range asking {
		if other.inLine() {
			g.line = append(g.line, other)
		} else if other != w {
			other.notify()
		}
	}
	clear(asking[len(g.line):])
	switch {
	case len(g.line) == 0 && g.polling:
		g.wakePoller() // it has nothing more to do
	case len(g.line) > 0 && !g.polling:
		g.polling = true
		go g.pollLine()
	}
}

func (w *waiter) inLine() bool { return !w.turn.Go && w.at.IsZero() }

func (w *waiter) notify() {
	w.fresh = true
	select {
	case w.changed <- struct{}{}:
	default:
	}
}
