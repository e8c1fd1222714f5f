package rctest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"
)

// Server is a [Handler] with a listener. NewServer and Start set its fields, which must not be changed.
type Server struct {
	*Handler
	URL          string // without a trailing slash
	ClientID     string
	ClientSecret string // empty for a public app
	JWT          string

	http   *http.Server
	client *http.Client
	done   chan struct{} // closed when Serve has returned
	once   sync.Once
}

// NewServer starts a server and closes it when the test ends. It takes at most one Config. A mistake in the config
// fails the test at once; a [Fault] that hit no call fails it at the end.
func NewServer(tb testing.TB, cfg ...Config) *Server {
	tb.Helper()
	if len(cfg) > 1 {
		tb.Fatalf("rctest: NewServer: %d configs given: give at most one", len(cfg))
	}
	var c Config
	if len(cfg) == 1 {
		c = cfg[0]
	}
	s, err := Start(c)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		s.Close()
		for _, f := range s.UnusedFaults() {
			tb.Errorf("rctest: fault %s hit no call: make the call that it is for, or remove the fault", f)
		}
	})
	return s
}

// Start starts a server outside tests. The caller closes it. Start fails if the config is invalid or no loopback port
// is free.
func Start(cfg Config) (*Server, error) { return start(cfg, htmlPages()) }

// Embed is [Start] for a server that no browser visits: instead of the consent page and the console page it answers
// 501. A program that calls only Embed is 3.7 MB smaller, because package html/template makes the linker keep every
// exported method.
func Embed(cfg Config) (*Server, error) { return start(cfg, noPages()) }

func start(cfg Config, shown pages) (*Server, error) {
	h, err := newHandler(cfg, shown)
	if err != nil {
		return nil, err
	}
	listener := cfg.Listener
	if listener == nil {
		if listener, err = loopback(); err != nil {
			return nil, fmt.Errorf("rctest: start: no loopback port is free: set Config.Listener: %w", err)
		}
	}
	transport := &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}
	s := &Server{
		Handler: h, URL: address(listener),
		ClientID: h.credentials.ClientID, ClientSecret: h.credentials.ClientSecret, JWT: h.credentials.JWT,
		http:   &http.Server{Handler: h}, // no timeouts: closing idle connections would make clients re-send requests
		client: &http.Client{Transport: transport},
		done:   make(chan struct{}),
	}
	if d, ok := listener.(dialer); ok {
		transport.DialContext = d.DialContext
	}
	go func() {
		defer close(s.done)
		_ = s.http.Serve(listener) // always an error: of Close, or of the listener, which its owner handles
	}()
	return s, nil
}

// Client returns a client for the server. It does not add tokens.
func (s *Server) Client() *http.Client { return s.client }

// Close stops listening and closes all connections, including those of requests in progress. It may be called
// repeatedly.
func (s *Server) Close() {
	s.once.Do(func() {
		s.client.CloseIdleConnections()
		_ = s.http.Close()
		<-s.done
	})
}

// dialer is implemented by listeners of in-memory networks.
type dialer interface {
	DialContext(ctx context.Context, network, address string) (net.Conn, error)
}

func loopback() (net.Listener, error) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err == nil {
		return l, nil
	}
	l, err6 := net.Listen("tcp6", "[::1]:0")
	if err6 == nil {
		return l, nil
	}
	return nil, errors.Join(err, err6)
}

// address returns the server's base URL. A listener on all interfaces is addressed by loopback.
func address(l net.Listener) string {
	tcp, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		return "http://emulator.invalid"
	}
	if tcp.IP.IsUnspecified() {
		tcp = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: tcp.Port}
	}
	return "http://" + tcp.String()
}
