package rcauth

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/oauth2"
)

// margin is how long before its end a token is replaced, at most.
const margin = 60 * time.Second

// source caches what fetch returns. Unlike oauth2.ReuseTokenSource it holds no lock while it waits, measures the
// margin by the token's life and remembers failures.
type source struct {
	ctx   context.Context
	fetch func(context.Context) (*oauth2.Token, error) // never called twice at once

	shared *shared // nil: not shared with other processes

	mu      sync.Mutex
	token   *oauth2.Token
	fresh   time.Time // when token was obtained here; zero: by another process, or given
	reject  string    // the access token that the platform has rejected last
	renewal time.Time // when token has to be replaced; zero: never
	failure error
	retry   time.Time     // until then failure stands
	flight  chan struct{} // closed when the request under way has ended; nil: none is
}

func newSource(ctx context.Context, first *oauth2.Token, fetch func(context.Context) (*oauth2.Token, error)) *source {
	s := &source{ctx: ctx, fetch: fetch}
	if first != nil {
		s.accept(first, time.Now())
	}
	return s
}

// Token returns the token at hand, or waits for a new one.
func (s *source) Token() (*oauth2.Token, error) {
	for {
		token, wait, err := s.try()
		if wait == nil {
			return token, err
		}
		select {
		case <-wait:
		case <-s.ctx.Done():
			return nil, s.ctx.Err()
		}
	}
}

// try returns a token or an error, or a channel to wait for before trying again.
func (s *source) try() (token *oauth2.Token, wait <-chan struct{}, err error) {
	s.mu.Lock()
	now := time.Now()
	switch {
	case s.token != nil && (s.renewal.IsZero() || now.Before(s.renewal)):
		defer s.mu.Unlock()
		return s.token, nil, nil
	case s.failure != nil && now.Before(s.retry):
		defer s.mu.Unlock()
		return nil, nil, s.failure
	case s.flight != nil:
		defer s.mu.Unlock()
		return nil, s.flight, nil
	}
	landed := make(chan struct{})
	s.flight = landed
	s.mu.Unlock()

	// Deferred, so that a panic in the transport does not leave the others waiting.
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.flight = nil
		close(landed)
	}()
	token, found, err := s.obtain()
	s.mu.Lock()
	defer s.mu.Unlock()
	now = time.Now()
	if err != nil {
		s.failure, s.retry = err, now.Add(remembered(err))
		if token != nil {
			s.retry = now.Add(unkept)
		}
		return nil, nil, err
	}
	s.accept(token, now)
	s.fresh = now
	if found {
		s.fresh = time.Time{}
	}
	return token, nil, nil
}

// obtain asks for a token, or finds that another process has.
func (s *source) obtain() (token *oauth2.Token, found bool, err error) {
	if s.shared == nil {
		token, err = s.fetch(s.ctx)
		return token, false, err
	}
	s.mu.Lock()
	rejected := s.reject
	s.mu.Unlock()
	return s.shared.fetch(s.ctx, rejected, s.fetch)
}

// newborn is the age below which a rejected token says that something else is wrong than its age.
const newborn = time.Minute

// Reject tells that the platform does not take token, and reports whether another one may do better: one obtained just
// now would not. The next Token is another one; of several callers with the same token, and of several processes that
// share it, only one asks for it.
func (s *source) Reject(token *oauth2.Token) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.token == nil || token.AccessToken != s.token.AccessToken {
		return token.AccessToken == s.reject || s.token != nil // about to be replaced, or replaced already
	}
	if !s.fresh.IsZero() && time.Since(s.fresh) < newborn {
		return false
	}
	s.token, s.reject = nil, token.AccessToken
	return true
}

func (s *source) accept(token *oauth2.Token, now time.Time) {
	s.token, s.failure, s.renewal = token, nil, time.Time{}
	if !token.Expiry.IsZero() {
		s.renewal = token.Expiry.Add(-marginOf(token.Expiry.Sub(now)))
	}
}

// marginOf is how long before its end a token of that life is replaced.
func marginOf(life time.Duration) time.Duration { return min(margin, life/10) }

// unkept is how long a failure to share a token that had been obtained stands: the next token would hardly fare better, and
// each takes one of the user's five sessions and one of the app's five token requests a minute.
const unkept = time.Minute

// remembered is how long a failure stands before the server is asked again.
func remembered(err error) time.Duration {
	e, ok := errors.AsType[*Error](err)
	switch {
	case !ok || e.Status == 0 && e.held:
		return 0
	case e.Status == 429 || e.Status == 503:
		if e.RetryAfter > 0 {
			return e.RetryAfter
		}
		return 30 * time.Second
	case e.Status >= 400 && e.Status < 500:
		return 60 * time.Second
	}
	return 10 * time.Second
}
