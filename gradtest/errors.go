package gradtest

import (
	"context"
	"errors"
	"fmt"

	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
)

var errTimeout = errors.New("the time limit was reached; what is done is kept, and the next run continues from there")

// continued adds to an interrupt what happens to the rest of the sweep. The text of the time limit says so already.
func continued(ctx context.Context, err error) error {
	cause := context.Cause(ctx)
	if cause == nil || !errors.Is(err, cause) || errors.Is(err, errTimeout) {
		return err
	}
	return fmt.Errorf("%w: what is done is kept, and the next run continues from there", err)
}

func calls(n int) string {
	if n == 1 {
		return "1 call"
	}
	return fmt.Sprintf("%d calls", n)
}

// StoppedError reports why a whole sweep ended early: no token, no server, or evidence that cannot be kept. It is the same
// for all endpoints, so it is reported once.
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
