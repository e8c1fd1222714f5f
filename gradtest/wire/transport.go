package wire

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/time/rate"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// DefaultTimeout is the time-out of an attempt if Config.Timeout is zero.
const DefaultTimeout = window.DefaultTimeout

// resends is how often one request is sent again at most when a kept-alive connection turns out to be closed.
const resends = 3

// Config of a [Transport]. Origin, Store and Gate are required.
type Config struct {
	Origin    *url.URL             // the platform; requests to other hosts are sent unrecorded and without the token
	Base      http.RoundTripper    // nil: a private copy of http.DefaultTransport that speaks HTTP/1.1
	Store     ledger.Store         // required
	Gate      window.Gate          // required
	Pace      *rate.Limiter        // nil: no overall pace
	Token     oauth2.TokenSource   // nil: requests keep their own Authorization (gateway, token calls)
	Catalogue *rcapi.Catalogue     // nil: the platform's
	Trials    *Trials              // which tokens are accepted; nil: known to this Transport and those derived from it
	Timeout   time.Duration        // of one attempt, until the headers of its answer; zero: DefaultTimeout
	Log       *slog.Logger         // gets one debug line per attempt, without secrets; nil: none
	Waiting   func(window.Outlook) // called when a call waits 2 s or more for its slot; must not block; nil: not called
	Pending   func(Pending)        // called when an answer is not complete 5 s after its request; must not block; nil: not called
	Elsewhere func(host string)    // called when a request to another server is sent unrecorded; must not block; nil: not called
	Watch     func(ledger.Record)  // called with each Done record after it is durable; must not block
}

// Transport is an [http.RoundTripper] that sends requests inside the limits and records each attempt before its
// caller gets the answer. It is safe for concurrent use, and so are all Transports derived from it.
type Transport struct {
	cfg    Config // shared, never changed after New
	watch  []func(ledger.Record)
	label  func(*ledger.Record)                                 // nil: none
	check  func(ctx context.Context, method, path string) error // nil: none
	token  oauth2.TokenSource
	until  context.Context // no request is admitted after its end; nil: no limit
	passes *PassThrough    // how it forwards what a program sends that knows nothing of it; nil: it does not
}

// New returns a Transport. It reports all errors in cfg at once.
func New(cfg Config) (*Transport, error) {
	var faults []error
	if cfg.Origin == nil || cfg.Origin.Host == "" || cfg.Origin.Scheme != "http" && cfg.Origin.Scheme != "https" {
		faults = append(faults, fmt.Errorf("wire: origin %q is not a server: "+
			"set Config.Origin to a URL such as https://platform.ringcentral.com", origin(cfg.Origin)))
	}
	if cfg.Store == nil {
		faults = append(faults, errors.New("wire: no store: set Config.Store, such as ledger.NewMemory()"))
	}
	if cfg.Gate == nil {
		faults = append(faults, errors.New("wire: no gate: set Config.Gate, such as ledger.NewMemory().Gate(nil)"))
	}
	if cfg.Timeout < 0 {
		faults = append(faults, fmt.Errorf("wire: negative timeout %v: set Config.Timeout to zero for %v", cfg.Timeout, DefaultTimeout))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	if cfg.Base == nil {
		cfg.Base = privateBase()
	}
	if cfg.Catalogue == nil {
		cfg.Catalogue = rcapi.NewCatalogue()
	}
	if cfg.Trials == nil {
		cfg.Trials = new(Trials)
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = DefaultTimeout
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	t := &Transport{cfg: cfg, token: cfg.Token}
	return t.WithWatch(cfg.Watch), nil
}

// WithWatch returns a Transport that shares everything with t and also calls watch with each Done record, after it is
// durable. watch must not block; nil adds nothing.
func (t *Transport) WithWatch(watch func(ledger.Record)) *Transport {
	c := *t
	if watch != nil {
		c.watch = append(slices.Clip(t.watch), watch)
	}
	return &c
}

// WithLabel returns a Transport that shares everything with t and calls label to set Endpoint, Stage and Test of each
// Done record before it is stored. label must not block or change other fields.
func (t *Transport) WithLabel(label func(*ledger.Record)) *Transport {
	c := *t
	c.label = label
	return &c
}

// WithToken returns a Transport that shares everything with t and authorizes requests with the tokens of ts. With nil,
// requests keep their own Authorization.
func (t *Transport) WithToken(ts oauth2.TokenSource) *Transport {
	c := *t
	c.token = ts
	return &c
}

// RoundTrip sends req to the platform inside its limits and returns the answer when its record is durable. A request to
// another host is given to the base transport unchanged.
//
// A request whose own Authorization the platform has rejected before is not sent: RoundTrip answers it with 401, marked
// by [GatewayHeader].
//
// Errors: a *[window.WaitError] or the context's error if the request was not admitted, [*GateError] if the gate does
// not work, [*TokenError] if there was no token or the platform has rejected it, [*UnreachableError] if the request
// could not be sent, [*NoAnswerError] if it was sent and no answer came, [*StoreError] if the record of the answer
// could not be stored.
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL == nil || !sameOrigin(t.cfg.Origin, req.URL) {
		if req.URL != nil && t.cfg.Elsewhere != nil {
			t.cfg.Elsewhere(req.URL.Host)
		}
		return t.cfg.Base.RoundTrip(req)
	}
	id, req, err := t.identify(req)
	if err != nil {
		closeBody(req)
		return nil, err
	}
	retried := false
	for n := 0; ; n++ {
		a := attempt{t: t, id: id, req: req}
		resp, err := a.run(n)
		if is[*RejectedError](err) && t.token == nil {
			return gatewayError(err).response(req), nil // its client may have a way to renew the token
		}
		if err == nil && !retried && a.retryable401() {
			_ = resp.Body.Close()
			retried = true
			continue
		}
		if err == nil || n == resends || !a.resendable(err) {
			return resp, err
		}
		if n == resends-1 {
			// Every idle connection may be closed, as after a restart of the server. Without them the last attempt
			// gets a new connection, unless another request makes one idle in between.
			t.CloseIdleConnections()
		}
	}
}

// CloseIdleConnections closes the base transport's idle connections, if it supports that.
func (t *Transport) CloseIdleConnections() {
	if c, ok := t.cfg.Base.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

// sameOrigin compares scheme, host and port. A missing port is the default of the scheme.
func sameOrigin(a, b *url.URL) bool {
	return strings.EqualFold(a.Scheme, b.Scheme) &&
		(strings.EqualFold(a.Host, b.Host) || strings.EqualFold(hostPort(a), hostPort(b)))
}

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[strings.ToLower(u.Scheme)]
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// origin returns scheme and host of u.
func origin(u *url.URL) string {
	if u == nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}
