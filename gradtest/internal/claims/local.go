package claims

import (
	"context"
	"crypto/rand"
	"errors"
	"iter"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

func newID() string { return rand.Text() }

// open opens the claims of a store, or local ones for a store that has none.
func open(ctx context.Context, s ledger.Store, since time.Time) (ledger.Claims, error) {
	if c, ok := s.(ledger.Claimer); ok {
		return c.Claims(ctx, since)
	}
	l := &local{store: s, since: since, owner: newID(), closed: make(chan struct{})}
	if f, ok := s.(ledger.Follower); ok {
		var err error
		if l.next, err = f.Follow(ctx, since); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// pollInterval is how often local claims look for the calls of other processes, where the store can be followed.
const pollInterval = 500 * time.Millisecond

// local are the claims of one session on a store that books none. The bookings hold within the session; the calls of
// others are seen when they are over, where the store can be followed.
type local struct {
	store  ledger.Store
	since  time.Time
	owner  string
	next   func(context.Context) iter.Seq2[ledger.Record, error] // nil: the store cannot be followed
	closed chan struct{}
	once   sync.Once

	mu     sync.Mutex
	begun  bool
	polled time.Time
}

func (l *local) Owner() string { return l.owner }

func (l *local) Update(ctx context.Context, decide func(ledger.View) []ledger.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	v := ledger.View{Now: time.Now(), Life: func(string) ledger.Life { return ledger.Alive }}
	var err error
	if v.Fresh, err = l.read(ctx, v.Now); err != nil {
		return err
	}
	decide(v)
	return nil
}

// read returns the records that are new. Those that cannot be read are for the verdict to report.
func (l *local) read(ctx context.Context, now time.Time) (fresh []ledger.Record, err error) {
	records := l.store.Records(ctx, l.since)
	switch {
	case !l.begun:
	case l.next != nil && now.Sub(l.polled) >= pollInterval:
		records = l.next(ctx)
	default:
		return nil, nil
	}
	l.begun, l.polled = true, now
	for r, err := range records {
		switch {
		case err == nil:
			fresh = append(fresh, r)
		case !errors.Is(err, ledger.ErrDamaged):
			return nil, err
		}
	}
	return fresh, nil
}

func (l *local) Read(ctx context.Context, use func(ledger.View)) error {
	return l.Update(ctx, func(v ledger.View) []ledger.Record { use(v); return nil })
}

func (l *local) Wait(ctx context.Context) error {
	var poll <-chan time.Time
	if l.next != nil {
		poll = time.After(pollInterval)
	}
	select {
	case <-poll:
		return nil
	case <-l.closed:
		return ledger.ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *local) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}
