package gradtest

import (
	"context"
	"errors"
	"fmt"

	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

var errTimeout = errors.New("-timeout leaves no more time: what is done is kept, and the next run continues from there")

// continued adds to an interrupt what happens to the rest of the sweep, and to what ended because of -timeout that it
// did. The deadline of ctx is that of -timeout.
func continued(ctx context.Context, err error) error {
	cause := context.Cause(ctx)
	switch {
	case errors.Is(err, errTimeout):
		return err
	case errors.Is(cause, errTimeout) || tooLate(ctx, err):
		return fmt.Errorf("%w: %w", errTimeout, err)
	case cause == nil || !errors.Is(err, cause):
		return err
	}
	return fmt.Errorf("%w: what is done is kept, and the next run continues from there", err)
}

// tooLate reports whether a call was not sent because its slot comes after the deadline of ctx.
func tooLate(ctx context.Context, err error) bool {
	deadline, limited := ctx.Deadline()
	wait, waited := errors.AsType[*window.WaitError](err)
	return limited && waited && errors.Is(wait.Err, context.DeadlineExceeded) && wait.Until.After(deadline)
}

func calls(n int) string {
	if n == 1 {
		return "1 call"
	}
	return fmt.Sprintf("%d calls", n)
}

// StoppedError reports why a whole sweep ended early: no token, no server, or evidence that cannot be kept. It is the
// same for all endpoints, so it is reported once.
type StoppedError struct{ Err error }

// Error returns what is wrong and what to do about it.
func (e *StoppedError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *StoppedError) Unwrap() error { return e.Err }

// stoppedBy reports whether an endpoint ended only because the whole sweep stopped.
func stoppedBy(err error, o engine.Outcome) bool {
	stopped, ok := errors.AsType[*StoppedError](err)
	return ok && errors.Is(o.Err, stopped.Err)
}

// EndpointError reports why an endpoint lacks successes after a sweep.
type EndpointError struct {
	Endpoint string
	State    string // failed, refused or unfinished
	Calls    int    // sent in this sweep
	Err      error
}

// Error returns what is wrong and what to do about it.
func (e *EndpointError) Error() string {
	return fmt.Sprintf("gradtest: endpoint %s %s after %s: %v", e.Endpoint, e.State, calls(e.Calls), e.Err)
}

// Unwrap returns the cause.
func (e *EndpointError) Unwrap() error { return e.Err }
