package gradtest

import (
	"context"
	"errors"
	"fmt"

	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
)

var errTimeout = errors.New("the time limit came first; what is done is kept, and the next run goes on from there")

// continued adds to an interrupt what becomes of a sweep that ended by it. The time limit says so itself.
func continued(ctx context.Context, err error) error {
	cause := context.Cause(ctx)
	if cause == nil || !errors.Is(err, cause) || errors.Is(err, errTimeout) {
		return err
	}
	return fmt.Errorf("%w: what is done is kept, and the next run goes on from there", err)
}

func calls(n int) string {
	if n == 1 {
		return "1 call"
	}
	return fmt.Sprintf("%d calls", n)
}

// StoppedError says why a sweep as a whole came to its end early: no token, no server, or no place for the evidence. It is
// the same for all endpoints, so it is reported once.
type StoppedError struct{ Err error }

// Error says what is wrong and what to do about it.
func (e *StoppedError) Error() string { return e.Err.Error() }

// Unwrap gives what lies behind it.
func (e *StoppedError) Unwrap() error { return e.Err }

// stoppedBy reports whether an endpoint has nothing to say of its own about a sweep that stopped.
func stoppedBy(err error, o engine.Outcome) bool {
	stopped, ok := errors.AsType[*StoppedError](err)
	return ok && errors.Is(o.Err, stopped.Err)
}

// EndpointError says why an endpoint does not have its successes after a sweep.
type EndpointError struct {
	Endpoint string
	State    string // failed, refused or unfinished
	Calls    int    // sent in this sweep
	Err      error
}

// Error says what is wrong and what to do about it.
func (e *EndpointError) Error() string {
	return fmt.Sprintf("gradtest: endpoint %s %s after %s: %v", e.Endpoint, e.State, calls(e.Calls), e.Err)
}

// Unwrap gives what lies behind it.
func (e *EndpointError) Unwrap() error { return e.Err }
