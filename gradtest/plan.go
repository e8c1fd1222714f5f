package gradtest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/internal/planner"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Schedule is what a sweep would send, and how long that takes. The command gradtest plan prints the same.
type Schedule struct {
	Endpoints []Assignment  // in the order of App.Endpoints, the exempt ones last
	Calls     int           // calls of endpoints in all
	Side      int           // calls that Prepare, Do and Cleanup are expected to send besides, as far as earlier calls show
	Duration  time.Duration // the least that the rate limits allow, given the slots in use now; network not counted
	Needs     criteria.Needs
}

// Assignment is one endpoint's part of a [Schedule].
type Assignment struct {
	Name string
	Op   rcapi.Operation
	Have int // successes that count now
	Send int // calls to send
	Side int // calls that the endpoint's own code is expected to send besides

	Exempt string // why nothing is sent; empty: it is called
}

// Plan returns what is missing for an app: the calls that close it and how long they take. It sends nothing.
func Plan(app App) (Schedule, error) {
	s, err := newSession(context.Background(), app)
	if err != nil {
		return Schedule{}, err
	}
	p := s.plan(app.called(), time.Now())
	out := Schedule{Calls: p.Calls, Side: p.Side, Duration: p.Duration, Needs: p.Verdict.Needs}
	for _, a := range p.Endpoints {
		out.Endpoints = append(out.Endpoints, Assignment(a))
	}
	return out, s.target.Close()
}

// plan plans for the selected endpoints.
func (s *session) plan(selected []Endpoint, now time.Time) planner.Plan {
	in := s.planInput(selected)
	in.Records, in.Now = s.local.all(), now
	gone, err := evidence.Gone(context.Background(), s.target.Store, in.Records, now)
	if err != nil { // the plan is a little long then; what is wrong is for the first call to report
		s.log.WarnContext(context.Background(), "the plan does not know which sessions have ended", "err", err)
	}
	in.Gone = gone
	return planner.New(in)
}

// planInput is the declaration in the terms of the planner.
func (s *session) planInput(selected []Endpoint) planner.Input {
	in := planner.Input{
		Policy: s.policy, Scopes: s.app.Scopes, Repeat: s.target.Repeat, Limits: s.target.Gate.Limit,
		Selected: func(name string) bool {
			return slices.ContainsFunc(selected, func(e Endpoint) bool { return e.name() == name })
		},
	}
	for _, e := range s.app.Endpoints {
		in.Endpoints = append(in.Endpoints, planner.Endpoint{
			Name: e.name(), Op: e.Op, Calls: e.Calls, Exempt: e.Exempt,
			Prepare: e.Prepare != nil, Do: e.Do != nil, Cleanup: e.Cleanup != nil,
		})
	}
	return in
}

// fits returns what to do when the plan does not fit into the time left; empty when it does.
func (s *session) fits(selected []Endpoint, left time.Duration) string {
	if left == 0 { // no limit is set
		return ""
	}
	d := s.plan(selected, time.Now()).Duration
	if d <= left {
		return ""
	}
	return fmt.Sprintf("needs %v, -timeout leaves %v: run go test -timeout %v, or run it again: the next run continues where this one stops",
		d.Round(time.Second), left.Round(time.Second), withRoom(d))
}

// withRoom is a time limit with room for network and grace, in whole minutes.
func withRoom(d time.Duration) time.Duration {
	return (d + d/4 + time.Minute).Truncate(time.Minute) + time.Minute
}
