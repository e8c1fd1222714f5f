package redisstore

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// waitInterval is how often a session that waits asks whether there are new lines. It polls because the only
// alternative, a message for each append, would cost every append of every process a PUBLISH, also where no session
// waits.
const waitInterval = 100 * time.Millisecond

// Claims implements [ledger.Claimer]. A booking is one round trip when no other session has appended since this one
// last looked. Otherwise the server appends nothing and returns what is new, and the session decides again: of several
// sessions that book at the same moment one succeeds, so there is always progress.
//
// Sessions are seen as alive by their leases, which the answer to each booking contains for all owners of claims that
// the session has read. A process that was killed counts as silent when its lease has run out, after 1.5 s, and as dead
// a minute later.
func (s *Store) Claims(ctx context.Context, since time.Time) (ledger.Claims, error) {
	if s.closed.Load() {
		return nil, ErrClosed
	}
	c := &claims{
		store: s, owner: rand.Text()[:16], since: since, seen: make(map[string]int64), owners: make(map[string]*owner),
		renewed: make(chan struct{}),
	}
	if err := s.retry(ctx, "claim", func(ctx context.Context) error { return s.hold(ctx, c.owner) }); err != nil {
		return nil, err
	}
	if err := s.list(ctx); err != nil {
		s.giveUp(c.owner)
		return nil, err
	}
	c.open, c.end = context.WithCancel(context.Background())
	go func() {
		defer close(c.renewed)
		s.keepLease(c.open, c.owner, nil)
	}()
	return c, nil
}

// claims is a session's view of a Store.
type claims struct {
	store   *Store
	owner   string
	since   time.Time
	open    context.Context // ends with Close
	end     context.CancelFunc
	once    sync.Once
	renewed chan struct{} // closed when the lease is no longer renewed

	mu     sync.Mutex
	begun  bool
	seen   map[string]int64  // lines seen of each day, by key
	next   []ledger.Record   // read and not yet passed on
	owners map[string]*owner // other sessions that have booked calls
	ahead  time.Duration     // the server's clock minus this machine's
}

// owner is another session, by the last answer.
type owner struct {
	booked time.Time // its last booking
	life   ledger.Life
}

func (c *claims) Owner() string { return c.owner }

func (c *claims) Update(ctx context.Context, decide func(ledger.View) []ledger.Record) error {
	if err := c.usable(ctx); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.begin(ctx); err != nil {
		return err
	}
	for {
		records := decide(c.view())
		c.next = nil
		if err := validate(records); err != nil {
			return err
		}
		appended, err := c.transact(ctx, records)
		if err != nil || appended {
			return err
		}
	}
}

func (c *claims) Read(ctx context.Context, use func(ledger.View)) error {
	if err := c.usable(ctx); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	begun := c.begun
	if err := c.begin(ctx); err != nil {
		return err
	}
	if begun {
		if _, err := c.transact(ctx, nil); err != nil {
			return err
		}
	}
	use(c.view())
	c.next = nil
	return nil
}

func (c *claims) view() ledger.View {
	return ledger.View{Now: time.Now().Add(c.ahead), Fresh: c.next, Life: c.life}
}

// life returns what the last answer said about the owner of a booking. About any other session it asks the server.
func (c *claims) life(name string) ledger.Life {
	if o := c.owners[name]; o != nil {
		return o.life
	}
	ctx, cancel := context.WithTimeout(context.Background(), livenessLife)
	defer cancel()
	value, err := c.store.client.Get(ctx, c.store.lease(name)).Result()
	left := c.store.client.PTTL(ctx, c.store.lease(name))
	switch {
	case value == leaseClosed:
		return ledger.Dead
	case errors.Is(err, redis.Nil):
		return ledger.Silent
	case err != nil, left.Err() != nil:
		return ledger.Alive // without an answer it is left alone
	}
	return life(left.Val().Milliseconds(), 0)
}

// begin reads everything page by page before the first step, and what the last page did not have yet with one booking
// of nothing.
func (c *claims) begin(ctx context.Context) error {
	if c.begun {
		return nil
	}
	days, err := c.store.days(ctx, c.since)
	if err != nil {
		return err
	}
	c.next = nil
	var fault error
	c.store.yield(ctx, days, time.Time{}, func(r ledger.Record, err error) bool {
		fault = c.take(r, err)
		return fault == nil
	})
	if fault != nil {
		return fault
	}
	for _, d := range days {
		c.seen[d.key] = d.lines
	}
	if _, err := c.transact(ctx, nil); err != nil {
		return err
	}
	c.begun = true
	return nil
}

// take keeps a record for the next decision. Damaged lines are for the verdict to report.
func (c *claims) take(r ledger.Record, err error) error {
	switch {
	case errors.Is(err, ledger.ErrDamaged):
		return nil
	case err != nil:
		return err
	}
	c.next = append(c.next, r)
	if r.Kind == ledger.Claimed && r.Owner != c.owner {
		if c.owners[r.Owner] == nil {
			c.owners[r.Owner] = &owner{life: ledger.Alive} // until the next answer
		}
		o := c.owners[r.Owner]
		o.booked = r.At
	}
	return nil
}

func (c *claims) Wait(ctx context.Context) error {
	poll := time.NewTicker(waitInterval)
	defer poll.Stop()
	for {
		if err := c.usable(ctx); err != nil {
			return err
		}
		if changed, err := c.changed(ctx); changed || err != nil {
			return err
		}
		select {
		case <-poll.C:
		case <-c.open.Done():
			return ErrClosed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// changed reports whether lines were added that the session has not seen.
func (c *claims) changed(ctx context.Context) (bool, error) {
	c.mu.Lock()
	days := c.days(nil)
	c.mu.Unlock()
	counts := make([]*redis.IntCmd, len(days))
	err := c.store.retry(ctx, "claim", func(ctx context.Context) error {
		_, err := c.store.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i, day := range days {
				counts[i] = p.ZCard(ctx, day)
			}
			return nil
		})
		return err
	})
	if err != nil {
		return false, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, day := range days {
		if counts[i].Val() != c.seen[day] {
			return true, nil
		}
	}
	return false, nil
}

// Close gives up the lease at once. The bookings of the session are void then. It returns nil: if Redis does not
// answer, the lease runs out.
func (c *claims) Close() error {
	c.once.Do(func() {
		c.end()
		<-c.renewed
		if !c.store.closed.Load() {
			c.store.giveUp(c.owner)
		}
	})
	return nil
}

func (c *claims) usable(ctx context.Context) error {
	if c.open.Err() != nil || c.store.closed.Load() {
		return ErrClosed
	}
	return ctx.Err()
}
