package rcauth

import (
	"context"
	"errors"
	"time"

	"golang.org/x/oauth2"
)

// newTokenAge is the age up to which the rejection of a token is not explained by its age or by another session.
const newTokenAge = time.Minute

// Reject records that the platform rejected token, and reports whether a call with another token may succeed. It does
// not if this one was obtained just now and was never accepted, or if the one before was rejected just now as well: two
// programs may be ending each other's sessions. Otherwise the next Token returns another one. If several callers, or
// processes that share the token, reject it, it is replaced once.
func (s *source) Reject(token *oauth2.Token) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.token == nil || token.AccessToken != s.token.AccessToken {
		return token.AccessToken == s.reject || s.token != nil // it is being replaced, or has been
	}
	return s.replace()
}

// Doubt gives up a token that this process found in the cache and has not seen accepted: the next Token requests a new
// one. For a caller that cannot afford the one error that trying it may cost.
func (s *source) Doubt(token *oauth2.Token) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.token != nil && s.token.AccessToken == token.AccessToken && !s.proven && s.fresh.IsZero() {
		s.reject, s.token = token.AccessToken, nil
	}
}

// replace gives up the current token, if a new one may be accepted. s.mu is locked.
func (s *source) replace() bool {
	now := time.Now()
	recent := func(t time.Time) bool { return !t.IsZero() && now.Sub(t) < newTokenAge }
	if recent(s.fresh) && (!s.proven || recent(s.ended)) {
		return false
	}
	s.reject, s.ended, s.token = s.token.AccessToken, now, nil
	return true
}

// trusted is how long the acceptance of a token by one process speaks for the calls of others. Later it may have been
// revoked.
const trusted = time.Second

// held is how long a process keeps the others from trying a token while it waits for the answer to its own call.
const held = 5 * time.Second

// errKept ends the exclusive right of a process without a change of the cached token.
var errKept = errors.New("rcauth: the cached token stays")

// Prove waits until no other process tries token. If finish is not nil, it is this process's turn: the caller makes a
// call and then calls finish with how the platform received the token; neither means that this is not known. After a
// rejection the source obtains a new token before it lets others go on, so that over all processes one call fails.
// Without finish, either another process has just seen the token accepted or, if replaced is true, Token now returns
// another one.
//
// The turn is the exclusive right of [TokenCache].Fetch. It lasts for five seconds at most, besides the request for a
// new token.
func (s *source) Prove(ctx context.Context, token *oauth2.Token) (finish func(accepted, rejected bool), replaced bool) {
	if s.shared == nil {
		return func(accepted, _ bool) { s.mark(token, accepted) }, false
	}
	t := &turn{
		s: s, token: token, begun: make(chan struct{}), ended: make(chan reception, 1),
		known: make(chan struct{}), over: make(chan struct{}),
	}
	waiting, cancel := context.WithCancel(s.ctx)
	stop := context.AfterFunc(ctx, cancel) // the turn itself, with its request for a token, outlasts the call
	go func() {
		defer cancel()
		defer close(t.over)
		t.take(waiting)
	}()
	select {
	case <-t.begun:
		stop()
		return t.finish, false
	case <-t.over:
		stop()
	}
	switch {
	case t.other != nil:
		s.mu.Lock()
		s.accept(t.other, time.Now())
		s.fresh = time.Time{}
		s.mu.Unlock()
		return nil, true
	case t.proven:
		s.mark(token, true)
		return nil, false
	}
	return func(accepted, _ bool) { s.mark(token, accepted) }, false // the cache does not work: the next Token reports it
}

// mark records that the platform accepted token.
func (s *source) mark(token *oauth2.Token, accepted bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if accepted && s.token != nil && s.token.AccessToken == token.AccessToken {
		s.proven = true
	}
}

// reception is how the platform received a token; neither: not known.
type reception struct{ accepted, rejected bool }

// turn is one process's turn to try a token.
type turn struct {
	s     *source
	token *oauth2.Token
	begun chan struct{}  // closed when the caller may try
	ended chan reception // how that went
	known chan struct{}  // closed when it is decided what follows a rejection
	over  chan struct{}  // closed when the turn has ended, or none was needed

	proven bool          // another process has just seen the token accepted
	other  *oauth2.Token // another process has replaced it
}

func (t *turn) finish(accepted, rejected bool) {
	t.s.mark(t.token, accepted)
	t.ended <- reception{accepted, rejected}
	if rejected {
		select {
		case <-t.known:
		case <-t.over:
		}
	}
}

// take waits for the turn and holds it.
func (t *turn) take(ctx context.Context) {
	shared := t.s.shared
	left := time.Until(t.token.Expiry)
	life := left // of the cached token when it was new
	_, _ = shared.cache.Fetch(ctx, func(sealed []byte, remaining time.Duration) bool {
		c, ok := shared.open(sealed)
		switch {
		case !ok || remaining <= marginOf(c.Life):
			return false
		case c.AccessToken != t.token.AccessToken:
			if t.s.rejected() == c.AccessToken {
				return false
			}
			t.other = c.token(remaining)
			return true
		}
		left, life = remaining, c.Life
		age := c.Accepted - remaining
		t.proven = c.Accepted > 0 && age >= 0 && age < trusted
		return t.proven
	}, func(ctx context.Context) ([]byte, time.Duration, error) {
		close(t.begun)
		r := t.await(ctx)
		switch {
		case r.accepted && left > 0:
			sealed, err := shared.close(t.token, life, left)
			return sealed, left, err
		case r.rejected:
			return t.renew(ctx)
		}
		return nil, 0, errKept
	})
}

// await returns how the platform received the token; not known after a while, or when the turn is lost.
func (t *turn) await(ctx context.Context) reception {
	select {
	case r := <-t.ended:
		return r
	case <-time.After(held):
	case <-ctx.Done():
	}
	return reception{}
}

// renew obtains a new token while no other process can try the old one.
func (t *turn) renew(ctx context.Context) ([]byte, time.Duration, error) {
	s := t.s
	s.mu.Lock()
	current := s.token != nil && s.token.AccessToken == t.token.AccessToken
	if current && !s.replace() || !current && s.reject != t.token.AccessToken {
		s.mu.Unlock()
		return nil, 0, errKept
	}
	if s.flight == nil { // otherwise a caller of Token waits for the end of this turn already
		defer s.depart()()
	}
	s.mu.Unlock()
	close(t.known)
	token, err := s.request(ctx)
	if err := s.arrived(token, false, err); err != nil {
		return nil, 0, err
	}
	return s.shared.closeNew(token)
}

func (s *source) rejected() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reject
}
