package gradtest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
	"github.com/graduationkit/ringcentral/gradtest/internal/retry"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// outcome decides how a call ended, from the attempts it made and the errors of its transport.
func (s *session) outcome(c *Call, attempts []ledger.Record) engine.Result {
	last, made := lastAttempt(c, attempts)
	if made && last.Succeeded() {
		if err := c.err(); err != nil {
			return giveUp(err) // the call counts, the app's own check of it failed
		}
		return engine.Result{Disposition: engine.Counted}
	}
	if r, fatal := s.fatal(c); fatal {
		return r
	}
	if !made {
		if err := c.err(); err != nil {
			return giveUp(s.logins.with(err))
		}
		if err := c.transportErr(); err != nil {
			return engine.Result{Disposition: engine.Retry, Rule: retry.Unsent, Err: err}
		}
		return giveUp(fmt.Errorf("gradtest: Do did not call %s (%s %s); %s", c.op.ID, c.op.Method, c.op.Path, instead(attempts)))
	}
	return s.failure(c, last)
}

// prepareOutcome decides how a call ended whose Prepare failed.
func (s *session) prepareOutcome(c *Call, fault error) engine.Result {
	if r, fatal := s.fatal(c); fatal {
		return r
	}
	err := fmt.Errorf("in Prepare: %w", fault)
	if attempts := c.attempts(); len(attempts) > 0 {
		if spent := maybeSpent(attempts); spent != nil {
			return giveUp(errors.Join(err, spent))
		}
		last := attempts[len(attempts)-1]
		if rule, ok := retry.Call(last.Status); ok {
			return engine.Result{Disposition: engine.Retry, Rule: rule, Err: err, After: last.Signal.RetryAfter}
		}
	}
	return giveUp(err)
}

// fatal recognizes the errors after which the sweep, or this call's part in it, is over.
func (s *session) fatal(c *Call) (engine.Result, bool) {
	err := c.transportErr()
	var (
		token       *wire.TokenError
		evidence    *wire.StoreError
		gate        *wire.GateError
		unreachable *wire.UnreachableError
		wait        *window.WaitError
	)
	stop := func(err error) (engine.Result, bool) {
		return engine.Result{Disposition: engine.StopSweep, Err: err}, true
	}
	switch {
	case errors.Is(err, errUnneeded):
		return engine.Result{Disposition: engine.Unneeded}, true
	case errors.As(err, &token):
		return stop(token)
	case errors.As(err, &evidence):
		return stop(evidence)
	case errors.As(err, &gate):
		return stop(gate)
	case c.sweep.Err() != nil && len(c.attempts()) == 0:
		return engine.Result{Disposition: engine.Abandoned, Err: context.Cause(c.sweep)}, true
	case errors.As(err, &unreachable) && !s.local.reached():
		return stop(unreachable)
	case errors.As(err, &wait):
		return engine.Result{Disposition: engine.Abandoned, Err: wait}, true
	}
	return engine.Result{}, false
}

// failure decides what follows an answer that is no success.
func (s *session) failure(c *Call, r ledger.Record) engine.Result {
	if spent := maybeSpent(c.attempts()); spent != nil {
		return giveUp(errors.Join(c.transportErr(), spent))
	}
	rule, ok := retry.Call(r.Status)
	if r.Code == wire.CodeCut && c.op.Reads() { // a write has been executed
		rule, ok = retry.Call(0)
	}
	if ok {
		err := c.transportErr()
		if err == nil {
			err = fmt.Errorf("%s was answered %s", c.op.ID, status(r))
		}
		if r.Signal.RetryAfter > window.LongestPenalty {
			return giveUp(fmt.Errorf("%w: the server asks to wait until %s (Retry-After), which is more than %v: run again then",
				err, r.At.Add(r.Signal.RetryAfter).UTC().Format(time.RFC3339), window.LongestPenalty))
		}
		return engine.Result{Disposition: engine.Retry, Rule: rule, Err: err, After: r.Signal.RetryAfter}
	}
	return giveUp(errors.Join(fmt.Errorf("%s was answered %s%s", c.op.ID, status(r), s.explain(c, r)), c.err()))
}

// maybeSpent is the error of a paid call whose outcome is unknown. It is not repeated: that is for the user to decide.
func maybeSpent(attempts []ledger.Record) error {
	for _, r := range attempts {
		op, ok := rcapi.Lookup(r.Op)
		if !ok || !op.Paid() || r.Sent.IsZero() {
			continue
		}
		switch r.Status {
		case 0, http.StatusRequestTimeout, http.StatusInternalServerError, http.StatusBadGateway, http.StatusGatewayTimeout:
			return fmt.Errorf("gradtest: %s may have been executed, and costs money, so it is not repeated by itself: "+
				"check whether it was, and run again to send what is missing", op.ID)
		}
	}
	return nil
}

func giveUp(err error) engine.Result { return engine.Result{Disposition: engine.GiveUp, Err: err} }

func repeatable(r ledger.Record) bool {
	_, ok := retry.Call(r.Status)
	return ok
}

// lastAttempt returns the latest attempt of the declared operation.
func lastAttempt(c *Call, attempts []ledger.Record) (ledger.Record, bool) {
	for _, r := range slices.Backward(attempts) {
		if c.made(r) {
			return r, true
		}
	}
	return ledger.Record{}, false
}

// instead names what was called, for the message that the declared operation was not.
func instead(attempts []ledger.Record) string {
	var names []string
	for _, r := range attempts {
		name := r.Method + " " + r.Path
		if r.Op != "" {
			name = r.Op + " (" + name + ")"
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "nothing was called through c.Client() or c.Gateway()"
	}
	return "called instead: " + strings.Join(names, ", ")
}
