package redisstore

import (
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

const (
	// sessionLife is how long a session counts as alive without renewing its lease, by the server's clock.
	sessionLife = 1500 * time.Millisecond

	// sessionRenewal is how often a session renews its lease.
	sessionRenewal = 400 * time.Millisecond

	// waitInterval is how often a session that waits asks for new lines. The scripts of the gate have messages of their
	// own; bookings are rare enough to be polled.
	waitInterval = 100 * time.Millisecond
)

// Values of a lease. A lease that has run out has none.
const (
	leaseHeld   = "held"
	leaseClosed = "closed"
)

//go:embed lua/transact.lua
var transactSource string

var transactScript = redis.NewScript(transactSource)

// Claims implements [ledger.Claimer]. A booking is one round trip when no other session has appended since this one last
// looked. Otherwise the server returns what is new, and the session decides again.
func (s *Store) Claims(ctx context.Context, since time.Time) (ledger.Claims, error) {
	if s.closed.Load() {
		return nil, ErrClosed
	}
	c := &claims{
		store: s, owner: rand.Text()[:16], since: since, seen: make(map[string]int64), lives: make(map[string]ledger.Life),
		closed: make(chan struct{}), renewed: make(chan struct{}),
	}
	if err := c.renew(ctx); err != nil {
		return nil, err
	}
	if err := s.list(ctx); err != nil {
		return nil, err
	}
	go c.keepAlive()
	return c, nil
}

// claims is a session's view of a Store.
type claims struct {
	store   *Store
	owner   string
	since   time.Time
	once    sync.Once
	closed  chan struct{}
	renewed chan struct{} // closed when keepAlive has ended

	mu    sync.Mutex
	begun bool
	seen  map[string]int64       // lines seen of each day, by key
	next  []ledger.Record        // read and not yet passed on
	lives map[string]ledger.Life // of the owners of bookings, as of the last answer
	ahead time.Duration          // the server's clock minus this machine's
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
	if err := c.begin(ctx); err != nil {
		return err
	}
	if _, err := c.transact(ctx, nil); err != nil {
		return err
	}
	use(c.view())
	c.next = nil
	return nil
}

func (c *claims) view() ledger.View {
	return ledger.View{Now: time.Now().Add(c.ahead), Fresh: c.next, Life: c.life}
}

// life returns what the last answer said of the owner of a booking. Any other session is asked for.
func (c *claims) life(owner string) ledger.Life {
	if life, known := c.lives[owner]; known {
		return life
	}
	ctx, cancel := context.WithTimeout(context.Background(), sessionLife)
	defer cancel()
	value, err := c.store.client.Get(ctx, c.lease(owner)).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return ledger.Alive // what cannot be checked is left alone
	}
	return lifeOf(value)
}

// lifeOf is what the value of a lease says.
func lifeOf(lease string) ledger.Life {
	switch lease {
	case leaseHeld:
		return ledger.Alive
	case leaseClosed:
		return ledger.Dead
	}
	return ledger.Silent
}

// begin reads all that there is, page by page, before the first step.
func (c *claims) begin(ctx context.Context) error {
	if c.begun {
		return nil
	}
	days, err := c.store.days(ctx, c.since)
	if err != nil {
		return err
	}
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
		if _, known := c.lives[r.Owner]; !known {
			c.lives[r.Owner] = ledger.Alive // until the next answer
		}
	}
	return nil
}

// transact appends records if nothing is new, and otherwise reads what is. It reports whether it appended.
func (c *claims) transact(ctx context.Context, records []ledger.Record) (appended bool, err error) {
	s := c.store
	keys := []string{s.key("days")}
	days := c.days(records)
	args := []any{keep.Milliseconds(), len(days)}
	for _, day := range days {
		keys = append(keys, day)
		args = append(args, c.seen[day])
	}
	var owners []string
	for owner, life := range c.lives {
		if life != ledger.Dead {
			owners = append(owners, owner)
			keys = append(keys, c.lease(owner))
		}
	}
	own := make(map[string]bool)
	for _, r := range records {
		line, err := ledger.Encode(nil, r)
		if err != nil {
			return false, err
		}
		args = append(args, slices.Index(days, s.key("day", r.At.UTC().Format(dayLayout)))+1, line)
		own[string(line)] = true
	}
	var reply []any
	err = s.retry(ctx, "claim", func(ctx context.Context) error {
		reply, err = transactScript.Run(ctx, s.client, keys, args...).Slice()
		return err
	})
	if err != nil {
		return false, err
	}
	return c.accept(reply, days, owners, own)
}

// accept takes in the script's reply.
func (c *claims) accept(reply []any, days, owners []string, own map[string]bool) (appended bool, err error) {
	if len(reply) != 4 {
		return false, fmt.Errorf("redisstore: claim: the script returned %d values: another program uses the key names of gradtest", len(reply))
	}
	current, _ := reply[0].(int64)
	ms, _ := reply[1].(int64)
	c.ahead = time.Until(time.UnixMilli(ms))
	for i, lease := range list(reply[3]) {
		c.lives[owners[i]] = lifeOf(lease)
	}
	if current == 1 {
		for line := range own {
			r, err := ledger.Decode([]byte(line))
			if err != nil {
				return false, err
			}
			c.seen[c.store.key("day", r.At.UTC().Format(dayLayout))]++
		}
		return true, nil
	}
	news, _ := reply[2].([]any)
	for i, day := range news {
		for _, line := range list(day) {
			c.seen[days[i]]++
			if own[line] { // the reply to an earlier try was lost
				appended = true
				continue
			}
			if err := c.take(ledger.Decode([]byte(line))); err != nil {
				return false, err
			}
		}
	}
	return appended, nil
}

// list is a reply's list of texts.
func list(reply any) (texts []string) {
	values, _ := reply.([]any)
	for _, v := range values {
		text, _ := v.(string)
		texts = append(texts, text)
	}
	return texts
}

// days lists the keys of all days from since on to which records can be added now, and of those of the records.
func (c *claims) days(records []ledger.Record) (keys []string) {
	add := func(t time.Time) {
		if key := c.store.key("day", t.UTC().Format(dayLayout)); !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for t := c.since.UTC(); t.Before(time.Now().Add(48 * time.Hour)); t = t.Add(24 * time.Hour) {
		add(t)
	}
	for _, r := range records {
		add(r.At)
	}
	return keys
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
		case <-c.closed:
			return ErrClosed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// changed reports whether lines were added that the session has not seen.
func (c *claims) changed(ctx context.Context) (bool, error) {
	days := c.days(nil)
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

func (c *claims) lease(owner string) string { return c.store.key("lease", owner) }

func (c *claims) renew(ctx context.Context) error {
	return c.store.retry(ctx, "lease", func(ctx context.Context) error {
		return c.store.client.Set(ctx, c.lease(c.owner), leaseHeld, sessionLife).Err()
	})
}

// keepAlive renews the lease until the session is closed. What goes wrong is for the next booking to report.
func (c *claims) keepAlive() {
	defer close(c.renewed)
	tick := time.NewTicker(sessionRenewal)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			ctx, cancel := context.WithTimeout(context.Background(), sessionLife)
			_ = c.store.client.Set(ctx, c.lease(c.owner), leaseHeld, sessionLife).Err()
			cancel()
		case <-c.closed:
			return
		}
	}
}

// Close gives up the lease at once. The bookings of the session are void then.
func (c *claims) Close() (err error) {
	c.once.Do(func() {
		close(c.closed)
		<-c.renewed
		ctx, cancel := context.WithTimeout(context.Background(), sessionLife)
		defer cancel()
		if !c.store.closed.Load() {
			err = c.store.client.Set(ctx, c.lease(c.owner), leaseClosed, time.Hour).Err()
		}
	})
	return err
}

func (c *claims) usable(ctx context.Context) error {
	select {
	case <-c.closed:
		return ErrClosed
	default:
	}
	if c.store.closed.Load() {
		return ErrClosed
	}
	return ctx.Err()
}
