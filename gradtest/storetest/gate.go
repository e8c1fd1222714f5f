package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// OpenGate opens a gate once more.
type OpenGate func() (window.Gate, error)

// gateCase is one promise of a Gate.
type gateCase struct {
	name    string
	promise string
	limits  map[string]window.Limit
	check   func(ctx context.Context, open OpenGate) error
}

// CheckGate checks every promise on a new gate of its own that starts from the limits given. Its error joins all that
// are broken. It waits in the time that it is run in: in real time it takes about 10 s.
func CheckGate(newGate func(limits map[string]window.Limit) (OpenGate, error)) error {
	var broken []error
	for _, c := range gateCases {
		open, err := newGate(c.limits)
		if err == nil {
			err = c.check(context.Background(), open)
		}
		if err != nil {
			broken = append(broken, fmt.Errorf("storetest: %s: %w: %s", c.name, err, c.promise))
		}
	}
	return errors.Join(broken...)
}

// TestGate checks every promise in a subtest of its own, in virtual time. newGate and the gates are called inside the
// bubble.
func TestGate(t *testing.T, newGate func(t *testing.T, limits map[string]window.Limit) OpenGate) {
	for _, c := range gateCases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if err := c.check(t.Context(), newGate(t, c.limits)); err != nil {
					t.Errorf("%v: %s", err, c.promise)
				}
			})
		})
	}
}

// TestGateInRealTime checks every promise in a subtest of its own, all of them side by side, for gates behind a network.
// It takes about 6 s. A promise that is kept later than it should be is tried again, since the machine may be busy; one
// that is broken in any other way is not.
func TestGateInRealTime(t *testing.T, newGate func(t *testing.T, limits map[string]window.Limit) OpenGate) {
	const tries = 5
	for _, c := range gateCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for try := 1; ; try++ {
				err := c.check(t.Context(), newGate(t, c.limits))
				if err == nil {
					return
				}
				if _, slow := errors.AsType[*lateError](err); !slow || try == tries {
					t.Errorf("%v: %s", err, c.promise)
					return
				}
				t.Logf("tried again: %v", err)
			}
		})
	}
}

// span is the window of the cases: long against what a machine that is busy may take for a step, short enough to run
// in real time.
const span = 400 * time.Millisecond

// late is what a wait may take longer than it must in real time.
const late = span / 2

// claim asks for a slot in a group.
func claim(id string, groups ...string) window.Claim {
	return window.Claim{ID: id, Groups: groups, Op: "op-" + id, Timeout: span}
}

// doors opens n gates.
func doors(open OpenGate, n int) ([]window.Gate, error) {
	all := make([]window.Gate, n)
	for i := range all {
		g, err := open()
		if err != nil {
			return nil, err
		}
		all[i] = g
	}
	return all, nil
}

// pass admits a call and settles it at once with the signal, as though the answer took no time.
func pass(ctx context.Context, g window.Gate, c window.Claim, s window.Signal) error {
	if err := g.Admit(ctx, c); err != nil {
		return err
	}
	return g.Settle(ctx, c, window.Answer{At: time.Now(), Signal: s})
}

// took measures what admitting the call takes.
func took(ctx context.Context, g window.Gate, c window.Claim) (time.Duration, error) {
	start := time.Now()
	err := g.Admit(ctx, c)
	return time.Since(start), err
}

// within says whether a wait was what it should be: never shorter, and not much longer.
func within(what string, got, want time.Duration) error {
	switch {
	case got < want:
		return fmt.Errorf("%s took %v, want %v", what, got, want)
	case got > want+late:
		return &lateError{what, got, want}
	}
	return nil
}

// lateError is a wait that was longer than it should be, which on a busy machine says nothing about the gate.
type lateError struct {
	what      string
	got, want time.Duration
}

func (e *lateError) Error() string { return fmt.Sprintf("%s took %v, want %v", e.what, e.got, e.want) }
