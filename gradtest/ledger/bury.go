package ledger

import (
	"context"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

const (
	// lifeInterval is how often a gate whose calls wait looks for sessions that have died.
	lifeInterval = time.Second

	// arrival is how long after the death of its process a request can still reach the server.
	arrival = 2 * time.Second
)

// announced returns the session under which this process takes slots, and announces it first if necessary. It is empty
// when that fails: then a slot that the process leaves behind stays taken until the call's time-out and one window. It
// may wait, so no lock may be held.
func (f *sharedDir) announced(ctx context.Context) string {
	if f.presence.Load() == nil && !f.unannounced.Load() {
		p, err := f.announce(ctx)
		if err != nil {
			f.unannounced.Store(ctx.Err() == nil)
		} else if !f.presence.CompareAndSwap(nil, p) { // another goroutine was faster
			_ = p.end()
		}
	}
	return f.owner()
}

// owner returns the announced session; empty: none.
func (f *sharedDir) owner() string {
	if p := f.presence.Load(); p != nil {
		return p.owner
	}
	return ""
}

// bury ends the slots of sessions that have died: those of calls that may have been sent, and those that were booked
// for later. The caller holds the directory lock and mu.
func (g *gate) bury(now time.Time) (news []Record) {
	if now.Sub(g.buried) < lifeInterval && !now.Before(g.buried) || len(g.replay.inFlight) == 0 {
		return nil
	}
	g.buried = now
	own := g.shared.owner()
	dead := make(map[string]bool)
	for id, r := range g.replay.inFlight {
		if r.owner == own {
			continue
		}
		if _, known := dead[r.owner]; !known {
			dead[r.owner] = g.shared.life(r.owner) == Dead
		}
		switch {
		case !dead[r.owner]:
		case r.at.After(now):
			g.replay.state.Release(id)
			delete(g.replay.inFlight, id)
			news = append(news, Record{Kind: Released, ID: id, At: now, Owner: own})
		default:
			a := window.Answer{At: now, Latest: now.Add(arrival)}
			g.replay.settle(id, a)
			news = append(news, Record{Kind: Settled, ID: id, At: a.At, Latest: a.Latest, Owner: own})
		}
	}
	return news
}

// othersInFlight reports whether other sessions hold slots.
func (t *limitReplay) othersInFlight(own string) bool {
	for _, r := range t.inFlight {
		if r.owner != own {
			return true
		}
	}
	return false
}
