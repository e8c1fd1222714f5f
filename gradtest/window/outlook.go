package window

import "time"

// Reason is why a call may not be sent yet.
type Reason string

const (
	Free        Reason = ""            // it may be sent now
	Full        Reason = "full"        // the group has no free slot
	Unconfirmed Reason = "unconfirmed" // the group's first call, or the first after a refusal, has no answer yet
	Penalty     Reason = "penalty"     // the group is in a penalty interval
	Closed      Reason = "closed"      // all calls are in a penalty interval: an account-level or global limit
	Forgotten   Reason = "forgotten"   // the store of the limits may have lost calls that the platform has counted
)

// Outlook says when a call may be sent, and what delays it.
type Outlook struct {
	At      time.Time // if Known, the earliest time; otherwise look again then at the latest (zero: only after a change)
	Known   bool      // false: the time depends on the answer to a call in flight
	Soonest time.Time // the call cannot be sent earlier, however the calls in flight end
	Group   string    // the group that delays it longest; empty: none, or all
	Reason  Reason
}

// Ready reports whether the call may be sent at now.
func (o Outlook) Ready(now time.Time) bool { return o.Known && !o.At.After(now) }

// merge combines o with the outlook p of another group of the same call.
func (o *Outlook) merge(p Outlook) {
	if p.outranks(*o) {
		o.Group, o.Reason = p.Group, p.Reason
	}
	switch {
	case o.Known && p.Known:
		o.At = latest(o.At, p.At)
	case o.Known:
		o.At, o.Known = p.At, false
	case !p.Known && !p.At.IsZero() && (o.At.IsZero() || p.At.Before(o.At)):
		o.At = p.At
	}
	o.Soonest = latest(o.Soonest, p.Soonest)
}

func (o Outlook) outranks(p Outlook) bool {
	if c := o.Soonest.Compare(p.Soonest); c != 0 {
		return c > 0
	}
	if o.Known != p.Known {
		return !o.Known
	}
	return o.At.After(p.At)
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
