// Package planner decides which calls a sweep has to send and how long they take. It is pure: a plan follows from the
// declaration, the records and the moment. Run, Sweep, Plan and the command all ask this one planner.
package planner

import (
	"cmp"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Endpoint is a declared endpoint.
type Endpoint struct {
	Name  string
	Op    rcapi.Operation
	Calls int // successes wanted where that is more than the policy asks

	Exempt string // why it is never called; empty: it is

	// Which functions of the app run with each call. What they send is planned as far as it has been seen before.
	Prepare, Do, Cleanup bool
}

// code reports whether a call of the endpoint runs code of the app that may send more than the call itself.
func (e Endpoint) code() bool { return e.Prepare || e.Do || e.Cleanup }

// Endpoints lists the endpoints of an app for a plan. d is the declaration that want was made of; nil: none.
func Endpoints(want criteria.Want, d *ledger.Declaration) (all []Endpoint) {
	for i, e := range want.Endpoints {
		p := Endpoint{Name: cmp.Or(e.Name, e.Op.ID), Op: e.Op, Calls: e.Calls, Exempt: e.Exempt}
		if d != nil {
			p.Prepare, p.Do, p.Cleanup = d.Endpoints[i].Prepare, d.Endpoints[i].Do, d.Endpoints[i].Cleanup
		}
		all = append(all, p)
	}
	return all
}

// Input is everything a plan depends on.
type Input struct {
	Policy    criteria.Policy
	Scopes    []rcapi.Scope
	Endpoints []Endpoint
	Selected  func(name string) bool // the endpoints to plan for; nil: all. A plan for some leaves volume and dilution open
	Repeat    bool                   // plan all calls, not only the missing ones
	// Tried is the number of successes that the sweep already has by operation. A success that did not exercise the
	// scope it was sent for is not repeated: the next one would not either.
	Tried   map[string]int
	Records []ledger.Record // of the last evidence.Horizon
	Limits  func(group string) (l window.Limit, learned bool)
	Now     time.Time

	// Gone are the sessions that are known to have ended: the slots that they left are settled by the next call that
	// waits.
	Gone map[string]bool
}

// Plan is the calls that a sweep would send.
type Plan struct {
	Verdict   criteria.Verdict // over Records
	Endpoints []Assignment     // the selected ones, in the order of the declaration
	Calls     int              // Send of all endpoints together
	Side      int              // calls that Prepare, Do and Cleanup are expected to send besides
	Any       int              // of Calls, those only for volume
	Dilution  int              // of Calls, those only to reduce the share of errors
	Groups    []Group          // by name
	Duration  time.Duration    // the least that the limits allow from now on, without network
}

// Assignment is one endpoint's part of a plan.
type Assignment struct {
	Name string
	Op   rcapi.Operation
	Have int // successes that count now
	Send int // calls to send
	Side int // calls that the endpoint's own code is expected to send besides

	Exempt string // why nothing is sent; empty: it is called
}

// Group is the load of one group of the rate limits.
type Group struct {
	Name     string
	Calls    int
	Limit    window.Limit
	Learned  bool          // a server has confirmed the limit
	Duration time.Duration // until the last of the calls can be sent
}

// New plans the calls that are missing and how long they take.
func New(in Input) Plan { return missing(in).finish() }

// Missing is New without the time that the calls take, and without Side, Groups and Duration. It costs one evaluation
// of the records.
func Missing(in Input) Plan {
	p := missing(in)
	out := Plan{Verdict: p.verdict, Endpoints: p.all(), Any: p.any, Dilution: p.dilution}
	for _, a := range p.list {
		out.Calls += a.Send
	}
	return out
}

func missing(in Input) *draft {
	want := criteria.Want{Scopes: in.Scopes}
	for _, e := range in.Endpoints {
		want.Endpoints = append(want.Endpoints, criteria.Endpoint{Name: e.Name, Op: e.Op, Calls: e.Calls, Exempt: e.Exempt})
	}
	p := &draft{in: in}
	p.side, p.called = observe(in.Records)
	p.verdict = criteria.Evaluate(in.Policy, want, slices.Values(in.Records), in.Now)
	p.assign()
	p.share()
	p.cover()
	p.exercise()
	if len(p.chosen) == len(in.Endpoints)-len(p.exempt()) {
		p.fill(p.surplus())
	}
	return p
}

// finish counts what was assigned and how long it takes.
func (p *draft) finish() Plan {
	out := Plan{Verdict: p.verdict, Any: p.any, Dilution: p.dilution}
	charged := make(map[string]int)
	for i := range p.list {
		a := &p.list[i]
		for _, g := range a.Op.Groups() {
			charged[g] += a.Send
		}
		for _, s := range p.side[a.Name] {
			n := s.expected(a.Send)
			a.Side += n
			for _, g := range s.groups {
				charged[g] += n
			}
		}
		out.Calls += a.Send
		out.Side += a.Side
	}
	out.Endpoints = p.all()
	out.Groups, out.Duration = p.load(charged)
	return out
}
