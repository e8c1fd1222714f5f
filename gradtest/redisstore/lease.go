package redisstore

import (
	"context"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// A lease shows that a process is there. It is a key that the process renews and that the server lets expire, so that
// no clock but the server's matters. The key outlives the lease by leaseMemory: how much is left of it tells when the
// lease ran out.
const (
	// livenessLife is how long a process counts as alive without renewing its lease.
	livenessLife = time.Second

	// livenessRenewal is how often a lease is renewed.
	livenessRenewal = 250 * time.Millisecond

	// leaseMemory is how long a lease that ran out or was given up is remembered.
	leaseMemory = time.Hour

	// leaseGone is how long after its lease ran out a session counts as silent. After that no request of it can be
	// under way any more: a request has a time-out.
	leaseGone = window.DefaultTimeout + 2*time.Second
)

// Values of a lease.
const (
	leaseHeld   = "held"
	leaseClosed = "closed" // transact.lua knows it
)

// What transact.lua returns for a lease instead of how long it is kept.
const (
	leaseGivenUp = -1
	leaseNone    = -2
)

// life is what a lease says about its session. left is how long the key of the lease is kept, in milliseconds; idle is
// how long ago the session booked its last call.
func life(left int64, idle time.Duration) ledger.Life {
	silent := leaseMemory - time.Duration(left)*time.Millisecond
	switch {
	case left == leaseGivenUp, left == leaseNone && idle > leaseMemory:
		return ledger.Dead
	case left == leaseNone: // evicted, or lost with a server that forgot
		return ledger.Silent
	case silent < 0:
		return ledger.Alive
	case silent < leaseGone:
		return ledger.Silent
	}
	return ledger.Dead
}

func (s *Store) lease(owner string) string { return s.key("lease", owner) }

// leases are those that a store renews, all in one round trip.
type leases struct {
	mu    sync.Mutex
	held  map[string]func() bool // by owner: whether it is still needed; nil: until it is dropped
	stop  context.CancelFunc     // of the goroutine that renews them
	ended chan struct{}          // closed when it has ended; nil: there is none
}

// keepLease renews the lease of owner from now on, until needed returns false or the owner is dropped. A renewal that
// fails is repeated; a Redis that does not answer is for the next booking to report.
func (s *Store) keepLease(owner string, needed func() bool) {
	l := &s.leases
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held == nil {
		l.held = make(map[string]func() bool)
	}
	l.held[owner] = needed
	if l.ended == nil {
		var ctx context.Context
		ctx, l.stop = context.WithCancel(context.Background())
		l.ended = make(chan struct{})
		go s.renew(ctx, l.ended)
	}
}

// dropLease ends the renewals of a lease.
func (s *Store) dropLease(owner string) {
	l := &s.leases
	l.mu.Lock()
	delete(l.held, owner)
	last := len(l.held) == 0
	l.mu.Unlock()
	if last {
		l.end()
	}
}

// end ends the renewals of all leases.
func (l *leases) end() {
	l.mu.Lock()
	clear(l.held)
	ended := l.ended
	if ended != nil {
		l.stop()
	}
	l.mu.Unlock()
	if ended != nil {
		<-ended
	}
}

// renew ends when there are no more leases.
func (s *Store) renew(ctx context.Context, ended chan<- struct{}) {
	defer close(ended)
	tick := time.NewTicker(livenessRenewal)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
		owners := s.leases.due()
		if len(owners) == 0 {
			return
		}
		ctx, cancel := context.WithTimeout(ctx, livenessLife)
		_ = s.hold(ctx, owners...)
		cancel()
	}
}

// due lists the owners whose leases have to be renewed now. If there is none, the goroutine that renews them has to
// end.
func (l *leases) due() (owners []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for owner, needed := range l.held {
		if needed != nil && !needed() {
			delete(l.held, owner)
			continue
		}
		owners = append(owners, owner)
	}
	if len(owners) == 0 {
		l.ended = nil
	}
	return owners
}

// hold renews the leases of owners.
func (s *Store) hold(ctx context.Context, owners ...string) error {
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, owner := range owners {
			p.Set(ctx, s.lease(owner), leaseHeld, livenessLife+leaseMemory)
		}
		return nil
	})
	return err
}

// giveUp ends the lease of owner, so that others need not wait until it runs out. If Redis does not answer, they wait.
func (s *Store) giveUp(owner string) {
	ctx, cancel := context.WithTimeout(context.Background(), livenessLife)
	defer cancel()
	_ = s.client.Set(ctx, s.lease(owner), leaseClosed, leaseMemory).Err()
}
