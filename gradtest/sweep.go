package gradtest

import (
	"context"
	"errors"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
)

// Sweep does outside go test what [Run] does inside: it sends what the ledger lacks and returns the verdict. The error joins
// what went wrong, endpoint by endpoint; the verdict is valid in any case. When ctx ends, nothing more is sent, Cleanup
// removes what was created, and the verdict is that of the moment.
func Sweep(ctx context.Context, app App) (criteria.Verdict, error) {
	s, err := newSession(ctx, app)
	if err != nil {
		return criteria.Verdict{}, err
	}
	return s.finish(ctx)
}

func (s *session) finish(ctx context.Context) (v criteria.Verdict, err error) {
	defer func() { err = errors.Join(err, s.target.Close()) }()
	if err := s.declare(ctx); err != nil {
		return criteria.Verdict{}, err
	}
	outcomes, err := s.sweep(ctx, s.app.Endpoints)
	faults := []error{err}
	for _, e := range s.app.Endpoints {
		if o := outcomes[e.name()]; o.State != engine.Met && !stoppedBy(err, o) {
			faults = append(faults, &EndpointError{Endpoint: e.name(), State: o.State.String(), Calls: o.Sent, Err: o.Err})
		}
	}
	v, err = s.verdict(context.WithoutCancel(ctx))
	return v, errors.Join(append(faults, err)...)
}

// rounds is how often a sweep plans. One plan is enough unless the requests of a Prepare or Cleanup broke, or midnight
// passed. Then the next plan sends what is still missing.
const rounds = 3

// sweep sends what is missing of the selected endpoints. The error is a [*StoppedError].
func (s *session) sweep(ctx context.Context, selected []Endpoint) (map[string]engine.Outcome, error) {
	plan := s.sweepPlan(selected)
	outcomes := make(map[string]engine.Outcome, len(selected))
	for _, e := range selected {
		outcomes[e.name()] = engine.Outcome{Name: e.name()}
	}
	if plan.Calls == 0 {
		return outcomes, nil
	}
	if err := s.authorize(ctx); err != nil {
		return notBegun(selected, err), &StoppedError{Err: err}
	}
	progress := s.progress(ctx, plan.Calls)
	for round := 1; round <= rounds && plan.Calls > 0; round++ {
		list, err := engine.Run(ctx, engine.Config{
			Jobs:   s.jobs(selected, plan),
			Width:  s.width,
			Govern: func(inFlight int) error { return s.govern(inFlight, plan) },
			Notify: progress,
		})
		for _, o := range list {
			before := outcomes[o.Name]
			o.Sent, o.Successes = o.Sent+before.Sent, o.Successes+before.Successes
			if before.State != engine.Met {
				o.State, o.Err = before.State, before.Err
			}
			outcomes[o.Name] = o
		}
		if err != nil {
			return outcomes, &StoppedError{Err: err}
		}
		if ctx.Err() != nil {
			break
		}
		selected, plan = s.again(selected, outcomes)
	}
	return outcomes, nil
}

// again plans for the endpoints that have not failed.
func (s *session) again(selected []Endpoint, outcomes map[string]engine.Outcome) ([]Endpoint, sweepPlan) {
	var good []Endpoint
	for _, e := range selected {
		if outcomes[e.name()].State == engine.Met {
			good = append(good, e)
		}
	}
	if s.target.Repeat { // all calls were wanted once
		return good, sweepPlan{}
	}
	return good, s.sweepPlan(good)
}

// progress reports each call to the log and to App.Progress.
func (s *session) progress(ctx context.Context, total int) func(engine.Event) {
	done := 0
	return func(e engine.Event) {
		if e.Counted {
			done++
		}
		s.log.DebugContext(ctx, "call", "endpoint", e.Name, "counted", e.Counted, "missing", e.Missing, "err", e.Err)
		if s.app.Progress != nil {
			s.app.Progress(Progress{Endpoint: e.Name, Counted: e.Counted, Err: e.Err, Done: min(done, total), Total: total})
		}
	}
}

// jobs are the engine's view of the selected endpoints. The plan's assignments are in the same order.
func (s *session) jobs(selected []Endpoint, plan sweepPlan) []engine.Job {
	jobs := make([]engine.Job, len(selected))
	for i, e := range selected {
		a := plan.Endpoints[i]
		target, shared := 0, false
		for _, b := range plan.Endpoints {
			if b.Op.String() == a.Op.String() {
				target += b.Send
				shared = shared || b.Name != a.Name
			}
		}
		target += plan.had[a.Op.String()]
		jobs[i] = engine.Job{
			Name:   a.Name,
			Key:    e.Op.String(),
			Group:  group(e),
			Write:  !e.Op.Reads(),
			Proven: a.Have > 0 && !shared,
			Missing: func() int {
				if a.Send == 0 {
					return 0
				}
				s.refresh()
				return target - s.local.count(e.Op, criteria.Since(time.Now()))
			},
			Call: func(ctx context.Context, attempt int) engine.Result { return s.exercise(ctx, e, attempt) },
		}
	}
	return jobs
}

// unlimitedWidth is how many calls of unlimited groups are in flight together.
const unlimitedWidth = 8

func (s *session) width(group string) int {
	if group == "" {
		return unlimitedWidth
	}
	l, _ := s.target.Gate.Limit(group)
	return l.Calls
}

// group returns the first group that an endpoint's calls are charged to; empty: none.
func group(e Endpoint) string {
	if groups := e.Op.Groups(); len(groups) > 0 {
		return groups[0]
	}
	return ""
}

// notBegun returns the outcome of all endpoints of a sweep that could not begin.
func notBegun(selected []Endpoint, err error) map[string]engine.Outcome {
	out := make(map[string]engine.Outcome, len(selected))
	for _, e := range selected {
		out[e.name()] = engine.Outcome{Name: e.name(), State: engine.Unfinished, Err: err}
	}
	return out
}
