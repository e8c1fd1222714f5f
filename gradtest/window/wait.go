package window

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// LongestPenalty is the longest penalty that a Gate waits for. A longer one is an error at once, so that the user
// learns of it instead of waiting.
const LongestPenalty = 15 * time.Minute

// WaitError is why a call was not admitted.
type WaitError struct {
	Group  string    // the group that delays the call; empty: no single one
	Until  time.Time // the earliest time at which it could be sent; zero: not known
	Reason Reason
	Err    error // context.DeadlineExceeded, context.Canceled, or nil for a penalty longer than LongestPenalty
}

// Error says what delays the call, until when, and what to do.
func (e *WaitError) Error() string {
	what, fix := "the call", "send fewer calls of this group"
	if e.Group != "" {
		what = "group " + e.Group
	}
	switch e.Reason {
	case Full:
		what += " has no free slot"
	case Unconfirmed:
		what += " awaits its first answer"
		fix = "find out why the call in flight is slow"
	case Penalty:
		what += " is refused by the platform"
		fix = "send no calls of it before then, and look for other programs that use the same client id"
	case Closed:
		what = "every call is refused by the platform"
		fix = "send nothing before then; if it happens again, ask the platform's support " +
			"which limit of the account was exceeded"
	case Forgotten:
		what = "every call is delayed, since the store of the limits was started, emptied or replaced a short time ago " +
			"and may lack calls that the platform has counted,"
		fix = "run again then"
	default:
		what += " was waiting"
		fix = "call again"
	}
	if !e.Until.IsZero() {
		what += " until " + e.Until.UTC().Format(time.RFC3339)
	}
	switch {
	case errors.Is(e.Err, context.DeadlineExceeded):
		return fmt.Sprintf("window: admit: %s, past the context's deadline: allow more time, or %s", what, fix)
	case e.Err != nil:
		return fmt.Sprintf("window: admit: %s when the wait ended: %v", what, e.Err)
	}
	return fmt.Sprintf("window: admit: %s, which is more than %v: %s", what, LongestPenalty, fix)
}

// Unwrap returns Err.
func (e *WaitError) Unwrap() error { return e.Err }

// Turn is the result of one look at the shared state.
type Turn struct {
	Go      bool            // the slots are taken: send now
	Outlook Outlook         // otherwise: when to look again
	Changed <-chan struct{} // look again when this is closed or delivers a value; nil: only as the outlook says
}

// noticed is the wait from which a caller is told what it waits for.
const noticed = 2 * time.Second

type noticeKey struct{}

// WithNotice returns a context whose calls report, through notice, each wait of 2 s or more that a [Gate] makes them
// wait: for which group, for which reason and until when at the earliest. notice must not block.
func WithNotice(ctx context.Context, notice func(Outlook)) context.Context {
	return context.WithValue(ctx, noticeKey{}, notice)
}

// Wait calls look until it returns Go. In between it waits for the time of the outlook or for a change. All Gates
// share it: look takes a lock, asks a [State], books and releases the lock; Wait holds none. look must read the clock
// and obtain Changed while it has the lock, so that no change is missed.
//
// It fails with look's error, or with a [*WaitError] when ctx ends, when the call cannot be sent before ctx's
// deadline, or when a penalty is longer than [LongestPenalty]. The caller must then release what look has booked.
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
		if notice, ok := ctx.Value(noticeKey{}).(func(Outlook)); ok && time.Until(t.Outlook.Soonest) >= noticed {
			notice(t.Outlook)
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

// cannotWait returns why a call with this outlook should fail at once; nil: it should wait.
func cannotWait(ctx context.Context, o Outlook) error {
	if deadline, ok := ctx.Deadline(); ok && o.Soonest.After(deadline) {
		return &WaitError{o.Group, o.Soonest, o.Reason, context.DeadlineExceeded}
	}
	if (o.Reason == Penalty || o.Reason == Closed) && time.Until(o.Soonest) > LongestPenalty {
		return &WaitError{o.Group, o.Soonest, o.Reason, nil}
	}
	return nil
}
