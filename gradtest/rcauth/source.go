package rcauth

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/oauth2"
)

// margin is how long before its end a token is replaced.
const margin = 60 * time.Second

// source caches what fetch returns. Unlike oauth2.ReuseTokenSource it holds no lock while it waits, measures the
// margin by the token's life and remembers failures.
type source struct {
	ctx   context.Context
	fetch func(context.Context) (*oauth2.Token, error) // never called twice at once

	mu      sync.Mutex
	token   *oauth2.Token
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
	token, err = s.fetch(s.ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.failure, s.retry = err, time.Now().Add(remembered(err))
		return nil, nil, err
	}
	s.accept(token, time.Now())
	return token, nil, nil
}

func (s *source) accept(token *oauth2.Token, now time.Time) {
	s.token, s.failure, s.renewal = token, nil, time.Time{}
	if !token.Expiry.IsZero() {
		s.renewal = token.Expiry.Add(-min(margin, token.Expiry.Sub(now)/10))
	}
}

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
