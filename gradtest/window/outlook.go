package window

import "time"

// Reason is why a call may not be sent yet.
type Reason string

const (
	Free        Reason = ""            // it may be sent now
	Full        Reason = "full"        // the window has no slot left
	Unconfirmed Reason = "unconfirmed" // a group's first call, or the first after a refusal, has no answer yet
	Penalty     Reason = "penalty"     // the platform refuses the group
	Closed      Reason = "closed"      // the platform refuses everything: an account-level or global limit
	Forgotten   Reason = "forgotten"   // what keeps the limits may have lost calls that the platform has counted
)

// Outlook is when a call may be sent, and what keeps it until then.
type Outlook struct {
	At      time.Time // Known: the earliest moment; otherwise: look again by then at the latest, zero: only after a change
	Known   bool      // false: the moment depends on the answer to a call in flight
	Soonest time.Time // it cannot be earlier than this whatever the calls in flight come to
	Group   string    // the group that keeps it longest; empty: none, or everything
	Reason  Reason
}

// Ready tells whether the call may be sent at now.
func (o Outlook) Ready(now time.Time) bool { return o.Known && !o.At.After(now) }

// merge makes o the outlook of a call that must satisfy p as well.
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
