package redisstore

import (
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	mathrand "math/rand/v2"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/rcauth"
)

const (
	// leaseLife is how long a process has the right to request a token, unless it renews the lease. If the process
	// dies, the others wait for as long.
	leaseLife     = 15 * time.Second
	renewInterval = 5 * time.Second

	// Polling intervals while another process requests the token.
	shortestPoll = 10 * time.Millisecond
	longestPoll  = 250 * time.Millisecond

	// fenceLife is how long the fence counter lives without use: longer than any token, so that a fence is not given out
	// twice while it can matter.
	fenceLife = 5 * 24 * time.Hour
)

//go:embed lua/tokencache.lua
var tokenCacheSource string

var tokenCacheScript = redis.NewScript(tokenCacheSource)

// errLease ends the request of a process that has lost its lease.
var errLease = errors.New("redisstore: Redis could not be reached in time to renew the lease for the token request, " +
	"and another process may request a token now: run again")

// TokenCache returns the cache in which all processes of the app share the access token of one user. user identifies
// the credentials without containing them, for example by a hash.
//
// The process that requests the token holds a lease, which it renews during the request. Each lease has a higher fence
// number than the ones before, so that a token that arrives after its lease was lost does not replace a newer one. A
// cached token expires by the server's clock.
func (s *Store) TokenCache(user string) rcauth.TokenCache {
	token := s.key("token", user)
	return &tokenCache{store: s, keys: []string{token, token + ":lock", token + ":fence"}}
}

type tokenCache struct {
	store *Store
	keys  []string
}

// cacheEntry is the result of the script.
type cacheEntry struct {
	sealed []byte
	left   time.Duration
	fence  int64 // of the caller's lease; 0: another process has the lease
}

// Fetch implements [rcauth.TokenCache].
func (c *tokenCache) Fetch(ctx context.Context, usable func([]byte, time.Duration) bool,
	request func(context.Context) ([]byte, time.Duration, error)) ([]byte, error) {
	me := rand.Text()
	for pause := shortestPoll; ; pause = min(pause*3/2, longestPoll) {
		e, err := c.run(ctx, "get", me, 0, nil, 0)
		if err != nil {
			return nil, err
		}
		if e.sealed != nil && usable(e.sealed, e.left) {
			return e.sealed, nil
		}
		if e.sealed != nil {
			if e, err = c.run(ctx, "acquire", me, 0, nil, 0); err != nil {
				return nil, err
			}
		}
		if e.fence > 0 {
			return c.fetchWithLease(ctx, me, e, usable, request)
		}
		timer := time.NewTimer(pause/2 + mathrand.N(pause))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil, ctx.Err()
		}
	}
}

// fetchWithLease requests a token and stores it. e is the entry that came with the lease.
func (c *tokenCache) fetchWithLease(ctx context.Context, me string, e cacheEntry,
	usable func([]byte, time.Duration) bool, request func(context.Context) ([]byte, time.Duration, error)) ([]byte, error) {
	release := func() {
		// A failure is not worth reporting: the lease ends by itself.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commandTimeout)
		defer cancel()
		_, _ = c.run(ctx, "release", me, e.fence, nil, 0)
	}
	if e.sealed != nil && usable(e.sealed, e.left) { // another process stored it between get and acquire
		release()
		return e.sealed, nil
	}
	sealed, life, err := c.requestWithLease(ctx, me, e.fence, request)
	if err != nil {
		release()
		return nil, err
	}
	if life < time.Millisecond {
		release()
		return sealed, nil
	}
	_, err = c.run(context.WithoutCancel(ctx), "store", me, e.fence, sealed, life)
	return sealed, err
}

// requestWithLease calls request and renews the lease meanwhile. If it cannot be renewed in time, the context of
// request ends, because another process may send a request then.
func (c *tokenCache) requestWithLease(ctx context.Context, me string, fence int64,
	request func(context.Context) ([]byte, time.Duration, error)) ([]byte, time.Duration, error) {
	requesting, cancel := context.WithCancelCause(ctx)
	renewed := make(chan struct{})
	go func() {
		defer close(renewed)
		ticker := time.NewTicker(renewInterval)
		defer ticker.Stop()
		until := time.Now().Add(leaseLife - time.Second)
		for {
			select {
			case <-requesting.Done():
				return
			case <-ticker.C:
			}
			at := time.Now()
			within, done := context.WithDeadline(requesting, until)
			e, err := c.run(within, "renew", me, fence, nil, 0)
			done()
			if err != nil || e.fence != fence {
				cancel(errLease)
				return
			}
			until = at.Add(leaseLife - time.Second)
		}
	}()
	sealed, life, err := request(requesting)
	lost := errors.Is(context.Cause(requesting), errLease)
	cancel(nil)
	<-renewed
	if err != nil && lost {
		err = errors.Join(errLease, err)
	}
	return sealed, life, err
}

// run runs the script; see there for the verbs.
func (c *tokenCache) run(ctx context.Context, verb, me string, fence int64, sealed []byte, life time.Duration) (
	e cacheEntry, err error) {
	err = c.store.retry(ctx, "share the token", func(ctx context.Context) error {
		v, err := tokenCacheScript.Run(ctx, c.store.client, c.keys, verb, me, fence, leaseLife.Milliseconds(),
			sealed, life.Milliseconds(), fenceLife.Milliseconds()).Slice()
		if err != nil {
			return err
		}
		e = cacheEntry{}
		if text, ok := v[0].(string); ok && text != "" {
			e.sealed = []byte(text)
		}
		left, _ := v[1].(int64)
		e.left = time.Duration(left) * time.Millisecond
		e.fence, _ = v[2].(int64)
		return nil
	})
	return e, err
}
