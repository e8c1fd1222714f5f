package window

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// LongestPenalty is the longest penalty that a Gate sits out; a longer one is an error at once, since whoever started
// the program should know rather than wait.
const LongestPenalty = 15 * time.Minute

// WaitError is why a call was not admitted.
type WaitError struct {
	Group  string    // the group that holds the call back; empty: none alone
	Until  time.Time // not sooner than this; zero: not known
	Reason Reason
	Err    error // context.DeadlineExceeded, context.Canceled, or nil for a penalty longer than LongestPenalty
}

// Error says what holds the call back, until when, and what to do.
func (e *WaitError) Error() string {
	what, act := "the call", "let fewer calls into this group"
	if e.Group != "" {
		what = "group " + e.Group
	}
	switch e.Reason {
	case Full:
		what += " has no free slot"
	case Unconfirmed:
		what += " awaits its first answer"
		act = "see why the call in flight is slow"
	case Penalty:
		what += " is refused by the platform"
		act = "send nothing to it before then, and look for other programs that use the same client id"
	case Closed:
		what = "every call is refused by the platform"
		act = "send nothing before then; if it goes on, ask the platform's support which limit of the account was hit"
	case Forgotten:
		what = "every call is held back: what keeps the limits was started, emptied or replaced a short time ago and may not know of calls that the platform has counted; it is,"
		act = "run again then"
	default:
		what += " was waiting"
		act = "call again"
	}
	if !e.Until.IsZero() {
		what += " until " + e.Until.UTC().Format(time.RFC3339)
	}
	switch {
	case errors.Is(e.Err, context.DeadlineExceeded):
		return fmt.Sprintf("window: admit: %s, past the context's deadline: allow more time, or %s", what, act)
	case e.Err != nil:
		return fmt.Sprintf("window: admit: %s when the wait ended: %v", what, e.Err)
	}
	return fmt.Sprintf("window: admit: %s, which is more than %v: %s", what, LongestPenalty, act)
}

// Unwrap returns Err.
func (e *WaitError) Unwrap() error { return e.Err }

// Turn is what a look at the shared state came to.
type Turn struct {
	Go      bool            // the slots are taken: send now
	Outlook Outlook         // otherwise: when to look again
	Changed <-chan struct{} // look again when this is closed or received from; nil: only by the outlook
}

// Wait calls look until it says Go, and waits in between until the moment of its outlook or until it is told of a
// change. It is what Gates share: look takes the lock, asks a [State], books and lets the lock go; Wait holds none.
// look must take its own time inside the lock, and Changed must be obtained there, so that no change is missed.
//
// It fails with look's error, or with a [*WaitError] when ctx ends, when the call cannot go before ctx's deadline, or
// when a penalty is longer than [LongestPenalty]. The caller then gives back what look has booked.
func Wait(ctx context.Context, look func() (Turn, error)) error {
	var timer *time.Timer
	for {
		t, err := look()
		if err != nil || t.Go {
			return err
		}
		if err := cannotWait(ctx, t.Outlook); err != nil {
			return err
		}
		var due <-chan time.Time
		if at := t.Outlook.At; !at.IsZero() {
			if timer == nil {
				timer = time.NewTimer(time.Until(at))
				defer timer.Stop()
			} else {
				timer.Reset(time.Until(at))
			}
			due = timer.C
		}
		select {
		case <-ctx.Done():
			return &WaitError{t.Outlook.Group, t.Outlook.Soonest, t.Outlook.Reason, ctx.Err()}
		case <-t.Changed:
		case <-due:
		}
	}
}

// hopeless tells why a call with this outlook should not wait at all.
func cannotWait(ctx context.Context, o Outlook) error {
	if deadline, ok := ctx.Deadline(); ok && o.Soonest.After(deadline) {
		return &WaitError{o.Group, o.Soonest, o.Reason, context.DeadlineExceeded}
	}
	if (o.Reason == Penalty || o.Reason == Closed) && time.Until(o.Soonest) > LongestPenalty {
		return &WaitError{o.Group, o.Soonest, o.Reason, nil}
	}
	return nil
}
