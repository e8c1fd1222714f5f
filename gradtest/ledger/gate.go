package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/limits"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Gate implements [Gater]. All gates of all processes on the directory admit calls as one, in the order in which the
// calls ask. changes are laid over the platform's documented limits (rcapi.Groups), by group name in any case; nil:
// none. A limit that a server states replaces them, and those stated within the last day are known immediately.
//
// An admitted call has a record of kind [Reserved]. Settle adds one of kind [Settled], unless this process has appended
// the call's [Done] before: append first and settle afterwards, and the two cost one write. If the process dies, the
// next process that has to wait for the slot sees it by the session's lock: the slot is free one window after that, and
// after two seconds in which the request could still have arrived.
//
// Errors: a [*window.WaitError] as [window.Gate] says, otherwise those of [Dir.Append].
func (d *Dir) Gate(changes map[string]window.Limit) window.Gate {
	g := &gate{
		dir: d, shared: d.shared, replay: newLimitReplay(limits.With(changes)),
		waiting: make(map[string]*waiter), wake: make(chan struct{}, 1),
	}
	d.shared.mu.Lock()
	defer d.shared.mu.Unlock()
	d.shared.gates[g] = struct{}{}
	d.gates = append(d.gates, g)
	return g
}

type gate struct {
	dir    *Dir
	shared *sharedDir
	wake   chan struct{} // signals that queued calls may have become ready

	// mu is never held while waiting. It is acquired after the directory lock where both are held.
	mu         sync.Mutex
	replay     *limitReplay
	waiting    map[string]*waiter // calls that have asked and are not admitted yet
	queue      []*waiter          // those of waiting whose time is not known, in the order in which they asked
	settledIDs idSet              // calls whose end this process has recorded
	polling    bool
	decided    time.Time // when decideAll last ran
	buried     time.Time // when bury last looked for dead sessions
}

// Admit waits until the call may be sent; see [window.Gate].
func (g *gate) Admit(ctx context.Context, c window.Call) error {
	if err := g.dir.writable(ctx, "admit"); err != nil {
		if ctx.Err() != nil {
			return &window.WaitError{Err: err}
		}
		return err
	}
	if c.Timeout <= 0 {
		c.Timeout = window.DefaultTimeout
	}
	w := &waiter{call: c, owner: g.shared.announced(ctx)}
	if err := g.register(w); err != nil {
		return err
	}
	t, err := g.decideAll(ctx, w)
	if err == nil && t.Go {
		return nil
	}
	if err == nil {
		err = window.Wait(ctx, func() (window.Turn, error) { return g.turn(ctx, w) })
	}
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*window.WaitError](err); !ok && ctx.Err() != nil {
		err = &window.WaitError{Err: ctx.Err()}
	}
	return errors.Join(err, g.abandon(context.WithoutCancel(ctx), w))
}

// register adds a call that asks.
func (g *gate) register(w *waiter) error {
	id := w.call.ID
	if id == "" {
		return fmt.Errorf("ledger: admit %s: the claim has no ID: give each call its own", w.call.Op)
	}
	w.changed = make(chan struct{}, 1)
	w.fresh = true
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.waiting[id] != nil || g.replay.state.Booked(id) {
		return fmt.Errorf("ledger: admit %s: call %s is already admitted: settle or release it first, or give each "+
			"attempt its own ID", w.call.Op, id)
	}
	g.waiting[id] = w
	return nil
}

// turn returns the last decision on w, or a new one if w has already taken that.
func (g *gate) turn(ctx context.Context, w *waiter) (window.Turn, error) {
	g.mu.Lock()
	fresh := w.fresh
	w.fresh = false
	t, err := w.turn, w.err
	g.mu.Unlock()
	if fresh {
		return t, err
	}
	return g.decideAll(ctx, w)
}

// decideAll reads what other processes have appended and decides on every queued call and on w (nil: none), in order.
// It returns the decision on w.
func (g *gate) decideAll(ctx context.Context, w *waiter) (t window.Turn, err error) {
	err = g.shared.locked(ctx, "admit", func() error {
		g.mu.Lock()
		defer g.mu.Unlock()
		now := time.Now()
		if err := g.replay.refresh(g.shared, now); err != nil {
			return err
		}
		g.decided = now
		asking := g.queue
		if w != nil && !slices.Contains(asking, w) {
			asking = append(asking, w)
		}
		news := g.bury(now)
		for _, other := range asking {
			news = g.decide(other, now, news)
		}
		if slices.ContainsFunc(asking, (*waiter).isQueued) {
			var passed bool
			if news, passed = g.replay.passOver(now, g.waiting, news); passed {
				g.wakePoller()
			}
		}
		if err := g.write(news); err != nil {
			g.replay.reset() // it holds bookings that were not recorded
			for _, other := range asking {
				other.turn, other.booked = window.Turn{}, false
			}
			return err
		}
		g.updateQueue(asking, w)
		if w != nil {
			t, err, w.fresh = w.turn, w.err, false
		}
		return err
	})
	return t, err
}

// write appends the gate's own records. They need no sync: what was written survives the death of the process, and
// after a loss of power every window has passed. The caller holds the directory lock.
func (g *gate) write(news []Record) error {
	if len(news) == 0 {
		return nil
	}
	if err := validate(news); err != nil {
		return err
	}
	b, err := newBatch(news)
	if err != nil {
		return err
	}
	if err := g.shared.add(b); err != nil {
		return err
	}
	g.replay.skipOwn(b)
	return nil
}

// abandon gives up the booking of w.
func (g *gate) abandon(ctx context.Context, w *waiter) error {
	g.mu.Lock()
	delete(g.waiting, w.call.ID)
	g.queue = slices.DeleteFunc(g.queue, func(other *waiter) bool { return other == w })
	booked := w.booked
	at := w.recordTime(time.Now())
	g.mu.Unlock()
	g.wakePoller()
	if !booked {
		return nil
	}
	return g.release(ctx, w.call, at)
}

// Release gives an admitted slot back; see [window.Gate].
func (g *gate) Release(ctx context.Context, c window.Call) error {
	if err := g.dir.writable(ctx, "release"); err != nil {
		return err
	}
	return g.release(ctx, c, time.Now())
}

func (g *gate) release(ctx context.Context, c window.Call, at time.Time) error {
	err := g.shared.locked(ctx, "release", func() error {
		g.mu.Lock()
		defer g.mu.Unlock()
		if err := g.replay.refresh(g.shared, time.Now()); err != nil {
			return err
		}
		if !g.replay.state.Booked(c.ID) {
			return nil
		}
		g.replay.state.Release(c.ID)
		return g.write([]Record{{Kind: Released, ID: c.ID, At: at, Op: c.Op, Groups: c.Groups}})
	})
	g.shared.wakePollers()
	return err
}

// Settle reports how an admitted call ended; see [window.Gate].
func (g *gate) Settle(ctx context.Context, c window.Call, a window.Answer) error {
	if a.At.IsZero() {
		a.At = time.Now()
	}
	g.mu.Lock()
	recorded := g.settledIDs.has(c.ID)
	g.replay.settle(c.ID, a)
	g.settledIDs.add(c.ID)
	g.mu.Unlock()
	g.wakePoller()
	if recorded {
		return nil
	}
	if err := g.dir.writable(ctx, "settle"); err != nil {
		return err
	}
	err := g.shared.locked(ctx, "settle", func() error {
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.replay.state.Booked(c.ID) {
			g.replay.settle(c.ID, a) // the state was rebuilt in the meantime
		}
		return g.write([]Record{{
			Kind: Settled, ID: c.ID, At: a.At, Latest: a.Latest, Op: c.Op, Groups: c.Groups, Signal: a.Signal,
		}})
	})
	g.shared.wakePollers()
	return err
}

// Limit returns the limit in force for a group, whichever process has learned it. If the ledger cannot be read, it
// returns the last known limit; Admit will report the error.
func (g *gate) Limit(group string) (window.Limit, bool) {
	if !g.dir.closed.Load() {
		_ = g.shared.locked(context.Background(), "limit", func() error {
			g.mu.Lock()
			defer g.mu.Unlock()
			return g.replay.refresh(g.shared, time.Now())
		})
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.replay.state.Limit(group)
}
