package gradtest

import (
	"context"
	"errors"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/callsite"
	"github.com/graduationkit/ringcentral/gradtest/internal/claims"
	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/internal/planner"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Sweep does outside go test what [Run] does inside: it sends what the ledger lacks and returns the verdict. The error
// joins what went wrong, endpoint by endpoint; the verdict is valid in any case. When ctx ends, nothing more is sent,
// Cleanup removes what was created, and the verdict is that of the moment.
func Sweep(ctx context.Context, app App) (criteria.Verdict, error) {
	s, err := newSession(ctx, app)
	if err != nil {
		return criteria.Verdict{}, err
	}
	s.caller.site = callsite.Find()
	return s.finish(ctx)
}

func (s *session) finish(ctx context.Context) (v criteria.Verdict, err error) {
	defer func() { err = errors.Join(err, s.target.Close()) }()
	if err := s.declare(ctx); err != nil {
		return criteria.Verdict{}, err
	}
	outcomes, err := s.sweep(ctx, s.app.called())
	faults := []error{err}
	for _, e := range s.app.called() {
		if o := outcomes[e.name()]; o.State != engine.Met && !stoppedBy(err, o) {
			faults = append(faults, &EndpointError{Endpoint: e.name(), State: o.State.String(), Calls: o.Sent, Err: o.Err})
		}
	}
	v, err = s.verdict(context.WithoutCancel(ctx))
	return v, errors.Join(append(faults, err)...)
}

// sweep sends what is missing of the selected endpoints. The error is a [*StoppedError].
func (s *session) sweep(ctx context.Context, selected []Endpoint) (out map[string]engine.Outcome, err error) {
	in := s.planInput(selected)
	in.Records, in.Now = s.local.all(), time.Now()
	plan := planner.Missing(in)
	if plan.Calls == 0 {
		return outcomes(selected, engine.Met, nil), nil
	}
	defer s.outlook(selected, plan.Calls)()
	if err := s.authorize(ctx, plan.Verdict.Ratios, plan.Calls); err != nil {
		return outcomes(selected, engine.Unfinished, err), &StoppedError{Err: err}
	}
	b, err := s.book(ctx, selected)
	if err != nil {
		return outcomes(selected, engine.Unfinished, err), &StoppedError{Err: err}
	}
	defer func() {
		s.target.LimitInFlight(0)
		err = errors.Join(err, b.Close())
	}()
	list, err := engine.Run(ctx, engine.Config{
		Jobs: s.jobs(selected), Booker: b, Width: s.width, Notify: s.ended,
	})
	out = make(map[string]engine.Outcome, len(list))
	for _, o := range list {
		out[o.Name] = o
	}
	if err != nil {
		err = &StoppedError{Err: err}
	}
	return out, err
}

// book opens the session in which the calls of a sweep are booked, so that processes on one ledger share the work.
func (s *session) book(ctx context.Context, selected []Endpoint) (*claims.Session, error) {
	b, err := claims.Open(ctx, claims.SessionConfig{
		Store: s.target.Store, Since: time.Now().Add(-evidence.Horizon), Plan: s.planInput(selected),
		Limit:  s.limit,
		Fresh:  s.local.join,
		Others: s.waiting.others,

		InFlight: s.target.LimitInFlight,
	})
	if err != nil {
		return nil, err
	}
	s.booking.Store(b)
	if _, shared := s.target.Store.(ledger.Claimer); !shared {
		s.progress.once("App.Store books no claims (see ledger.Claimer): processes that run at the same time may send more " +
			"calls than are missing")
	}
	return b, nil
}

// ended reports a call that has ended.
func (s *session) ended(e engine.Event) {
	var groups []string
	for _, x := range s.app.Endpoints {
		if x.name() == e.Name {
			groups = x.Op.Groups()
		}
	}
	s.progress.call(e.Name, groups, e.Counted, e.Err)
	if !e.Again.IsZero() {
		s.waiting.pause(e.Name, e.Err, e.Again)
	}
}

// outlook says every ten seconds, until it is ended, what a sweep waits for and what is left of its plan.
func (s *session) outlook(selected []Endpoint, total int) (end func()) {
	s.progress.start(total)
	look := func() {
		p := s.plan(selected, time.Now())
		var groups []GroupProgress
		for _, g := range p.Groups {
			groups = append(groups, GroupProgress{Group: g.Name, Calls: g.Calls, Left: g.Duration})
		}
		s.progress.planned(p.Duration, groups)
	}
	look()
	stop := s.waiting.begin(look)
	return func() { stop(); s.progress.start(0) }
}

// jobs are the engine's view of the selected endpoints.
func (s *session) jobs(selected []Endpoint) []engine.Job {
	jobs := make([]engine.Job, len(selected))
	for i, e := range selected {
		jobs[i] = engine.Job{
			Name:  e.name(),
			Group: group(e),
			Call: func(ctx context.Context, attempt int, claim string) engine.Result {
				defer s.waiting.call(e.name())()
				return s.exercise(ctx, e, attempt, claim)
			},
		}
	}
	return jobs
}

// unlimitedWidth is how many calls of unlimited groups are in flight together.
const unlimitedWidth = 8

// width is how many calls of a group are in flight together.
func (s *session) width(group string) int {
	if n := s.limit(group); n > 0 {
		return n
	}
	return unlimitedWidth
}

// limitAge is how long a limit that the gate gave is used without asking again. The gate itself always keeps the
// current one.
const limitAge = 500 * time.Millisecond

// limit returns how many calls of a group fit into a window; 0: any number.
func (s *session) limit(group string) int {
	if group == "" {
		return 0
	}
	s.limitsMu.Lock()
	defer s.limitsMu.Unlock()
	now := time.Now()
	if k, ok := s.limits[group]; ok && now.Sub(k.at) < limitAge {
		return k.calls
	}
	if g, ok := s.target.Gate.(window.LastLimiter); ok {
		l, _ := g.LastLimit(group)
		return l.Calls
	}
	l, _ := s.target.Gate.Limit(group)
	if s.limits == nil {
		s.limits = make(map[string]knownLimit)
	}
	s.limits[group] = knownLimit{l.Calls, now}
	return l.Calls
}

// group returns the first group that an endpoint's calls are charged to; empty: none.
func group(e Endpoint) string {
	if groups := e.Op.Groups(); len(groups) > 0 {
		return groups[0]
	}
	return ""
}

// outcomes gives all endpoints the same outcome.
func outcomes(selected []Endpoint, state engine.State, err error) map[string]engine.Outcome {
	out := make(map[string]engine.Outcome, len(selected))
	for _, e := range selected {
		out[e.name()] = engine.Outcome{Name: e.name(), State: state, Err: err}
	}
	return out
}
