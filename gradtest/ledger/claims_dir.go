package ledger

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"sync"
	"time"
)

// Claims implements [Claimer]: a booking is a record, made under the lock that all processes share.
func (d *Dir) Claims(ctx context.Context, since time.Time) (Claims, error) {
	if err := d.writable(ctx, "claim"); err != nil {
		return nil, err
	}
	p, err := d.shared.announce(ctx)
	if err != nil {
		return nil, err
	}
	return &dirClaims{
		dir: d, presence: p, since: since, closed: make(chan struct{}),
		in: &follower{dir: d, day: dayOf(since), read: make(map[day]int64)},
	}, nil
}

// dirClaims is a view of a Dir.
type dirClaims struct {
	dir      *Dir
	presence *presence
	since    time.Time
	closed   chan struct{}
	once     sync.Once

	mu   sync.Mutex // taken before the directory's lock
	in   *follower
	next []Record // read and not yet passed on
}

func (c *dirClaims) Owner() string { return c.presence.owner }

func (c *dirClaims) Update(ctx context.Context, decide func(View) []Record) error {
	if err := c.usable(ctx); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.in.read) == 0 { // all that there is: not under the lock
		if err := c.read(ctx); err != nil {
			return err
		}
	}
	f := c.dir.shared
	return f.locked(ctx, "claim", func() error {
		if err := c.readLocked(); err != nil {
			return err
		}
		records := decide(c.view())
		c.next = nil
		if len(records) == 0 {
			return nil
		}
		if err := validate(records); err != nil {
			return err
		}
		b, err := newBatch(records)
		if err != nil {
			return err
		}
		if err := f.add(b); err != nil {
			return err
		}
		for i := range b.parts {
			c.in.read[b.parts[i].day] = b.parts[i].file.end
		}
		return nil
	})
}

func (c *dirClaims) Read(ctx context.Context, use func(View)) error {
	if err := c.usable(ctx); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.read(ctx); err != nil {
		return err
	}
	use(c.view())
	c.next = nil
	return nil
}

func (c *dirClaims) view() View { return View{Now: time.Now(), Fresh: c.next, Life: c.dir.shared.life} }

// read takes in what is new.
func (c *dirClaims) read(ctx context.Context) error {
	spans, err := c.dir.shared.spans(ctx, c.in.day)
	if err != nil {
		return err
	}
	return c.take(spans)
}

// readLocked is read for a caller that holds the directory's lock.
func (c *dirClaims) readLocked() error {
	spans, err := c.dir.shared.list(c.in.day)
	if err != nil {
		return err
	}
	return c.take(spans)
}

// take reads the spans as far as they are new. Damaged lines are for the verdict to report.
func (c *dirClaims) take(spans []span) (err error) {
	for _, s := range spans {
		from := c.in.read[s.day]
		c.in.read[s.day] = s.size
		if s.size <= from && s.fault == nil {
			continue
		}
		c.in.scan(s, from, func(r Record, e error) bool {
			switch {
			case e == nil:
				c.next = append(c.next, r)
			case !errors.Is(e, ErrDamaged):
				err = e
			}
			return err == nil
		})
		if err != nil {
			c.in.read[s.day] = from
			return err
		}
	}
	return nil
}

// pollInterval is how often a session that waits looks for new records.
const pollInterval = 20 * time.Millisecond

func (c *dirClaims) Wait(ctx context.Context) error {
	poll := time.NewTicker(pollInterval)
	defer poll.Stop()
	for {
		if c.dir.closed.Load() || c.changed() {
			return nil
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

// changed reports whether a file has another size than was read.
func (c *dirClaims) changed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, d := range days(c.since, time.Now().Add(24*time.Hour)) {
		info, err := c.dir.shared.disk.Stat(filepath.Join(c.dir.shared.path, d.file()))
		if err != nil && !errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() != c.in.read[d] {
			return true
		}
	}
	return false
}

func (c *dirClaims) Close() (err error) {
	c.once.Do(func() {
		close(c.closed)
		err = c.presence.end()
	})
	return dirError("close", c.dir.shared.path, err)
}

func (c *dirClaims) usable(ctx context.Context) error {
	select {
	case <-c.closed:
		return ErrClosed
	default:
		return c.dir.usable(ctx)
	}
}
