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
		booked: make(map[string]bool), news: news{changed: make(chan struct{}, 1)},
	}
	held := make(chan error, 1)
	go func() {
		held <- s.retry(ctx, "claim", func(ctx context.Context) error { return s.hold(ctx, c.owner) })
	}()
	_, err := s.list(ctx)
	if err == nil {
		err = c.begin(ctx)
	}
	if err = errors.Join(err, <-held); err != nil {
		return nil, err
	}
	c.open, c.end = context.WithCancel(context.Background())
	s.keepLease(c.owner, nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions[c] = true
	return c, nil
}

// claims is a session's view of a Store.
type claims struct {
	store *Store
	owner string
	since time.Time
	open  context.Context // ends with Close
	end   context.CancelFunc
	once  sync.Once

	news   news            // guarded by Store.mu
	booked map[string]bool // ids of the session's bookings; guarded by Store.mu

	mu      sync.Mutex
	begun   bool
	seen    map[string]int64  // lines seen of each day, by key
	version int64             // of the evidence seen; 0: not known
	looked  time.Time         // when a transaction last returned
	next    []ledger.Record   // read and not yet passed on
	owners  map[string]*owner // other sessions that have booked calls
	ahead   time.Duration     // the server's clock minus this machine's
}

// owner is another session, by the last answer.
type owner struct {
	booked time.Time // its last booking
	life   ledger.Life
}

func (c *claims) Owner() string { return c.owner }

func (c *claims) Update(ctx context.Context, decide func(ledger.View) []ledger.Record) error {
	return c.update(ctx, 0, decide)
}

// update is Update. Where nothing is booked, what was appended within the last age may be missing.
func (c *claims) update(ctx context.Context, age time.Duration, decide func(ledger.View) []ledger.Record) error {
	if err := c.usable(ctx); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.begin(ctx); err != nil {
		return err
	}
	for {
		c.absorb()
		records := decide(c.view())
		c.next = nil
		if err := validate(records); err != nil {
			return err
		}
		if len(records) == 0 && c.recent(age) {
			return nil
		}
		appended, err := c.transact(ctx, records)
		if err != nil || appended {
			return err
		}
	}
}

func (c *claims) Read(ctx context.Context, use func(ledger.View)) error { return c.read(ctx, 0, use) }

// read is Read. What was appended within the last age may be missing.
func (c *claims) read(ctx context.Context, age time.Duration, use func(ledger.View)) error {
	if err := c.usable(ctx); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	begun := c.begun
	if err := c.begin(ctx); err != nil {
		return err
	}
	c.absorb()
	if begun && !c.recent(age) {
		if err := c.look(ctx); err != nil {
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

// begin reads everything before the first step, with bookings of nothing.
func (c *claims) begin(ctx context.Context) error {
	if c.begun {
		return nil
	}
	if err := c.look(ctx); err != nil {
		return err
	}
	c.begun = true
	return nil
}

// look reads what is new.
func (c *claims) look(ctx context.Context) error {
	for {
		current, err := c.transact(ctx, nil)
		if err != nil || current || c.version != 0 {
			return err
		}
	}
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

// Close gives up the lease at once. The bookings of the session are void then. It returns nil: if Redis does not
// answer, the lease runs out.
func (c *claims) Close() error {
	c.once.Do(func() {
		c.end()
		c.store.mu.Lock()
		delete(c.store.sessions, c)
		c.store.mu.Unlock()
		c.store.dropLease(c.owner)
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
