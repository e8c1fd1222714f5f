package wire

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// slotAndToken waits for a slot and then asks for the token, so that the token is fresh after a long wait. The
// request for a new token waits for its own slot. If that took so long that the call's slot could be free again
// before the call is sent, the slot is given back and a new one taken; the source has the token then.
func (a *attempt) slotAndToken() (*oauth2.Token, error) {
	ctx := a.req.Context()
	for {
		asked := time.Now()
		a.call = window.Call{ID: newID(asked), Groups: a.id.groups, Op: a.id.op, Timeout: a.t.cfg.Timeout}
		waited, err := a.t.admit(ctx, a.call)
		a.waited += waited
		if err != nil {
			return nil, a.refused(err)
		}
		if a.t.check != nil && time.Since(asked) >= checkedWait {
			if err := a.t.check(ctx, a.id.method, a.id.path); err != nil {
				return nil, errors.Join(err, a.release())
			}
		}
		if !a.id.bearer {
			return nil, nil
		}
		admitted := time.Now()
		token, err := a.authorize(ctx)
		if err == nil && (token == nil && a.pass == nil || time.Since(admitted) <= a.t.cfg.Timeout/2) {
			return token, nil
		}
		a.pass.end(unknown, "")
		a.pass = nil
		if released := a.release(); err != nil || released != nil {
			return nil, errors.Join(err, released)
		}
	}
}

// refused returns the error for a call without a slot: either its wait ended, or the gate does not work.
func (a *attempt) refused(err error) error {
	fault, ok := errors.AsType[*gateFault](err)
	if !ok {
		return fmt.Errorf("wire: %s: not sent: %w", a.id, err)
	}
	return &GateError{Op: a.id.String(), Err: fault.error}
}

// gateFault is an error of the gate itself.
type gateFault struct{ error }

// checkedWait is how long a call must have waited for its slot before WithCheck's check is made.
const checkedWait = 250 * time.Millisecond

// WithCheck returns a Transport that shares everything with t and calls check before it sends a call that has waited
// for its slot, since the call may no longer be needed. path is the call's path template. If check returns an error,
// the slot is given back and RoundTrip returns the error.
func (t *Transport) WithCheck(check func(ctx context.Context, method, path string) error) *Transport {
	c := *t
	c.check = check
	return &c
}

// Until returns a Transport that shares everything with t and sends no request after ctx has ended. Requests in
// flight are not interrupted: the platform has counted them and may have executed them.
func (t *Transport) Until(ctx context.Context) *Transport {
	c := *t
	c.until = ctx
	return &c
}

// admit waits for the overall pace, then for the slot. waited is the time for the slot.
func (t *Transport) admit(ctx context.Context, c window.Call) (waited time.Duration, err error) {
	if t.until != nil {
		if t.until.Err() != nil {
			return 0, context.Cause(t.until)
		}
		joined, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		defer context.AfterFunc(t.until, func() { cancel(context.Cause(t.until)) })()
		ctx = joined
		if deadline, ok := t.until.Deadline(); ok { // the gate fails at once when a slot comes too late
			var expire context.CancelFunc
			ctx, expire = context.WithDeadline(ctx, deadline)
			defer expire()
		}
	}
	if t.cfg.Pace != nil {
		if err := t.cfg.Pace.Wait(ctx); err != nil {
			return 0, err
		}
	}
	if t.cfg.Waiting != nil {
		ctx = window.WithNotice(ctx, t.cfg.Waiting)
	}
	asked := time.Now()
	err = t.cfg.Gate.Admit(ctx, c)
	waited = time.Since(asked).Truncate(time.Millisecond)
	if _, late := errors.AsType[*window.WaitError](err); err == nil || late || ctx.Err() != nil {
		return waited, err
	}
	return waited, &gateFault{err}
}

// ask gets the token but waits no longer than until ctx ends. A TokenSource has no context, and its request may take a
// minute; a source with a method TokenContext has one.
func ask(ctx context.Context, source oauth2.TokenSource) (*oauth2.Token, error) {
	if s, ok := source.(interface {
		TokenContext(context.Context) (*oauth2.Token, error)
	}); ok {
		return s.TokenContext(ctx)
	}
	type answer struct {
		token *oauth2.Token
		err   error
	}
	got := make(chan answer, 1)
	go func() {
		token, err := source.Token()
		if err == nil && token == nil {
			err = errors.New("the source returned no token")
		}
		got <- answer{token, err}
	}()
	select {
	case a := <-got:
		return a.token, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
