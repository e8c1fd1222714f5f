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
)

// Gateway is a recording reverse proxy in front of the platform, for programs whose HTTP client cannot be replaced: they
// are given its URL as the server's. It forwards method, path, query, headers and body as they came, the client's own
// Authorization among them, and adds and repairs nothing, apart from what HTTP demands of a proxy: Host is the
// platform's, hop-by-hop fields end here.
//
// It always answers with one complete HTTP response, whose record is durable by then, since ringcentral-go ends the
// process on any transport error. Where the platform gave none, the answer is a 502, 504 or, when the rate limits do
// not let the call out, 429 with Retry-After; its body has the platform's error shape with a code that begins with
// "Gateway", and [GatewayHeader] is set. Bodies are buffered whole, in both directions.
//
// Redirects are passed on, not followed, and absolute URLs inside answers (uri, navigation, Location) are left alone: a
// client that follows one goes past the Gateway and is not counted.
//
// A Gateway serves as an [http.Handler] anywhere, or on a loopback port of its own after Start. It is safe for
// concurrent use.
type Gateway struct {
	t *Transport

	mu     sync.Mutex
	views  map[uint64]*Transport // by the number in the path prefix
	last   uint64
	url    string
	server *http.Server
}

// GatewayHeader is set on answers that the Gateway gave because the platform gave none. Its value is the answer's code.
const GatewayHeader = "X-Gradtest-Gateway"

// viewPrefix begins the paths of View. No path of the platform does.
const viewPrefix = "/-/"

// NewGateway returns a Gateway that sends through t's limits, records and watchers, and not with its token: the client
// authorizes its requests itself.
func NewGateway(t *Transport) *Gateway {
	return &Gateway{t: t.WithToken(nil), views: make(map[uint64]*Transport)}
}

// Start serves on a free loopback port until Close.
func (g *Gateway) Start() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.server != nil {
		return errors.New("wire: the gateway has been started: start it once")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("wire: the gateway cannot listen on 127.0.0.1: allow loopback connections: %w", err)
	}
	g.url = "http://" + l.Addr().String()
	g.server = &http.Server{Handler: g, ReadHeaderTimeout: time.Minute}
	go func() { _ = g.server.Serve(l) }() // ends with ErrServerClosed
	return nil
}

// URL is the base URL after Start, without a trailing slash.
func (g *Gateway) URL() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.url
}

// View returns a base URL whose calls go through the Transport that derive makes from the Gateway's, such as one with a
// watcher of its own, until done is called. After that they are forwarded and recorded like any other. The URL is a path
// prefix, /-/n, after URL; without Start it is the prefix alone, to put after the URL of the server that has the Gateway as
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

// Close stops listening, and waits five seconds for the calls in flight.
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
	// A body that breaks while it is written out is the client's own loss of connection; nothing can be told to it.
	_ = g.answer(r).write(w)
}

// view finds the transport that a request's path names, and the path without that name.
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
