package gradtest

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest/internal/uncached"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// Session connects existing tests with the platform: the calls made through it stay inside the rate limits and are
// recorded. It is safe for concurrent use until it is closed or its test ends.
type Session struct {
	tb testing.TB // nil: made by Open
	s  *session

	limit timeLimit   // of -timeout
	ended atomic.Bool // what is not called was noted

	mu      sync.Mutex
	closers []func()
}

// Open begins a session that lasts until it is closed. Use it where there is no test, such as in TestMain for a client
// that all tests of a package share:
//
//	func TestMain(m *testing.M) {
//		session, err := gradtest.Open(context.Background(), app)
//		if err != nil {
//			log.Fatal(err)
//		}
//		client = session.Client()
//		code := m.Run()
//		session.Close()
//		os.Exit(code)
//	}
//
// The context bounds Open, not the session. With no test to fail, Gateway and Verdict panic where they would fail it.
func Open(ctx context.Context, app App) (*Session, error) {
	s, err := newSession(ctx, app)
	if err != nil {
		return nil, err
	}
	if err := s.prepareRun(ctx); err != nil {
		return nil, errors.Join(err, s.target.Close())
	}
	s.exploring.Store(true)
	sessionOpens(s.target.Scope)
	return &Session{s: s}, nil
}

// Close ends the session and the proxies of its Gateway. A session of [Start] is closed at the end of its test.
func (s *Session) Close() error {
	s.mu.Lock()
	closers := s.closers
	s.closers = nil
	s.mu.Unlock()
	for _, c := range closers {
		c()
	}
	s.s.waiting.end()
	if !s.ended.Swap(true) {
		s.s.noteUncalled(s.tb)
	}
	return s.s.target.Close()
}

// derive returns the transport of the session's clients. go test logs what a test opens only after TestMain has called
// Run, so the file that keeps it from caching the run is opened again with every call.
func (s *Session) derive(t *wire.Transport) *wire.Transport {
	if s.limit.ctx != nil {
		t = t.Until(s.limit.ctx)
	}
	if s.tb != nil {
		test := s.tb.Name()
		t = t.WithLabel(func(r *ledger.Record) { r.Test = test })
	}
	dir := s.s.target.Marks
	if s.tb != nil || dir == "" {
		return t
	}
	return t.WithWatch(func(ledger.Record) { _ = uncached.Mark(dir) }) // Open has returned the error of the first
}

func (s *Session) atEnd(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closers = append(s.closers, f)
}

// fails reports whether the session can fail its test. The methods of a fuzz test panic in its fuzz target.
func (s *Session) fails() bool {
	_, fuzz := s.tb.(*testing.F)
	return s.tb != nil && !fuzz
}

func (s *Session) helper() {
	if s.fails() {
		s.tb.Helper()
	}
}

func (s *Session) fatal(err error) {
	s.helper()
	if !s.fails() {
		panic(err)
	}
	s.tb.Fatal(err)
}
