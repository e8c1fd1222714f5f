package gradtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/internal/claims"
	"github.com/graduationkit/ringcentral/gradtest/internal/target"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// Call is one call of an endpoint in progress. The functions of an [Endpoint] receive it. Its Errorf and FailNow make
// it a TestingT, so testify's assert and require accept it. It belongs to one goroutine, but Errorf may be called from
// any.
type Call struct {
	// Params, Query, Header and Body start as copies of the endpoint's; Prepare may change them.
	Params map[string]string
	Query  url.Values
	Header http.Header
	Body   any

	// Answer is the response to gradtest's request; nil before the request, and when Do made it.
	Answer *Answer

	ctx       context.Context
	aside     map[string]string // path parameters of other operations, found by Prepare
	sweep     context.Context   // when it ends nothing more is sent; ctx goes on for what is in flight
	abandoned bool              // a function of the endpoint still runs after its time
	op        rcapi.Operation
	endpoint  string
	unchecked bool          // of the endpoint
	scopes    []rcapi.Scope // declared by the app, and those that they include
	attempt   int
	claim     string // that it was booked with; empty: a Cleanup
	caller    caller // of the sweep
	target    *target.Target
	booking   *claims.Session
	writing   *writing
	client    *http.Client

	mu        sync.Mutex
	faults    []string
	stage     ledger.Stage
	seen      []ledger.Record
	transport error // the latest error of the transport, which the app's code may wrap or swallow
	proxied   string
	release   func() // ends the attribution of what goes through the gateway
}

// Answer is a complete HTTP response.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Context ends shortly after the sweep was interrupted or ran out of time. By then nothing new is sent, but calls in
// flight have had time to receive their responses.
func (c *Call) Context() context.Context { return c.ctx }

// Client returns an HTTP client that authorizes, limits and records what it sends to the platform.
func (c *Call) Client() *http.Client { return c.client }

// URL returns the server's base URL without a trailing slash; requests to it through Client are evidence.
func (c *Call) URL() string { return c.target.URL }

// Gateway returns the base URL of a recording proxy in front of the server, for code whose HTTP client cannot be
// replaced. Such code authorizes itself, through the same base URL.
func (c *Call) Gateway() string {
	c.mu.Lock()
	base := c.proxied
	c.mu.Unlock()
	if base != "" {
		return base
	}
	base, release, err := c.target.Gateway(c.derive)
	if err != nil {
		c.Errorf("%v", err)
		c.FailNow()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.proxied, c.release = base, release
	return base
}

// Credentials returns those of the environment or of the embedded emulator, for code that authorizes itself.
func (c *Call) Credentials() Credentials { return Credentials(c.target.Credentials) }

// Attempt counts the endpoint's calls in this sweep, from 1.
func (c *Call) Attempt() int { return c.attempt }

// Decode decodes the JSON body of Answer into v.
func (c *Call) Decode(v any) error {
	if c.Answer == nil {
		return errors.New("gradtest: Decode without a response: call it in Cleanup, of an endpoint without Do")
	}
	if err := json.Unmarshal(c.Answer.Body, v); err != nil {
		return fmt.Errorf("gradtest: the response of %s is not the expected JSON: %w", c.op.ID, err)
	}
	return nil
}

// Errorf marks the call as failed and goes on.
func (c *Call) Errorf(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults = append(c.faults, strings.TrimSpace(fmt.Sprintf(format, args...)))
}

// FailNow marks the call as failed and ends it by [runtime.Goexit]. It must be called from the call's own goroutine.
func (c *Call) FailNow() {
	c.mu.Lock()
	if len(c.faults) == 0 {
		c.faults = append(c.faults, "FailNow was called")
	}
	c.mu.Unlock()
	runtime.Goexit()
}

// Helper does nothing; testify calls it.
func (c *Call) Helper() {}

// derive returns a transport like t whose attempts belong to the call.
func (c *Call) derive(t *wire.Transport) *wire.Transport {
	t = t.WithWatch(c.watch).WithLabel(c.label)
	if c.claim != "" {
		t = t.WithCheck(c.stillNeeded)
	}
	return t
}

// errUnneeded ends a call that another one has made superfluous while it waited for its slot.
var errUnneeded = errors.New("gradtest: not sent: another call has made it superfluous")

// stillNeeded asks once more whether the call is needed, before its own operation is sent for the first time.
func (c *Call) stillNeeded(ctx context.Context, method, path string) error {
	if method != c.op.Method || path != c.op.Path || c.sent() || c.booking.Needed(ctx, c.claim) {
		return nil
	}
	return errUnneeded
}

// sent reports whether the call's own operation was sent before.
func (c *Call) sent() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.ContainsFunc(c.seen, c.made)
}

// enter says which part of the call begins.
func (c *Call) enter(stage ledger.Stage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stage = stage
}

// label completes the record of an attempt.
func (c *Call) label(r *ledger.Record) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r.Endpoint, r.Stage, r.Claim = c.endpoint, c.stage, c.claim
	if r.Stage == ledger.StageDo && c.made(*r) {
		r.Stage = ledger.StageCall
	}
	c.caller.label(r, c.endpoint)
}

// watch receives every attempt that the call's client or gateway made.
func (c *Call) watch(r ledger.Record) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen = append(c.seen, r)
}

// note keeps an error of the transport for the call's outcome.
func (c *Call) note(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.transport = err
}

func (c *Call) transportErr() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.transport
}

// end releases what the call holds.
func (c *Call) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.release != nil {
		c.release()
	}
}

// err returns what Errorf collected; nil if it was not called.
func (c *Call) err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.faults) == 0 {
		return nil
	}
	return errors.New(c.target.Redact(strings.Join(c.faults, "\n")))
}

// attempts returns the attempts made so far.
func (c *Call) attempts() []ledger.Record {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]ledger.Record(nil), c.seen...)
}

// made reports whether r is an attempt of the declared operation.
func (c *Call) made(r ledger.Record) bool {
	return r.Method == c.op.Method && r.Path == c.op.Path
}
