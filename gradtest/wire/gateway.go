package wire

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/hostcheck"
)

// Gateway is a recording reverse proxy in front of the platform, for programs whose HTTP client cannot be replaced:
// they use its URL as the server's. It forwards method, path, query, headers and body unchanged, including the
// client's own Authorization, except for what HTTP requires of a proxy: Host is the platform's, and hop-by-hop fields
// are removed.
//
// It always answers with one complete HTTP response after its record is durable, since ringcentral-go ends the
// process on any transport error. If the platform gave no answer, the response is 502, 504 or, if the rate limits
// delay the call too long, 429 with Retry-After. A call with an access token that the platform has rejected before is
// not forwarded and gets 401. The body has the platform's error format with a code that begins with "Gateway", and
// [GatewayHeader] is set. Bodies are buffered completely, in both directions, up to 64 MiB: a longer request is
// answered 413, a longer answer of the platform 502.
//
// It is no door for others: it answers only to loopback names, to the address on which a request arrived and to the
// names of Allow (else 421), and takes no requests of web pages (403).
//
// Redirects are passed on, not followed. Absolute URLs in answers (uri, navigation, Location) are not changed: a
// client that uses one bypasses the Gateway, and its call is not recorded.
//
// A Gateway is an [http.Handler]. After Start it also serves on its own loopback port. It is safe for concurrent use.
type Gateway struct {
	t    *Transport
	most int64 // bytes of a body

	through http.Handler // forwards what passes through; nil: everything is buffered

	mu     sync.Mutex
	views  map[uint64]*Transport // by the number in the path prefix
	last   uint64
	hosts  hostcheck.Hosts
	url    string
	server *http.Server
}

// GatewayHeader is set on responses of the Gateway itself, when there is no answer of the platform. Its value is the
// code.
const GatewayHeader = "X-Gradtest-Gateway"

// viewPrefix is the prefix of the paths of View. No path of the platform begins with it.
const viewPrefix = "/-/"

// NewGateway returns a Gateway that uses the limits, the store and the watchers of t, but not its token: the client
// authorizes its requests itself.
func NewGateway(t *Transport) *Gateway {
	return &Gateway{t: t.WithToken(nil), most: gatewayBody, views: make(map[uint64]*Transport)}
}

// Start serves on a free loopback port until Close is called.
func (g *Gateway) Start() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.server != nil {
		return errors.New("wire: the gateway is already started: call Start once")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("wire: the gateway cannot listen on 127.0.0.1: allow loopback connections: %w", err)
	}
	g.url = "http://" + l.Addr().String()
	g.server = &http.Server{Handler: g, ReadHeaderTimeout: time.Minute, ReadTimeout: 10 * time.Minute}
	go func() { _ = g.server.Serve(l) }() // ends with ErrServerClosed
	return nil
}

// Allow sets the host names by which clients may address the gateway besides loopback names and its own address. It is
// for a Gateway that is the handler of a server on a network.
func (g *Gateway) Allow(hosts ...string) error {
	allowed, err := hostcheck.Allow(hosts...)
	if err != nil {
		return fmt.Errorf("wire: gateway: %w", err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.hosts = allowed
	return nil
}

// URL returns the base URL after Start, without a trailing slash.
func (g *Gateway) URL() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.url
}

// View returns a base URL whose calls use the Transport that derive returns, such as one with an additional watcher,
// until done is called. After that they are forwarded and recorded like any other. The base URL is URL plus the path
// prefix /-/n. Without Start it is only the prefix, to be appended to the URL of the server that has the Gateway as
// its handler.
func (g *Gateway) View(derive func(*Transport) *Transport) (baseURL string, done func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.last++
	n := g.last
	g.views[n] = derive(g.t)
	return g.url + viewPrefix + strconv.FormatUint(n, 10), func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		delete(g.views, n)
	}
}

// Close stops listening. It waits up to five seconds for the calls in flight.
func (g *Gateway) Close() error {
	g.mu.Lock()
	server := g.server
	g.mu.Unlock()
	if server == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return server.Close()
	}
	return nil
}

// ServeHTTP forwards one request.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if g.through != nil {
		g.passThrough(w, r)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, g.most)
	// A write fails when the client has closed the connection. No response can reach it then.
	_ = g.answer(r).write(w)
}

// view returns the transport for a request's path, and the path without the prefix of the view.
func (g *Gateway) view(path string) (*Transport, string) {
	rest, ok := strings.CutPrefix(path, viewPrefix)
	if !ok {
		return g.t, path
	}
	number, rest, _ := strings.Cut(rest, "/")
	n, err := strconv.ParseUint(number, 10, 64)
	if err != nil {
		return g.t, path
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if t := g.views[n]; t != nil {
		return t, "/" + rest
	}
	return g.t, "/" + rest
}
