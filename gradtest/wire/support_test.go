package wire

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/internal/pipenet"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// memory is a Store whose appends can be watched, delayed and failed.
type memory struct {
	mu      sync.Mutex
	records []ledger.Record
	before  func() error // nil: nothing happens
}

func (m *memory) Append(_ context.Context, r ...ledger.Record) error {
	if m.before != nil {
		if err := m.before(); err != nil {
			return err
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.records = append(m.records, r...)
	return nil
}

func (m *memory) Records(context.Context, time.Time) iter.Seq2[ledger.Record, error] {
	return func(yield func(ledger.Record, error) bool) {
		for _, r := range m.all() {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (m *memory) all() []ledger.Record {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.records)
}

// gate admits every call at once and records how it is used.
type gate struct {
	mu       sync.Mutex
	admitted []window.Call
	settled  []window.Answer
	released []string
	refuse   error // of Admit
	fail     error // of Settle
}

func (g *gate) Admit(ctx context.Context, c window.Call) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.refuse != nil {
		return g.refuse
	}
	g.admitted = append(g.admitted, c)
	return ctx.Err()
}

func (g *gate) Settle(_ context.Context, _ window.Call, a window.Answer) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.settled = append(g.settled, a)
	return g.fail
}

func (g *gate) Release(_ context.Context, c window.Call) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.released = append(g.released, c.ID)
	return nil
}

func (g *gate) Limit(string) (window.Limit, bool) { return window.Limit{}, false }

// scene is a transport with its fake store and gate.
type scene struct {
	*Transport
	store *memory
	gate  *gate
}

func newScene(t testing.TB, server string, change ...func(*Config)) scene {
	t.Helper()
	u, err := url.Parse(server)
	require.NoError(t, err)
	w := scene{store: new(memory), gate: new(gate)}
	cfg := Config{Origin: u, Store: w.store, Gate: w.gate}
	for _, c := range change {
		c(&cfg)
	}
	w.Transport, err = New(cfg)
	require.NoError(t, err)
	t.Cleanup(w.CloseIdleConnections)
	return w
}

func (w scene) client() *http.Client { return &http.Client{Transport: w.Transport} }

// only returns the only record.
func (w scene) only(t testing.TB) ledger.Record {
	t.Helper()
	records := w.store.all()
	require.Len(t, records, 1)
	return records[0]
}

func static(token string) oauth2.TokenSource {
	return oauth2.StaticTokenSource(&oauth2.Token{AccessToken: token})
}

type sourceFunc func() (*oauth2.Token, error)

func (f sourceFunc) Token() (*oauth2.Token, error) { return f() }

type baseFunc func(*http.Request) (*http.Response, error)

func (f baseFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// inMemory serves h over net.Pipe, which virtual time requires, and returns a base transport for it.
func inMemory(t testing.TB, h http.Handler) http.RoundTripper {
	l := pipenet.Listen()
	server := &http.Server{Handler: h}
	go func() { _ = server.Serve(l) }()
	base := &http.Transport{DialContext: l.DialContext}
	t.Cleanup(func() {
		base.CloseIdleConnections()
		_ = server.Close()
	})
	return base
}

// raw answers every request head of a connection with the result of script. A nil or incomplete answer closes the
// connection.
func raw(t testing.TB, script func(conn, request int) []byte) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	var wg sync.WaitGroup
	t.Cleanup(func() { _ = l.Close(); wg.Wait() })
	wg.Go(func() {
		for n := 0; ; n++ {
			c, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() {
				defer c.Close()
				for i := 0; ; i++ {
					if _, err := readHead(c); err != nil {
						return
					}
					answer := script(n, i)
					if answer == nil {
						return
					}
					if _, err := c.Write(answer); err != nil || !bytes.HasSuffix(answer, []byte("\r\n\r\n")) {
						return
					}
				}
			})
		}
	})
	return "http://" + l.Addr().String()
}

// readHead reads up to the empty line.
func readHead(r io.Reader) (string, error) {
	var head []byte
	one := make([]byte, 1)
	for {
		if _, err := io.ReadFull(r, one); err != nil {
			return string(head), err
		}
		head = append(head, one[0])
		if n := len(head); n >= 4 && string(head[n-4:]) == "\r\n\r\n" {
			return string(head), nil
		}
		if len(head) > 1<<16 {
			return "", errors.New("no end of head")
		}
	}
}

type oauth2Token = oauth2.Token

type dialer = func(context.Context, string, string) (net.Conn, error)

func dialError(err error) dialer {
	return func(context.Context, string, string) (net.Conn, error) { return nil, err }
}

func dialForever(ctx context.Context, _, _ string) (net.Conn, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

type connKey struct{}

func connContext(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, c)
}
