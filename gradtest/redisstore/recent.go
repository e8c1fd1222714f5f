package redisstore

import (
	"context"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Within implements [ledger.DistantClaims]. What other requests of the process have shown of the store, for example
// those for slots, counts as a look at it.
func (c *claims) Within(age time.Duration) ledger.Claims { return recentClaims{c, age} }

type recentClaims struct {
	*claims
	age time.Duration
}

func (c recentClaims) Update(ctx context.Context, decide func(ledger.View) []ledger.Record) error {
	return c.update(ctx, c.age, decide)
}

func (c recentClaims) Read(ctx context.Context, use func(ledger.View)) error {
	return c.read(ctx, c.age, use)
}

// recent reports whether the session knew everything at some time within the last age, and has not heard of more since.
func (c *claims) recent(age time.Duration) bool {
	if age <= 0 || c.version == 0 {
		return false
	}
	c.store.mu.Lock()
	heard, shown := c.news.version, c.store.shown
	c.store.mu.Unlock()
	if heard > c.version || shown.version > c.version {
		return false
	}
	if time.Since(c.looked) < age {
		return true
	}
	for _, o := range c.owners {
		if o.life != ledger.Dead { // only a transaction shows whether the session is still there
			return false
		}
	}
	return shown.version == c.version && time.Since(shown.at) < age
}

// shownVersion is the version of the evidence by the last reply.
type shownVersion struct {
	version int64
	at      time.Time // when the reply arrived
}

// show takes in the version that a reply has shown.
func (s *Store) show(version int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown = shownVersion{version, time.Now()}
}

// version asks for the version of the evidence; 0: there is none.
func (s *Store) version(ctx context.Context) (int64, error) {
	text, err := s.client.Get(ctx, s.key("version")).Result()
	if err == redis.Nil {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(text, 10, 64)
}
