package redisstore

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/limits"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

const (
	// recheck is how often a queued call asks again without a message: messages are lost when a connection breaks.
	recheck = 10 * time.Second

	// giveBackTimeout limits the release of a call after its caller has left.
	giveBackTimeout = 2 * time.Second
)

// Gate implements [ledger.Gater]. All gates of all processes on the app admit calls as one, in the order in which the
// calls ask. changes are laid over the platform's documented limits (rcapi.Groups), by group name in any case; nil:
// none. A limit that a server states replaces them, and those stated within the last two days are known immediately.
//
// An Answer.At without a monotonic clock reading is treated as now. Errors: a [*window.WaitError] as [window.Gate]
// says, otherwise an [*Error]. The call must not be sent then; if it holds a slot, because a reply was lost, the slot
// is free one window after the call's timeout.
func (s *Store) Gate(changes map[string]window.Limit) window.Gate {
	assumed := limits.With(changes)
	g := &gate{
		store: s, assumed: window.NewState(assumed), owner: rand.Text(), quarantine: quarantine(s.quarantine, assumed),
		waiting: make(map[string]*waiter), admitted: make(map[string]string), ended: make(map[string]window.Answer),
		known: make(map[string]knownLimit),
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gates = append(s.gates, g)
	return g
}

type gate struct {
	store      *Store
	assumed    *window.State // limits until a server states others; never written, so it needs no lock
	owner      string
	quarantine time.Duration
	epochs     epochs

	mu       sync.Mutex
	waiting  map[string]*waiter
	admitted map[string]string        // epoch in which each call in flight was admitted, by id
	ended    map[string]window.Answer // by id, the calls that Append has settled
	known    map[string]knownLimit    // from replies, by group
	leased   bool                     // the lease is being renewed
}

// knownLimit is what a server has stated of a limit.
type knownLimit struct {
	calls int
	per   time.Duration // zero: not stated
}

// waiter is a call in Admit.
type waiter struct {
	call    window.Call
	nonce   string
	ticket  int64
	last    window.Outlook
	due     time.Time     // when the call can go, from a message; zero: no message. Guarded by the gate's mu
	changed chan struct{} // receives when asking again is useful
}

// quarantine returns how long lost calls can matter. A call or a refusal that was lost matters for one window or
// penalty after it, and what was lost is older than the moment at which the quarantine starts; so the longer of both is
// enough.
func quarantine(set time.Duration, limits map[string]window.Limit) time.Duration {
	if set != 0 {
		return max(set, 0)
	}
	longest := time.Minute
	for _, l := range limits {
		longest = max(longest, l.Per, l.Penalty)
	}
	return longest
}

// Admit waits until the call may be sent; see [window.Gate].
func (g *gate) Admit(ctx context.Context, c window.Call) error {
	if err := ctx.Err(); err != nil {
		return &window.WaitError{Err: err}
	}
	if c.ID == "" {
		return fmt.Errorf("redisstore: admit %s: the call has no ID: give each call one of its own", c.Op)
	}
	if c.Timeout <= 0 {
		c.Timeout = window.DefaultTimeout
	}
	w := &waiter{call: c, nonce: rand.Text(), changed: make(chan struct{}, 1)}
	if !g.enter(w) {
		return taken(c)
	}
	defer g.leave(w)
	err := window.Wait(ctx, func() (window.Turn, error) { return g.decide(ctx, w) })
	if err == nil {
		return nil
	}
	if errors.Is(err, errTaken) {
		return taken(c)
	}
	return errors.Join(g.explain(ctx, err), g.giveBack(ctx, c, err))
}

var errTaken = errors.New("taken")

func taken(c window.Call) error {
	return fmt.Errorf("redisstore: admit %s: call %s is admitted already: "+
		"settle or release it first, or give each attempt an ID of its own", c.Op, c.ID)
}

// decide asks Redis whether the call may go, unless a message has already said when.
func (g *gate) decide(ctx context.Context, w *waiter) (window.Turn, error) {
	if o, ok := g.announced(w, time.Now()); ok {
		return window.Turn{Outlook: o, Changed: w.changed}, nil
	}
	c := w.call
	r := request{ID: c.ID, Nonce: w.nonce, Ticket: w.ticket, Timeout: c.Timeout.Microseconds(), Op: c.Op}
	r.Groups, r.Limits = g.groups(c.Groups, "")
	r.Lease, r.Life, r.Memory = g.store.lease(""), livenessLife.Milliseconds(), leaseMemory.Milliseconds()
	out, err := g.call(ctx, "admit", admitScript, r)
	if err != nil {
		return window.Turn{}, err
	}
	w.ticket = out.ticket
	switch out.what {
	case "taken":
		return window.Turn{}, errTaken
	case "go":
		g.depart(c.ID, out.epoch)
		return window.Turn{Go: true}, nil
	}
	if err := g.store.mail.listen(ctx, g.store.key("wake", g.owner), g.announce); err != nil {
		return window.Turn{}, err
	}
	now := time.Now()
	o := window.Outlook{
		At: now.Add(recheck), Known: out.what == "at", Soonest: now.Add(out.soonest), Group: out.group, Reason: out.reason,
	}
	if out.wait >= 0 && (o.Known || out.wait < recheck) {
		o.At = now.Add(out.wait)
	}
	w.last = o
	return window.Turn{Outlook: o, Changed: w.changed}, nil
}

// explain returns the error of a call that was not admitted: a [*window.WaitError] if ctx has ended.
func (g *gate) explain(ctx context.Context, err error) error {
	if _, ok := errors.AsType[*window.WaitError](err); ok || ctx.Err() == nil {
		return err
	}
	if fault, ok := errors.AsType[*Error](err); ok {
		return errors.Join(&window.WaitError{Err: ctx.Err()}, fault)
	}
	return &window.WaitError{Err: ctx.Err()}
}

// giveBack releases a call whose caller has left. If why says that Redis does not answer, there is nothing to do: the
// call is removed from the queue by the calls behind it, or holds its slot until its timeout.
func (g *gate) giveBack(ctx context.Context, c window.Call, why error) error {
	if _, ok := errors.AsType[*Error](why); ok || errors.Is(why, ErrClosed) {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), giveBackTimeout)
	defer cancel()
	return g.Release(ctx, c)
}

// Settle reports how an admitted call ended; see [window.Gate].
func (g *gate) Settle(ctx context.Context, c window.Call, a window.Answer) error {
	if g.settledBefore(c.ID, a) {
		return nil
	}
	r := g.settling(c, a, g.forgetAdmitted(c.ID))
	if a.At != a.At.Round(0) {
		// Without a monotonic reading its age is unknown, because the clock may have been set since. It is then treated as
		// now, which is later and so never frees a slot early.
		r.since = a.At
	}
	_, err := g.call(ctx, "settle", settleScript, r)
	return err
}

// settling is the request that settles a call. epoch is the one in which it was admitted.
func (g *gate) settling(c window.Call, a window.Answer, epoch string) request {
	sig := a.Signal.Sane()
	r := request{ID: c.ID, Op: c.Op, Admitted: epoch, Signal: signal{
		fold(sig.Group), sig.Limit, sig.Window.Microseconds(), sig.Remaining, sig.RetryAfter.Microseconds(), sig.Refused,
	}}
	r.Groups, r.Limits = g.groups(c.Groups, r.Signal.Group)
	if a.Latest.After(a.At) && !a.At.IsZero() {
		r.Late = a.Latest.Sub(a.At).Microseconds()
	}
	return r
}

// Release gives the slots of a call back; see [window.Gate].
func (g *gate) Release(ctx context.Context, c window.Call) error {
	g.forgetAdmitted(c.ID)
	r := request{ID: c.ID, Op: c.Op}
	r.Groups, r.Limits = g.groups(c.Groups, "")
	_, err := g.call(ctx, "release", releaseScript, r)
	return err
}

// enter adds a call to those that wait, and reports whether its id was free.
func (g *gate) enter(w *waiter) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.waiting[w.call.ID] != nil {
		return false
	}
	g.waiting[w.call.ID] = w
	return true
}

func (g *gate) leave(w *waiter) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.waiting, w.call.ID)
}

// depart records a call in flight. While there is one, the gate renews its lease: when the process dies, others wait
// for the end of the lease and not for the time-outs of its calls.
func (g *gate) depart(id, epoch string) {
	g.mu.Lock()
	g.admitted[id] = epoch
	leased := g.leased
	g.leased = true
	g.mu.Unlock()
	if leased {
		return
	}
	g.store.keepLease(g.owner, func() bool {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.leased = len(g.admitted) > 0
		return g.leased
	})
}

// forgetAdmitted removes a call from those in flight and returns the epoch in which it was admitted.
func (g *gate) forgetAdmitted(id string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	epoch := g.admitted[id]
	delete(g.admitted, id)
	return epoch
}

// announce receives the messages to the gate: after how many microseconds queued calls may go, by id. Without any, all
// calls ask again.
func (g *gate) announce(message string) {
	var calls map[string]int64
	known := json.Unmarshal([]byte(message), &calls) == nil
	now := time.Now()
	g.mu.Lock()
	defer g.mu.Unlock()
	if !known {
		for _, w := range g.waiting {
			w.wake(time.Time{})
		}
		return
	}
	for id, in := range calls {
		if w := g.waiting[id]; w != nil {
			w.wake(now.Add(time.Duration(in) * time.Microsecond))
		}
	}
}

// announced returns the outlook of a call whose time to go is known from a message; until then it need not ask. ok is
// false if there was no such message.
func (g *gate) announced(w *waiter, now time.Time) (o window.Outlook, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	due := w.due
	w.due = time.Time{}
	if !due.After(now) {
		return o, false
	}
	o = w.last
	o.At, o.Soonest, o.Known = due, due, true
	return o, true
}

// wake requires the gate's lock.
func (w *waiter) wake(due time.Time) {
	w.due = due
	select {
	case w.changed <- struct{}{}:
	default:
	}
}
