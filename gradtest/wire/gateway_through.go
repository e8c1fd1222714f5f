package wire

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// PassThrough is how a [Gateway] forwards the traffic of a program that knows nothing of it. Its functions may be
// called from several goroutines at once, and must not block.
type PassThrough struct {
	// Derive returns the transport of one request, such as one with an additional watcher. Nil: the Gateway's own.
	Derive func(*Transport, *http.Request) *Transport

	// Unrecorded is called with a record that could not be stored; the program gets its answer all the same. Nil: the
	// loss is not said.
	Unrecorded func(ledger.Record, error)

	// Failed is called with the error of each request that the Gateway answers itself. Nil: not called.
	Failed func(*http.Request, error)

	// Via is appended to the field Via of what is sent, so that a program recognizes its own requests. Empty: nothing.
	Via string

	// KeepHost sends the Host of the program's request. A server that makes absolute URLs from it makes those of the
	// Gateway. By default Host is the platform's.
	KeepHost bool
}

// NewPassThrough returns a Gateway that changes nothing for the program but the address of the platform:
//
//   - Bodies are handed on as they arrive, of any length and in both directions, with their trailers. The end of a 2xx
//     reaches the program when its record is durable.
//   - 101 Switching Protocols is an answer: WebSocket connections pass through, until one side closes them.
//   - A call whose record cannot be stored is answered like any other, since a program might repeat what it takes for
//     failed.
//   - Nothing is given up before the program does, except after an hour without a byte.
//   - A token that the platform has rejected is not held back.
//
// Everything else is as described at [Gateway]: the limits of t, the records, who may address it, and the answers when
// the platform gives none.
func NewPassThrough(t *Transport, p PassThrough) *Gateway {
	g := NewGateway(t)
	g.t.passes = &p // WithToken has made a copy
	g.through = &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { p.rewrite(r, routeOf(r.In)) },
		Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			return routeOf(r).transport.RoundTrip(r)
		}),
		FlushInterval: -1, // at once
		BufferPool:    new(copyBuffers),
		ErrorLog:      log.New(io.Discard, "", 0),
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			if p.Failed != nil {
				p.Failed(r, err)
			}
			_ = gatewayError(err).write(w) // a write fails when the client has closed the connection
		},
	}
	return g
}

// Origin returns a handler that forwards every request to another server of the platform, through the same limits and
// into the same records. It does not check how it is addressed; its caller does.
func (g *Gateway) Origin(origin *url.URL) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.forwardTo(w, r, g.t.withOrigin(origin), r.URL.EscapedPath())
	})
}

// withOrigin returns a Transport that shares everything with t and sends to another server.
func (t *Transport) withOrigin(origin *url.URL) *Transport {
	c := *t
	c.cfg.Origin = origin
	return &c
}

// passThrough forwards one request.
func (g *Gateway) passThrough(w http.ResponseWriter, r *http.Request) {
	if refusal, ok := g.unfit(r); ok {
		_ = refusal.write(w)
		return
	}
	t, path := g.view(r.URL.EscapedPath())
	g.forwardTo(w, r, t, path)
}

func (g *Gateway) forwardTo(w http.ResponseWriter, r *http.Request, t *Transport, path string) {
	to, err := destination(r, t.cfg.Origin, path)
	if err != nil {
		_ = unreadablePath().write(w)
		return
	}
	if derive := g.t.passes.Derive; derive != nil {
		t = derive(t, r)
	}
	r = r.WithContext(context.WithValue(r.Context(), routeKey{}, route{t, to}))
	if !strings.EqualFold(r.Header.Get("Upgrade"), "websocket") { // such as h2c, which is between the program and us
		r.Header = r.Header.Clone()
		r.Header.Del("Upgrade")
		r.Header.Del("Http2-Settings")
	}
	_ = http.NewResponseController(w).EnableFullDuplex() // HTTP/2 has it already
	g.through.ServeHTTP(w, r)
}

// route is where one request goes.
type route struct {
	transport *Transport
	to        *url.URL
}

type routeKey struct{}

func routeOf(r *http.Request) route { return r.Context().Value(routeKey{}).(route) }

// rewrite undoes what ReverseProxy changes besides what HTTP requires of a proxy.
func (p *PassThrough) rewrite(r *httputil.ProxyRequest, to route) {
	r.Out.URL = to.to
	r.Out.Trailer = r.In.Trailer // filled in when the body has been read
	r.Out.Host = ""
	if p.KeepHost {
		r.Out.Host = r.In.Host
	}
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"} {
		if values, ok := r.In.Header[name]; ok {
			r.Out.Header[name] = values
		}
	}
	if p.Via != "" {
		r.Out.Header.Add("Via", p.Via)
	}
}

func (p *PassThrough) unrecorded(r ledger.Record, err error) {
	if p.Unrecorded != nil {
		p.Unrecorded(r, err)
	}
}

// copyBuffers are the buffers with which bodies are copied.
type copyBuffers struct{ pool sync.Pool }

// Get returns a buffer.
func (c *copyBuffers) Get() []byte {
	if b, ok := c.pool.Get().(*[]byte); ok {
		return *b
	}
	return make([]byte, 32<<10)
}

// Put takes it back.
func (c *copyBuffers) Put(b []byte) { c.pool.Put(&b) }

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
