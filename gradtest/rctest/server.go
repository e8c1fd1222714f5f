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

// Server is a [Handler] that listens. Its fields are set by NewServer and Start and not to be changed.
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

// NewServer starts a server that closes with the test. It takes at most one Config; a mistake in it fails the test, and
// so does a [Fault] that was asked for and struck no call.
func NewServer(tb testing.TB, cfg ...Config) *Server {
	tb.Helper()
	if len(cfg) > 1 {
		tb.Fatalf("rctest: NewServer: %d configs given: give one", len(cfg))
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
			tb.Errorf("rctest: no call met the fault %s: make the call that it is for, or do not ask for it", f)
		}
	})
	return s
}

// Start starts a server outside tests; the caller closes it. It fails on a fault in the config and when no loopback
// port can be had.
func Start(cfg Config) (*Server, error) {
	h, err := NewHandler(cfg)
	if err != nil {
		return nil, err
	}
	listener := cfg.Listener
	if listener == nil {
		if listener, err = loopback(); err != nil {
			return nil, fmt.Errorf("rctest: start: no loopback port to listen on: set Config.Listener: %w", err)
		}
	}
	transport := &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}
	s := &Server{
		Handler: h, URL: address(listener),
		ClientID: h.credentials.ClientID, ClientSecret: h.credentials.ClientSecret, JWT: h.credentials.JWT,
		http:   &http.Server{Handler: h}, // no timeouts: a connection closed for idleness makes clients re-send
		client: &http.Client{Transport: transport},
		done:   make(chan struct{}),
	}
	if d, ok := listener.(dialer); ok {
		transport.DialContext = d.DialContext
	}
	go func() {
		defer close(s.done)
		_ = s.http.Serve(listener) // always an error: that of Close, or the listener's, which its owner sees
	}()
	return s, nil
}

// Client is a client that reaches the server. It sends no token by itself.
func (s *Server) Client() *http.Client { return s.client }

// Close stops listening and ends all connections, with requests under way cut off. It may be called more than once.
func (s *Server) Close() {
	s.once.Do(func() {
		s.client.CloseIdleConnections()
		_ = s.http.Close()
		<-s.done
	})
}

// dialer is what listeners of in-memory networks have.
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

// address is the server's base URL. A listener on all interfaces is reached by loopback.
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
