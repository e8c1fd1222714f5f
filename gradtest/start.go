package gradtest

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

// Start begins a session that ends with the test. The calls that the test makes through it count like those of [Run],
// which then sends only what is still missing.
//
// tb may be a fuzz test, whose fuzz target uses the session, or a benchmark. In a fuzz test, Gateway and Verdict panic
// where they would fail it.
func Start(tb testing.TB, app App) *Session {
	tb.Helper()
	opened, err := Open(context.WithValue(tb.Context(), testName{}, tb.Name()), app)
	if errors.Is(err, errDeclaredOnly) {
		tb.Skip(err)
	}
	if err != nil {
		tb.Fatal(err)
	}
	opened.tb = tb
	var release func()
	opened.limit, release = timeLimitOf(tb)
	tb.Cleanup(release)
	tb.Cleanup(func() {
		if err := opened.Close(); err != nil {
			tb.Error(err)
		}
	})
	s := opened.s
	s.progress.to(tb.Output())
	tb.Cleanup(func() {
		if !opened.ended.Swap(true) {
			s.noteUncalled(tb)
		}
		s.progress.to(nil)
	})
	s.progress.once(s.origin())
	return opened
}

// Client returns an HTTP client that authorizes, limits and records what it sends to the platform.
func (s *Session) Client() *http.Client {
	return &http.Client{Transport: s.limit.transport(s.derive(s.s.target.Authorized()))}
}

// Transport returns the same for clients with a transport of their own: requests go through base (nil: the app's usual
// one). A request that carries an Authorization header keeps it.
func (s *Session) Transport(base http.RoundTripper) http.RoundTripper {
	t := s.s.target
	return &keepAuthorization{
		without: s.limit.transport(s.derive(t.Unauthorized()).WithBase(base)),
		with:    s.limit.transport(s.derive(t.Authorized()).WithBase(base)),
	}
}

// keepAuthorization authorizes only the requests that do not authorize themselves.
type keepAuthorization struct{ without, with http.RoundTripper }

func (k *keepAuthorization) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Header.Get("Authorization") != "" {
		return k.without.RoundTrip(req)
	}
	return k.with.RoundTrip(req)
}

// URL returns the server's base URL without a trailing slash.
func (s *Session) URL() string { return s.s.target.URL }

// Emulator reports whether the server is the embedded emulator, so that nothing is evidence for the real app.
func (s *Session) Emulator() bool { return s.s.target.Emulator }

// Gateway returns the base URL of a recording proxy in front of the server, for code whose HTTP client cannot be
// replaced. Such code authorizes itself, through the same base URL.
func (s *Session) Gateway() string {
	s.helper()
	base, done, err := s.s.target.Gateway(s.derive)
	if err != nil {
		s.fatal(err)
	}
	s.atEnd(done)
	return base
}

// Credentials returns those of the environment or of the embedded emulator, for code that authorizes itself.
func (s *Session) Credentials() Credentials { return Credentials(s.s.target.Credentials) }

// Verdict judges all evidence of the app, including that of other tests and processes.
func (s *Session) Verdict() criteria.Verdict {
	s.helper()
	v, err := s.s.verdict(context.Background())
	if err != nil {
		s.fatal(err)
	}
	return v
}
