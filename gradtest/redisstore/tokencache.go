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
	// lease is how long the right to ask for a token lasts without being renewed. Its owner's death holds up the others
	// for that long at most.
	lease  = 15 * time.Second
	renews = 5 * time.Second

	// Pauses between two looks at a token that somebody else is asking for.
	shortestLook = 10 * time.Millisecond
	longestLook  = 250 * time.Millisecond
)

//go:embed lua/tokencache.lua
var tokenCacheSource string

var tokenCacheScript = redis.NewScript(tokenCacheSource)

// errLease ends the request of a process that has lost its right to ask.
var errLease = errors.New("redisstore: the right to ask for a token has gone to another process, since Redis was not reached in time: run again")

// TokenCache returns the place where all processes of the app share the access token of a user, which must be named without
// giving anything away, such as by a hash of the credential. One process at a time asks for a token, by a lease that it
// renews while it asks; a token that comes after the lease has gone to somebody else does not replace a newer one.
// What is kept expires with the token, by the server's clock.
func (s *Store) TokenCache(user string) rcauth.TokenCache {
	token := s.key("token", user)
	return &tokenCache{store: s, keys: []string{token, token + ":lock", token + ":fence"}}
}

type tokenCache struct {
	store *Store
	keys  []string
}

// cacheEntry is what the script returns.
type cacheEntry struct {
	kept  []byte
	left  time.Duration
	fence int64 // of the lease; 0: somebody else has it
}

// Fetch implements [rcauth.TokenCache].
func (c *tokenCache) Fetch(ctx context.Context, good func([]byte, time.Duration) bool,
	ask func(context.Context) ([]byte, time.Duration, error)) ([]byte, error) {
	me := rand.Text()
	for pause := shortestLook; ; pause = min(pause*3/2, longestLook) {
		d, err := c.run(ctx, "look", me, 0, nil, 0)
		if err != nil {
			return nil, err
		}
		if d.kept != nil && good(d.kept, d.left) {
			return d.kept, nil
		}
		if d, err = c.run(ctx, "take", me, 0, nil, 0); err != nil {
			return nil, err
		}
		if d.fence > 0 {
			return c.use(ctx, me, d, good, ask)
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

// use has the lease.
func (c *tokenCache) use(ctx context.Context, me string, d cacheEntry, good func([]byte, time.Duration) bool,
	ask func(context.Context) ([]byte, time.Duration, error)) ([]byte, error) {
	back := func() {
		// A failure needs no word: the lease ends by itself.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commandTimeout)
		defer cancel()
		_, _ = c.run(ctx, "return", me, d.fence, nil, 0)
	}
	if d.kept != nil && good(d.kept, d.left) { // it was put there a moment ago
		back()
		return d.kept, nil
	}
	kept, life, err := c.asking(ctx, me, d.fence, ask)
	if err != nil {
		back()
		return nil, err
	}
	if life < time.Millisecond {
		back()
		return kept, nil
	}
	_, err = c.run(context.WithoutCancel(ctx), "keep", me, d.fence, kept, life)
	return kept, err
}

// asking calls ask and renews the lease meanwhile. When it cannot be renewed in time, ask's context ends: somebody else
// may ask by then.
func (c *tokenCache) asking(ctx context.Context, me string, fence int64, ask func(context.Context) ([]byte, time.Duration, error)) ([]byte, time.Duration, error) {
	asking, cancel := context.WithCancelCause(ctx)
	renewed := make(chan struct{})
	go func() {
		defer close(renewed)
		ticker := time.NewTicker(renews)
		defer ticker.Stop()
		until := time.Now().Add(lease - time.Second)
		for {
			select {
			case <-asking.Done():
				return
			case <-ticker.C:
			}
			at := time.Now()
			within, done := context.WithDeadline(asking, until)
			d, err := c.run(within, "renew", me, fence, nil, 0)
			done()
			if err != nil || d.fence != fence {
				cancel(errLease)
				return
			}
			until = at.Add(lease - time.Second)
		}
	}()
	kept, life, err := ask(asking)
	lost := errors.Is(context.Cause(asking), errLease)
	cancel(nil)
	<-renewed
	if err != nil && lost {
		err = errors.Join(errLease, err)
	}
	return kept, life, err
}

func (c *tokenCache) run(ctx context.Context, verb, me string, fence int64, keep []byte, life time.Duration) (d cacheEntry, err error) {
	err = c.store.try(ctx, "share the token", func(ctx context.Context) error {
		v, err := tokenCacheScript.Run(ctx, c.store.client, c.keys, verb, me, fence, lease.Milliseconds(), keep, life.Milliseconds(), fencesKept.Milliseconds()).Slice()
		if err != nil {
			return err
		}
		d = cacheEntry{}
		if text, ok := v[0].(string); ok && text != "" {
			d.kept = []byte(text)
		}
		left, _ := v[1].(int64)
		d.left = time.Duration(left) * time.Millisecond
		d.fence, _ = v[2].(int64)
		return nil
	})
	return d, err
}

// fencesKept outlives every token, so that no number is given twice while it could matter.
const fencesKept = 5 * 24 * time.Hour
