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

// OpenGate opens another handle on a gate.
type OpenGate func() (window.Gate, error)

// gateCase is one requirement of a Gate.
type gateCase struct {
	name   string
	rule   string // what must hold, as failures state it
	limits map[string]window.Limit
	check  func(ctx context.Context, open OpenGate) error
}

// CheckGate runs every case on a new gate of its own with the given limits. Its error joins all failures. In real time
// it takes about 10 s.
func CheckGate(newGate func(limits map[string]window.Limit) (OpenGate, error)) error {
	var broken []error
	for _, c := range gateCases {
		open, err := newGate(c.limits)
		if err == nil {
			err = c.check(context.Background(), open)
		}
		if err != nil {
			broken = append(broken, fmt.Errorf("storetest: %s: %w: %s", c.name, err, c.rule))
		}
	}
	return errors.Join(broken...)
}

// TestGate runs every case as a subtest in virtual time. newGate and the gates are called inside the synctest bubble.
func TestGate(t *testing.T, newGate func(t *testing.T, limits map[string]window.Limit) OpenGate) {
	for _, c := range gateCases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if err := c.check(t.Context(), newGate(t, c.limits)); err != nil {
					t.Errorf("%v: %s", err, c.rule)
				}
			})
		})
	}
}

// TestGateInRealTime runs every case as a parallel subtest in real time, for gates behind a network. It takes about 6
// s. A case that fails only because a wait was too long is repeated up to five times, since the machine may be busy.
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
					t.Errorf("%v: %s", err, c.rule)
					return
				}
				t.Logf("tried again: %v", err)
			}
		})
	}
}

// span is the window of the cases: long compared with the delays of a busy machine, short enough for real time.
const span = 400 * time.Millisecond

// late is how much longer than necessary a wait may take in real time.
const late = span / 2

// ask returns a call that asks for a slot in groups.
func ask(id string, groups ...string) window.Call {
	return window.Call{ID: id, Groups: groups, Op: "op-" + id, Timeout: span}
}

// openGates opens n handles.
func openGates(open OpenGate, n int) ([]window.Gate, error) {
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

// pass admits a call and settles it immediately with a signal, as if the answer took no time.
func pass(ctx context.Context, g window.Gate, c window.Call, s window.Signal) error {
	if err := g.Admit(ctx, c); err != nil {
		return err
	}
	return g.Settle(ctx, c, window.Answer{At: time.Now(), Signal: s})
}

// took measures how long it takes to admit the call.
func took(ctx context.Context, g window.Gate, c window.Call) (time.Duration, error) {
	return tookSince(ctx, time.Now(), g, c)
}

// tookSince is took, measured from start, which is before the answer from which a wait counts: a busy machine that
// pauses between the answer and the wait cannot make the wait look too short.
func tookSince(ctx context.Context, start time.Time, g window.Gate, c window.Call) (time.Duration, error) {
	err := g.Admit(ctx, c)
	return time.Since(start), err
}

// within checks that a wait was not shorter than wanted and not much longer.
func within(what string, got, want time.Duration) error {
	switch {
	case got < want:
		return fmt.Errorf("%s took %v, want %v", what, got, want)
	case got > want+late:
		return &lateError{what, got, want}
	}
	return nil
}

// lateError reports a wait that was too long, which proves nothing on a busy machine.
type lateError struct {
	what      string
	got, want time.Duration
}

func (e *lateError) Error() string { return fmt.Sprintf("%s took %v, want %v", e.what, e.got, e.want) }
