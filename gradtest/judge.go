package gradtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// judge says how a call ended, from the attempts it made and the errors its transport gave.
func (s *session) judge(c *Call, attempts []ledger.Record) engine.Result {
	last, made := lastAttempt(c, attempts)
	if made && last.Succeeded() {
		if err := c.err(); err != nil {
			return engine.Result{Verb: engine.GiveUp, Err: err} // the call counts, the app's own check of it failed
		}
		return engine.Result{Verb: engine.Counted}
	}
	if r, fatal := s.fatal(c); fatal {
		return r
	}
	if !made {
		if err := c.err(); err != nil {
			return engine.Result{Verb: engine.GiveUp, Err: err}
		}
		if err := c.transportErr(); err != nil {
			return engine.Result{Verb: engine.Retry, Err: err}
		}
		return engine.Result{Verb: engine.GiveUp, Err: fmt.Errorf("gradtest: Do did not call %s (%s %s); %s",
			c.op.ID, c.op.Method, c.op.Path, instead(attempts))}
	}
	return s.failure(c, last)
}

// judgeSide says how a call ended whose preparation failed.
func (s *session) judgeSide(c *Call, stage string, fault error) engine.Result {
	if r, fatal := s.fatal(c); fatal {
		return r
	}
	err := fmt.Errorf("%s: %w", stage, fault)
	if attempts := c.attempts(); len(attempts) > 0 {
		if last := attempts[len(attempts)-1]; retryable(last) {
			return engine.Result{Verb: engine.Retry, Err: err, After: last.Signal.RetryAfter}
		}
	}
	return engine.Result{Verb: engine.GiveUp, Err: err}
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
	switch {
	case errors.As(err, &token):
		return engine.Result{Verb: engine.StopSweep, Err: token}, true
	case errors.As(err, &evidence):
		return engine.Result{Verb: engine.StopSweep, Err: evidence}, true
	case errors.As(err, &gate):
		return engine.Result{Verb: engine.StopSweep, Err: gate}, true
	case c.sweep.Err() != nil && len(c.attempts()) == 0:
		return engine.Result{Verb: engine.Abandoned, Err: context.Cause(c.sweep)}, true
	case errors.As(err, &unreachable) && !s.tally.reached():
		return engine.Result{Verb: engine.StopSweep, Err: unreachable}, true
	case errors.As(err, &wait):
		return engine.Result{Verb: engine.Abandoned, Err: wait}, true
	}
	return engine.Result{}, false
}

// failure says what to do about an answer that is no success.
func (s *session) failure(c *Call, r ledger.Record) engine.Result {
	if retryable(r) {
		err := c.transportErr()
		if err == nil {
			err = fmt.Errorf("%s was answered %s", c.op.ID, status(r))
		}
		return engine.Result{Verb: engine.Retry, Err: err, After: r.Signal.RetryAfter}
	}
	err := fmt.Errorf("%s was answered %s%s", c.op.ID, status(r), s.remedy(c, r))
	return engine.Result{Verb: engine.GiveUp, Err: errors.Join(err, c.err())}
}

// retryable tells the answers that the platform's guide lets a client repeat.
func retryable(r ledger.Record) bool {
	return r.Status == 0 || r.Status >= 500 || r.Status == http.StatusTooManyRequests || r.Status == http.StatusRequestTimeout
}

// status renders an attempt's outcome: "403 CMN-401", "no answer (timeout)".
func status(r ledger.Record) string {
	switch {
	case r.Fault:
		return fmt.Sprintf("%d by an injected fault", r.Status)
	case r.Code == wire.CodePage:
		return fmt.Sprintf("%d with a web page", r.Status)
	case r.Partial:
		return fmt.Sprintf("%d with inner failures", r.Status)
	case r.Status == 0:
		return "no answer (" + r.Code + ")"
	case r.Code != "":
		return fmt.Sprintf("%d %s", r.Status, r.Code)
	}
	return fmt.Sprintf("%d %s", r.Status, http.StatusText(r.Status))
}

// detail is the part of an error body that says what is wrong.
type detail struct {
	Message        string `json:"message"`
	PermissionName string `json:"permissionName"`
	ParameterName  string `json:"parameterName"`
}

// remedy is the act that mends a refusal.
func (s *session) remedy(c *Call, r ledger.Record) string {
	var d detail
	if c.Answer != nil {
		_ = json.Unmarshal(c.Answer.Body, &d) // a body that is no JSON has no detail
	}
	var b strings.Builder
	if d.Message != "" {
		fmt.Fprintf(&b, " (%s)", s.world.redact(clip(d.Message)))
	}
	b.WriteString(": ")
	b.WriteString(act(c.op, r, d))
	if r.RequestID != "" {
		fmt.Fprintf(&b, " [request %s]", r.RequestID)
	}
	return b.String()
}

func act(op rcapi.Operation, r ledger.Record, d detail) string {
	switch {
	case r.Status == http.StatusUnauthorized:
		return "the server does not take the access token: check that the credentials are of this server and the user's JWT is still valid"
	case r.Status == http.StatusForbidden && r.Code == "CMN-408":
		return "the user lacks the permission " + either(d.PermissionName, op.Permission) + ": have an administrator grant it, or use another user"
	case r.Status == http.StatusForbidden:
		if op.Scope == "" && d.PermissionName == "" {
			return "the app or its user may not do this: see the error code"
		}
		return "the app lacks the scope " + either(d.PermissionName, string(op.Scope)) + ": add it in the developer console, then get a new token"
	case r.Code == wire.CodePage:
		return "check that RC_SERVER_URL names the platform and not a proxy, a sign-in page or a web site"
	case r.Partial:
		return "each item of a batch must succeed: look at the inner statuses"
	case r.Status == http.StatusNotFound && d.ParameterName != "":
		return "the value of " + d.ParameterName + " does not exist there: set Endpoint.Params, or find it in Prepare"
	case r.Status == http.StatusNotFound:
		return "an id in the path does not exist there: set Endpoint.Params, or find it in Prepare"
	case d.ParameterName != "":
		return "mend the parameter " + d.ParameterName
	case r.Status/100 == 4:
		return "mend the request: it is not repeated unchanged, since each such answer counts against the app"
	case r.Status/100 == 3:
		return "a redirect is no success: call what it points to"
	}
	return "see the error code"
}

func either(a, b string) string {
	switch {
	case a != "":
		return a
	case b != "":
		return b
	}
	return "that the error code stands for"
}

// clip bounds a message from outside to one short line.
func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > 200 {
		return string(runes[:200]) + "…"
	}
	return s
}

// lastAttempt is the latest attempt of the declared operation.
func lastAttempt(c *Call, attempts []ledger.Record) (ledger.Record, bool) {
	for i := len(attempts) - 1; i >= 0; i-- {
		if c.made(attempts[i]) {
			return attempts[i], true
		}
	}
	return ledger.Record{}, false
}
