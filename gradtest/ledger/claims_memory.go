package ledger

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"
	"time"
)

// Claims opens a view; see [Claimer].
func (m *Memory) Claims(ctx context.Context, since time.Time) (Claims, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c := &memoryClaims{m: m, owner: newOwner(), since: dayOf(since), read: make(map[day]int)}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.sessions == nil {
		m.sessions = make(map[string]bool)
	}
	m.sessions[c.owner] = true
	return c, nil
}

// newOwner returns an id for a session that no other session has.
func newOwner() string { return rand.Text()[:16] }

// memoryClaims is a view of a Memory. Its fields are guarded by m.mu.
type memoryClaims struct {
	m     *Memory
	owner string
	since day

	read map[day]int // records seen of each day
}

func (c *memoryClaims) Owner() string { return c.owner }

func (c *memoryClaims) Update(ctx context.Context, decide func(View) []Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.m.mu.Lock()
	defer c.m.mu.Unlock()
	if !c.m.sessions[c.owner] {
		return ErrClosed
	}
	records := decide(c.view())
	if len(records) == 0 {
		return nil
	}
	if err := validate(records); err != nil {
		return err
	}
	c.m.add(records)
	for i := range records {
		c.read[dayOf(records[i].At)]++
	}
	return nil
}

func (c *memoryClaims) Read(ctx context.Context, use func(View)) error {
	return c.Update(ctx, func(v View) []Record { use(v); return nil })
}

func (c *memoryClaims) view() View {
	v := View{Now: time.Now(), Life: c.life}
	for d, records := range c.m.days {
		if n := c.read[d]; d >= c.since && n < len(records) {
			v.Fresh = append(v.Fresh, records[n:]...)
			c.read[d] = len(records)
		}
	}
	slices.SortStableFunc(v.Fresh, func(a, b Record) int { return cmp.Compare(dayOf(a.At), dayOf(b.At)) })
	return v
}

func (c *memoryClaims) life(owner string) Life {
	if c.m.sessions[owner] {
		return Alive
	}
	return Dead
}

func (c *memoryClaims) Wait(ctx context.Context) error {
	c.m.mu.Lock()
	for d, records := range c.m.days {
		if d >= c.since && c.read[d] < len(records) {
			c.m.mu.Unlock()
			return nil
		}
	}
	if c.m.appended == nil {
		c.m.appended = make(chan struct{})
	}
	appended := c.m.appended
	c.m.mu.Unlock()
	select {
	case <-appended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *memoryClaims) Close() error {
	c.m.mu.Lock()
	defer c.m.mu.Unlock()
	delete(c.m.sessions, c.owner)
	if c.m.appended != nil { // its bookings are void
		close(c.m.appended)
		c.m.appended = nil
	}
	return nil
}
