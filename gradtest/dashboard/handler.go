package dashboard

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/hostcheck"
	"github.com/graduationkit/ringcentral/gradtest/internal/limits"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Config says whose evidence is shown, and how.
type Config struct {
	Store  ledger.Store // the evidence, which is only read; required. A ledger.Follower is followed at little cost
	Origin string       // server and app: the name of the ledger directory; required
	App    string       // declared name of the app; empty: the latest declaration

	Policy criteria.Policy // zero: the declared one, or Graduation if only the tests know that

	// Hosts are names by which browsers address the server besides the loopback names and its own address.
	Hosts []string

	Every time.Duration // how often the store is asked for news; zero: half a second
}

// Handler is the dashboard of an app. Create one with [New]. It is safe for concurrent use.
type Handler struct {
	cfg    Config
	hosts  hostcheck.Hosts
	limits func(group string) (window.Limit, bool)
	stop   context.CancelFunc
	done   <-chan struct{} // closed by Close
	ended  chan struct{}   // closed when nothing is read any more
	serial string          // of this Handler, so that a page sees a restart

	mu      sync.Mutex
	current *state
	changed chan struct{} // closed when current is replaced
}

// New reads the evidence and begins to follow it. It ends with Close, and not with ctx. The error is that of the store,
// or about the Config.
func New(ctx context.Context, cfg Config) (*Handler, error) {
	if cfg.Store == nil || cfg.Origin == "" {
		return nil, errors.New(
			"dashboard: Config.Store and Config.Origin are required: set them to a ledger and to the name of its directory",
		)
	}
	hosts, err := hostcheck.Allow(cfg.Hosts...)
	if err != nil {
		return nil, fmt.Errorf("dashboard: Config.Hosts: %w", err)
	}
	cfg.Every = cmp.Or(cfg.Every, 500*time.Millisecond)
	h := &Handler{
		cfg: cfg, hosts: hosts, ended: make(chan struct{}), changed: make(chan struct{}),
		serial: strconv.FormatInt(time.Now().UnixNano(), 36), limits: documented,
	}
	if g, ok := cfg.Store.(ledger.Gater); ok {
		h.limits = g.Gate(nil).Limit
	}
	records := &records{store: cfg.Store, app: cfg.App, every: cfg.Every}
	now := time.Now()
	if err := records.load(ctx, now); err != nil {
		return nil, fmt.Errorf("dashboard: %w", err)
	}
	f := follower{Handler: h, records: records}
	f.show(now, nil)
	following, stop := context.WithCancel(context.WithoutCancel(ctx))
	h.stop, h.done = stop, following.Done()
	go f.follow(following)
	return h, nil
}

// documented returns the limit that the platform documents.
func documented(group string) (window.Limit, bool) {
	all := limits.Documented()
	if l, ok := all[group]; ok {
		return l, false
	}
	return all[window.Unlisted], false
}

// Close ends the following and all streams, and returns when nothing is read any more. The store stays open.
func (h *Handler) Close() error {
	h.stop()
	<-h.ended
	return nil
}

// state returns the current state, and a channel that is closed when there is another.
func (h *Handler) state() (*state, <-chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.current, h.changed
}

// follower keeps the state of a Handler up to date.
type follower struct {
	*Handler
	records *records
	n       int // of the version
	shown   time.Time
	problem string
	pending bool
}

func (f *follower) follow(ctx context.Context) {
	defer close(f.ended)
	tick := time.NewTicker(f.cfg.Every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := time.Now()
		changed, err := f.records.update(ctx, now)
		if ctx.Err() != nil {
			return
		}
		f.pending = f.pending || changed || text(err, f.records.fault) != f.problem || now.Sub(f.shown) >= f.refresh(now)
		if cost := f.current.cost(); f.pending && now.Sub(f.shown) >= max(2*f.cfg.Every, 5*cost) {
			f.show(now, err)
		}
	}
}

// refresh is how often the state is shown anew although nothing was recorded: the time goes on.
func (f *follower) refresh(now time.Time) time.Duration {
	if n := len(f.records.all); n > 0 && f.records.all[n-1].At.After(now.Add(-2*time.Minute)) {
		return 10 * time.Second
	}
	return time.Minute
}

// text is the first error; empty: there is none.
func text(errs ...error) string {
	for _, err := range errs {
		if err != nil {
			return err.Error()
		}
	}
	return ""
}

// show makes what is known the current state. err says why no more is.
func (f *follower) show(now time.Time, err error) {
	f.n++
	f.shown, f.pending, f.problem = now, false, text(err, f.records.fault)
	s := &state{snapshot: snapshot{
		version: f.serial + "-" + strconv.Itoa(f.n), at: now, all: f.records.all,
		limits: f.limits, origin: f.cfg.Origin, problem: f.problem,
	}}
	if f.records.declared != nil {
		s.declared = f.records.declared.Declared
	}
	s.policy, s.note = f.policy(s.declared)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.current = s
	close(f.changed)
	f.changed = make(chan struct{})
}

// policy chooses the policy, and says what a reader has to know about the choice.
func (f *follower) policy(d *ledger.Declaration) (p criteria.Policy, note string) {
	if f.cfg.Policy != (criteria.Policy{}) || d == nil {
		return f.cfg.Policy.OrDefault(), ""
	}
	p, err := criteria.ByName(d.Policy)
	if err != nil {
		return criteria.Graduation, fmt.Sprintf(
			"The app declares its own policy %q, which only its tests know. This page uses %s.",
			d.Policy,
			criteria.Graduation.Name,
		)
	}
	return p, ""
}
