package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptrace"
	"time"

	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/internal/callsite"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// errSwitched is the error of an answer 101 to a request that did not ask for another protocol.
var errSwitched = errors.New("malformed answer: 101 Switching Protocols without a request for it")

// errAttemptTimeout is the cause of the cancelled context of an attempt without an answer.
var errAttemptTimeout = errors.New("no answer within the time-out")

// attempt is one request as sent: one slot, one record.
type attempt struct {
	t     *Transport
	id    identity
	req   *http.Request
	call  window.Call
	token *oauth2.Token // it was sent with; nil: the request's own or none
	pass  *pass         // to send it; nil: it needs none
	start time.Time
	trace trace

	waited  time.Duration // for its slot
	earlier int           // attempts of the same request
	replace bool          // the answer says that the token should be replaced
}

// run sends the request. n is the number of earlier attempts.
func (a *attempt) run(n int) (*http.Response, error) {
	a.earlier = n
	out, err := a.prepare(n)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(httptrace.WithClientTrace(a.req.Context(), a.trace.hooks()))
	out = out.WithContext(ctx)
	a.start = time.Now()
	patience := a.t.patience()
	pending := Pending{Op: a.id.String(), Since: a.start, Until: a.start.Add(patience)}
	said := newNotice(a.t.cfg.Pending, pending).after(0)
	a.pass.leaving()
	timer := time.AfterFunc(patience, func() { cancel(errAttemptTimeout) })
	resp, err := a.t.cfg.Base.RoundTrip(out)
	now := time.Now()
	timer.Stop()
	said.Stop()
	if err == nil && resp.StatusCode == http.StatusSwitchingProtocols && !upgrades(a.req) {
		_ = resp.Body.Close() // it is the connection, on which nothing would ever arrive
		err = errSwitched
	}
	if err != nil {
		a.pass.end(unknown, "")
		err = a.unanswered(ctx, err, now)
		cancel(nil)
		return nil, err
	}
	resp.Request = a.req
	pending.Body, pending.Until = true, time.Time{}
	if err := a.answered(ctx, cancel, resp, now, newNotice(a.t.cfg.Pending, pending)); err != nil {
		_ = resp.Body.Close()
		cancel(nil)
		return nil, err
	}
	return resp, nil
}

// prepare gets the slot and the token and returns the request to send. On an error the request's body is closed and
// the slot given back.
func (a *attempt) prepare(n int) (*http.Request, error) {
	out := a.req.WithContext(a.req.Context())
	if n > 0 && a.req.GetBody != nil {
		body, err := a.req.GetBody()
		if err != nil {
			return nil, fmt.Errorf("wire: %s: the request's body cannot be read again: %w", a.id, err)
		}
		out.Body = body
	}
	token, err := a.slotAndToken()
	if err != nil {
		closeBody(out)
		return nil, err
	}
	preventResend(out)
	if token != nil {
		out.Header = out.Header.Clone()
		if out.Header == nil {
			out.Header = make(http.Header)
		}
		token.SetAuthHeader(out)
		a.token = token
	}
	return out, nil
}

// answered records an answer. Its headers arrived at now. A 2xx is recorded when its body has been read, since it may
// break off; the beginning of the body is read here, so that for most answers that is before the caller gets them.
func (a *attempt) answered(
	ctx context.Context, cancel context.CancelCauseFunc, resp *http.Response, now time.Time, n *notice,
) error {
	r := a.record(now)
	r.Status = resp.StatusCode
	r.RequestID = requestID(resp.Header.Get("RCRequestId"))
	r.Fault = resp.Header.Get(FaultHeader) != ""
	r.Signal = window.ReadSignal(resp.StatusCode, resp.Header, now)
	if r.Status != http.StatusUnauthorized { // the code of that is in the body
		a.received(r)
	}
	if conn, ok := resp.Body.(io.ReadWriteCloser); ok && resp.StatusCode == http.StatusSwitchingProtocols {
		resp.Body = switchedBody(a.req.Context(), conn, cancel)
		return a.keep(r, window.Answer{At: now, Signal: r.Signal})
	}
	body := &bounded{ReadCloser: resp.Body, ctx: ctx, cancel: cancel, idle: a.t.patience(), notice: n}
	if resp.Body == nil || resp.Body == http.NoBody {
		resp.Body = http.NoBody
		cancel(nil)
	} else {
		resp.Body = body
	}
	if a.t.streams(resp) && a.id.path != tokenPath {
		return a.stream(r, resp, body)
	}
	var rest io.Reader
	r.Code, r.Partial, rest = inspect(a.id.operation, resp)
	r.Signal = r.Signal.WithCode(r.Code)
	if a.id.path == tokenPath && r.Status == http.StatusOK && !r.Partial && rest == nil {
		r.Granted = granted(resp)
	}
	if r.Status == http.StatusUnauthorized {
		a.received(r)
	}
	answer := window.Answer{At: now, Signal: r.Signal}
	if rest == nil || r.Status/100 != 2 || r.Partial {
		return a.keep(r, answer)
	}
	if err := a.t.cfg.Gate.Settle(context.WithoutCancel(a.req.Context()), a.call, answer); err != nil {
		return a.unrecorded(r, err)
	}
	resp.Body = newTail(a.req.Context(), resp.Body, body, func(code string) error {
		r.Code, r.Partial = code, code != ""
		return a.unrecorded(r, a.append(r))
	})
	return nil
}

// unanswered records an attempt without an answer and returns the reason.
func (a *attempt) unanswered(ctx context.Context, cause error, now time.Time) error {
	class := classify(ctx, a.req, cause)
	r := a.record(now)
	r.Code = class
	if a.trace.neverLeft(class) {
		r.Sent, r.Groups = time.Time{}, nil
		err := a.release()
		if err = a.unrecorded(r, errors.Join(err, a.append(r))); err != nil {
			return err
		}
		return &UnreachableError{Op: a.id.String(), Origin: origin(a.t.cfg.Origin), Class: class, Err: cause}
	}
	r.Latest = r.At
	if !peerEnded(class) {
		r.Latest = later(r.At, r.Sent.Add(a.t.cfg.Timeout))
	}
	if err := a.keep(r, window.Answer{At: now, Latest: r.Latest}); err != nil {
		return err
	}
	return &NoAnswerError{Op: a.id.String(), Class: class, After: now.Sub(r.Sent), Err: cause}
}

// keep appends the record and settles the slot with the answer's time, however long the append took. Appending first
// saves a write for a store that is also the gate, since the record shows it the end of the call. After a refusal the
// slot is settled first, since no further call may be sent.
func (a *attempt) keep(r ledger.Record, ans window.Answer) error {
	settle := func() error { return a.t.cfg.Gate.Settle(context.WithoutCancel(a.req.Context()), a.call, ans) }
	var settled, kept error
	if r.Signal.Refused {
		settled, kept = settle(), a.append(r)
	} else {
		kept, settled = a.append(r), settle()
	}
	return a.unrecorded(r, errors.Join(kept, settled))
}

// unrecorded returns the error of an attempt whose record could not be stored, or whose slot could not be settled. A
// program that knows nothing of the recording gets its answer all the same.
func (a *attempt) unrecorded(r ledger.Record, err error) error {
	switch {
	case err == nil:
		return nil
	case a.t.passes != nil:
		a.t.passes.unrecorded(r, &StoreError{Op: a.id.String(), Status: r.Status, Err: err})
		return nil
	}
	return &StoreError{Op: a.id.String(), Status: r.Status, Err: err}
}

// append makes the record durable and then calls the watchers.
func (a *attempt) append(r ledger.Record) error {
	if err := a.t.cfg.Store.Append(context.WithoutCancel(a.req.Context()), r); err != nil {
		return err
	}
	for _, watch := range a.t.watch {
		watch(r)
	}
	if log := a.t.cfg.Log; log.Enabled(a.req.Context(), slog.LevelDebug) {
		log.LogAttrs(a.req.Context(), slog.LevelDebug, "wire: attempt", slog.String("op", r.Op), slog.String("method", r.Method),
			slog.String("path", r.Path), slog.Int("status", r.Status), slog.String("code", r.Code), slog.String("request", r.RequestID),
			slog.Duration("took", r.At.Sub(a.start)), slog.String("id", r.ID))
	}
	return nil
}

func (a *attempt) record(now time.Time) ledger.Record {
	r := ledger.Record{
		Kind: ledger.Done, ID: a.call.ID, At: now.UTC(), Sent: a.trace.sentAt(a.start).UTC(),
		Op: a.id.op, Method: a.id.method, Path: a.id.path, Groups: a.id.groups, Scopes: a.id.scopes, OAuth: a.id.oauth,
		Site: callsite.Find(), Earlier: a.earlier, Waited: a.waited,
	}
	if a.t.label != nil {
		a.t.label(&r)
	}
	return r
}

func (a *attempt) release() error {
	return a.t.cfg.Gate.Release(context.WithoutCancel(a.req.Context()), a.call)
}

// newID returns an id that is unique over processes and machines and sorts by time: 64 bits of nanoseconds, 64 random
// bits.
func newID(now time.Time) string {
	const digits = "0123456789abcdef"
	var b [32]byte
	for i, v := range [2]uint64{uint64(now.UnixNano()), rand.Uint64()} {
		for j := 15; j >= 0; j-- {
			b[16*i+j] = digits[v&15]
			v >>= 4
		}
	}
	return string(b[:])
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
