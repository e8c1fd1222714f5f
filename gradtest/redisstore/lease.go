package redisstore

import (
	"context"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// A lease shows that a process is there. It is a key that the process renews and that the server lets expire, so that
// no clock but the server's matters. The key outlives the lease by leaseMemory: how much is left of it tells when the
// lease ran out.
const (
	// livenessLife is how long a process counts as alive without renewing its lease.
	livenessLife = 1500 * time.Millisecond

	// livenessRenewal is how often a lease is renewed.
	livenessRenewal = 300 * time.Millisecond

	// leaseMemory is how long a lease that ran out or was given up is remembered.
	leaseMemory = time.Hour

	// leaseGone is how long after its lease ran out a session counts as silent. After that no request of it can be under
	// way any more: a request has a time-out.
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

// hold renews the lease of owner.
func (s *Store) hold(ctx context.Context, owner string) error {
	return s.client.Set(ctx, s.lease(owner), leaseHeld, livenessLife+leaseMemory).Err()
}

// keepLease renews the lease of owner until ctx ends, the store is closed, or idle, which may be nil, returns true. A
// renewal that fails is repeated; a Redis that does not answer is for the next booking to report.
func (s *Store) keepLease(ctx context.Context, owner string, idle func() bool) {
	tick := time.NewTicker(livenessRenewal)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		if s.closed.Load() || idle != nil && idle() {
			return
		}
		renewal, cancel := context.WithTimeout(ctx, livenessLife)
		_ = s.hold(renewal, owner)
		cancel()
	}
}

// giveUp ends the lease of owner, so that others need not wait until it runs out. If Redis does not answer, they wait.
func (s *Store) giveUp(owner string) {
	ctx, cancel := context.WithTimeout(context.Background(), livenessLife)
	defer cancel()
	_ = s.client.Set(ctx, s.lease(owner), leaseClosed, leaseMemory).Err()
}
