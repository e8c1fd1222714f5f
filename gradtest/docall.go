package gradtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
	"github.com/graduationkit/ringcentral/gradtest/internal/retry"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// cleanupTime bounds what a Cleanup may take after the sweep was interrupted: long enough to wait out one window.
const cleanupTime = 90 * time.Second

// exercise makes one call of e and returns how it ended. When ctx ends nothing more is sent, but the response to what
// was sent is awaited: the call may have created something.
func (s *session) exercise(ctx context.Context, e Endpoint, attempt int, claim string) engine.Result {
	life, end := s.outlive(ctx)
	defer end()
	c := s.call(life, ctx, e, attempt, claim)
	defer c.end()
	if e.Prepare != nil {
		c.run(ledger.StagePrepare, e.Prepare)
		if err := c.err(); err != nil {
			return s.prepareOutcome(c, err)
		}
	}
	before := len(c.attempts())
	if e.Do != nil {
		c.run(ledger.StageDo, e.Do)
	} else if err := c.send(); err != nil {
		c.note(err)
	}
	result := s.outcome(c, c.attempts()[before:])
	if e.Cleanup != nil && c.succeeded(before) {
		if err := s.cleanup(c, e); err != nil { // another call would leave more behind
			return giveUp(errors.Join(result.Err, err))
		}
	}
	return result
}

// outlive returns a context that ends shortly after ctx, so that a call in flight receives its response.
func (s *session) outlive(ctx context.Context) (context.Context, func()) {
	life, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-time.After(s.grace):
			cancel(context.Cause(ctx))
		case <-life.Done():
		}
	})
	return life, func() { stop(); cancel(nil) }
}

// cleanup removes what the call created, also when the sweep has ended meanwhile. A Cleanup whose requests broke runs
// again, so it may find its work done.
func (s *session) cleanup(c *Call, e Endpoint) error {
	if c.abandoned {
		return errors.New("what it created is left behind, because Do is still running")
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(c.ctx)) // it may wait for its slot as long as the sweep goes on
	defer cancel()
	defer context.AfterFunc(c.sweep, func() {
		select {
		case <-time.After(cleanupTime):
			cancel()
		case <-ctx.Done():
		}
	})()
	if !s.last.IsZero() {
		ctx, cancel = context.WithDeadline(ctx, s.last)
		defer cancel()
	}
	for try := 1; ; try++ {
		after := s.call(ctx, ctx, e, c.attempt, "")
		after.Params, after.aside, after.Answer = c.Params, c.aside, c.Answer
		after.run(ledger.StageCleanup, e.Cleanup)
		after.end()
		err := after.err()
		if err == nil {
			return nil
		}
		if attempts := after.attempts(); try == retry.Cleanup.Tries || ctx.Err() != nil || len(attempts) == 0 || !repeatable(attempts[len(attempts)-1]) {
			return fmt.Errorf("what call %d created may be left behind, since Cleanup failed: %w", c.attempt, err)
		}
		select {
		case <-time.After(retry.Cleanup.Wait(try)):
		case <-ctx.Done():
		}
	}
}

// call returns a new Call of e. It lives as long as ctx, and sends nothing after admission has ended.
func (s *session) call(ctx, admission context.Context, e Endpoint, attempt int, claim string) *Call {
	c := &Call{
		Params: maps.Clone(e.Params), Query: cloneValues(e.Query), Header: e.Header.Clone(), Body: e.Body,
		ctx: ctx, sweep: admission, op: e.Op, endpoint: e.name(), unchecked: e.Unchecked, scopes: withIncluded(s.app.Scopes), stage: ledger.StageCall,
		attempt: attempt, claim: claim, booking: s.booking.Load(), target: s.target, writing: &s.writing,
		caller: s.caller,
	}
	if c.Params == nil {
		c.Params = make(map[string]string)
	}
	if c.Header == nil {
		c.Header = make(http.Header)
	}
	c.client = &http.Client{Transport: &observer{base: c.derive(s.target.Authorized()).Until(admission), call: c}}
	return c
}

// observer keeps the errors of a call's transport, which the app's code may wrap or swallow.
type observer struct {
	base http.RoundTripper
	call *Call
}

func (o *observer) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Context().Done() == nil { // code without a context is bound by the sweep's
		req = req.WithContext(o.call.ctx)
	}
	resp, err := o.base.RoundTrip(req)
	if err != nil {
		o.call.note(err)
	}
	return resp, err
}

// patience is how long a function may go on after its context has ended before the call stops waiting for it.
const patience = time.Second

// run calls one of the endpoint's functions in a goroutine of its own, since FailNow ends the goroutine.
func (c *Call) run(stage ledger.Stage, f func(*Call)) {
	c.enter(stage)
	defer c.enter(ledger.StageCall)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if r := recover(); r != nil {
				c.Errorf("panic: %v\n%s", r, debug.Stack())
			}
		}()
		f(c)
	}()
	select {
	case <-done:
		return
	case <-c.ctx.Done():
	}
	select {
	case <-done:
	case <-time.After(patience):
		c.abandoned = true
		c.Errorf("still running %v after its context ended: use c.Context() in it", patience)
	}
}

// send makes the request and keeps the response.
func (c *Call) send() error {
	req, err := c.request()
	if err == nil {
		err = c.check()
	}
	if err != nil {
		c.Errorf("%v", err)
		return nil
	}
	leave, err := c.writing.enter(c.sweep, c.op)
	if err != nil {
		return err
	}
	defer leave()
	resp, err := c.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err == nil { // an answer counts when it has been read to its end
		_, err = io.Copy(io.Discard, io.LimitReader(resp.Body, longestAnswer))
	}
	if err != nil {
		return fmt.Errorf("gradtest: the response of %s broke off: %w", c.op.ID, err)
	}
	c.Answer = &Answer{Status: resp.StatusCode, Header: resp.Header, Body: body}
	return nil
}

// maxAnswer bounds what is kept of a response. Recordings and exports can be larger, but no Cleanup decodes them.
const maxAnswer = 16 << 20

// longestAnswer bounds what is read beyond that. A longer answer is taken as one without end.
const longestAnswer = 64 << 20

// succeeded reports whether the declared operation succeeded in one of the attempts after the first skip.
func (c *Call) succeeded(skip int) bool {
	return slices.ContainsFunc(c.attempts()[skip:], func(r ledger.Record) bool { return c.made(r) && r.Succeeded() })
}

func cloneValues(v url.Values) url.Values {
	out := make(url.Values, len(v))
	for name, values := range v {
		out[name] = slices.Clone(values)
	}
	return out
}
