package rcauth

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/oauth2"
)

// margin is the longest time before its expiry at which a token is replaced.
const margin = 60 * time.Second

// source caches the token that request returns. Unlike oauth2.ReuseTokenSource it holds no lock during a request, so
// that callers can leave when the context ends; its margin depends on the token's life; and it remembers failures.
type source struct {
	ctx     context.Context
	request func(context.Context) (*oauth2.Token, error) // one call at a time

	shared *sharedToken // nil: the token is not shared with other processes

	mu      sync.Mutex
	token   *oauth2.Token
	fresh   time.Time // when this process obtained token; zero: it was given, or another process obtained it
	proven  bool      // the platform has accepted token
	reject  string    // the last access token that the platform rejected
	ended   time.Time // when a token was rejected last and could be replaced
	renewal time.Time // when to replace token; zero: never
	failure error
	retry   time.Time     // when the next request may be sent; failure is returned before
	flight  chan struct{} // closed when the current request has ended; nil: there is none
}

func newSource(ctx context.Context, first *oauth2.Token, request func(context.Context) (*oauth2.Token, error)) *source {
	s := &source{ctx: ctx, request: request}
	if first != nil {
		s.accept(first, time.Now())
	}
	return s
}

// Token returns the current token, or waits for a new one.
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

// try returns a token, an error, or a channel to wait for before the next try.
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
	landed := s.depart()
	s.mu.Unlock()
	defer landed() // deferred, so that a panic in the transport does not leave other callers waiting for ever
	token, found, err := s.obtain()
	if err = s.arrived(token, found, err); err != nil {
		return nil, nil, err
	}
	return token, nil, nil
}

// depart makes other callers wait until the returned function is called. s.mu is locked.
func (s *source) depart() (landed func()) {
	done := make(chan struct{})
	s.flight = done
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.flight = nil
		close(done)
	}
}

// arrived takes in the result of a request, or of another process's (found).
func (s *source) arrived(token *oauth2.Token, found bool, err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if err != nil {
		s.failure, s.retry = err, now.Add(remembered(err))
		if token != nil {
			s.retry = now.Add(uncachedPause)
		}
		return err
	}
	s.accept(token, now)
	s.fresh = now
	if found {
		s.fresh = time.Time{}
	}
	return nil
}

// obtain requests a token, unless another process has a usable one. found reports which.
func (s *source) obtain() (token *oauth2.Token, found bool, err error) {
	if s.shared == nil {
		token, err = s.request(s.ctx)
		return token, false, err
	}
	s.mu.Lock()
	rejected := s.reject
	s.mu.Unlock()
	return s.shared.fetch(s.ctx, rejected, s.request)
}

func (s *source) accept(token *oauth2.Token, now time.Time) {
	s.token, s.proven, s.failure, s.renewal = token, false, nil, time.Time{}
	if !token.Expiry.IsZero() {
		s.renewal = token.Expiry.Add(-marginOf(token.Expiry.Sub(now)))
	}
}

// marginOf returns how long before its expiry a token of that life is replaced.
func marginOf(life time.Duration) time.Duration { return min(margin, life/10) }

// uncachedPause is how long the failure to cache a new token is remembered. A second attempt would probably fail too,
// and each takes one of the user's five sessions and one of the app's five token requests a minute.
const uncachedPause = time.Minute

// remembered returns how long a failure is returned before the next request.
func remembered(err error) time.Duration {
	e, ok := errors.AsType[*Error](err)
	switch {
	case !ok || e.Status == 0 && e.held:
		return 0
	case e.RetryAfter > 0 && (e.Status == 429 || e.Status >= 500):
		return e.RetryAfter
	case e.Status == 429 || e.Status == 503:
		return 30 * time.Second
	case e.Status >= 400 && e.Status < 500:
		return 60 * time.Second
	}
	return 10 * time.Second
}
