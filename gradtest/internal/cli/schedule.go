package cli

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/internal/planner"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// schedule is the plan in the form in which --json writes it. Times are UTC; a member that does not apply is absent.
type schedule struct {
	Schema    string            `json:"schema"`
	App       string            `json:"app,omitempty"`
	Policy    string            `json:"policy"`
	At        time.Time         `json:"at"`
	Ready     bool              `json:"ready"`
	Calls     int               `json:"calls"`   // that a sweep sends to the endpoints
	Side      int               `json:"side"`    // that Prepare, Do and Cleanup are expected to send besides
	Seconds   float64           `json:"seconds"` // the least that the rate limits allow from now on, network not counted
	Endpoints []plannedEndpoint `json:"endpoints"`
	Any       int               `json:"any"`      // of calls, those only for volume
	Dilution  int               `json:"dilution"` // of calls, those only to reduce the share of errors
	Groups    []plannedGroup    `json:"groups"`
	Scopes    []plannedScope    `json:"scopes"`               // that no endpoint exercises
	Drop      []string          `json:"drop"`                 // declared scopes that no operation exercises
	Wait      time.Time         `json:"wait,omitzero"`        // no number of calls suffices before
	Earliest  time.Time         `json:"earliest,omitzero"`    // to apply; absent: never, by waiting and calls alone
	By        string            `json:"earliestBy,omitempty"` // what makes Earliest possible: nothing, waiting or calls
	Latest    time.Time         `json:"latest,omitzero"`      // to apply, if nothing more is sent
	Notes     []string          `json:"notes"`
}

// What makes the earliest time to apply possible.
const (
	byNothing = "nothing"
	byWaiting = "waiting"
	byCalls   = "calls"
)

// plannedEndpoint is one endpoint's part of the plan.
type plannedEndpoint struct {
	Name     string `json:"name"`
	Method   string `json:"method"`
	Path     string `json:"path"`
	Group    string `json:"group,omitempty"`
	Scope    string `json:"scope,omitempty"`
	Declared bool   `json:"declared"`
	Have     int    `json:"have"` // successes that count now
	Need     int    `json:"need"`
	Send     int    `json:"send"`             // calls to send
	Side     int    `json:"side"`             // calls that its own code is expected to send besides
	Exempt   string `json:"exempt,omitempty"` // why nothing is sent

	// Callers are the Prepare and Cleanup functions that alone called an undeclared endpoint.
	Callers []string `json:"callers,omitempty"`
}

// plannedScope is a scope that no declared endpoint exercises.
type plannedScope struct {
	Scope string `json:"scope"`
	By    string `json:"by,omitempty"` // the operation that exercises it at the least cost
}

// plannedGroup is the load of one group of the rate limits.
type plannedGroup struct {
	Group   string  `json:"group"`
	Calls   int     `json:"calls"`
	Limit   int     `json:"limit"`   // calls per window; 0: none
	Window  float64 `json:"window"`  // seconds
	Learned bool    `json:"learned"` // the server has reported the limit
	Seconds float64 `json:"seconds"` // that the calls take at least
}

// plan asks the planner that package gradtest asks, with the declaration that the tests left in the ledger, and with
// the limits as the servers last reported them, else as the platform documents them.
func (j *judgement) plan(ctx context.Context) (p planner.Plan, err error) {
	d, err := j.in.read(ctx, j.dir)
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	in := planner.Input{Policy: j.policy, Scopes: j.want.Scopes, Limits: d.Gate(nil).Limit, Now: j.now}
	var declared *ledger.Declaration
	if j.declared != nil {
		declared = &j.declared.Declaration
	}
	in.Endpoints = planner.Endpoints(j.want, declared)
	if err := j.read(ctx, j.now, func(all iter.Seq[ledger.Record]) { in.Records = slices.Collect(all) }); err != nil {
		return p, err
	}
	if in.Gone, err = evidence.Gone(ctx, d, in.Records, j.now); err != nil {
		return p, err
	}
	return planner.New(in), nil
}

// newSchedule renders a plan and an outlook.
func newSchedule(app string, p planner.Plan, o criteria.Outlook, notes []string) schedule {
	v := p.Verdict
	s := schedule{
		Schema: planSchema, App: app, Policy: v.Policy, At: v.At, Ready: v.Ready,
		Calls: p.Calls, Side: p.Side, Seconds: p.Duration.Seconds(), Any: p.Any, Dilution: p.Dilution,
		Endpoints: []plannedEndpoint{}, Scopes: []plannedScope{}, Groups: []plannedGroup{}, Drop: []string{},
		Wait: v.Needs.Wait, Earliest: o.Earliest, Latest: o.Latest, Notes: filled(slices.Concat(v.Notes, notes)),
	}
	s.endpoints(p)
	for _, n := range v.Needs.Scopes {
		if n.Declared { // the plan has its calls
			s.condition(cmp.Or(n.Op.ID, n.Op.String()), n.Condition)
		} else {
			s.Scopes = append(s.Scopes, plannedScope{Scope: string(n.Scope), By: cmp.Or(n.Op.ID, n.Op.String())})
		}
	}
	for _, g := range p.Groups {
		s.Groups = append(s.Groups, plannedGroup{
			Group: g.Name, Calls: g.Calls, Limit: g.Limit.Calls, Window: g.Limit.Per.Seconds(),
			Learned: g.Learned, Seconds: g.Duration.Seconds(),
		})
	}
	for _, e := range v.Needs.Endpoints {
		s.condition(e.Name, e.Condition)
	}
	for _, d := range v.Needs.Drop {
		s.Drop = append(s.Drop, string(d))
	}
	switch {
	case v.Ready:
		s.By = byNothing
	case !s.Earliest.IsZero():
		s.By = byWaiting
	case !s.Latest.IsZero() && len(s.Scopes) == 0 && s.Calls+s.Side > 0:
		s.Earliest, s.By = s.At.Add(p.Duration), byCalls
	}
	return s
}

// endpoints lists the declared endpoints, then those that were only seen.
func (s *schedule) endpoints(p planner.Plan) {
	row := func(name string, op rcapi.Operation) plannedEndpoint {
		return plannedEndpoint{Name: name, Method: op.Method, Path: op.Path, Group: string(op.Group), Scope: string(op.Scope)}
	}
	need := make(map[string]int)
	for _, e := range p.Verdict.Endpoints {
		need[e.Op.String()] = e.Need
	}
	for _, a := range p.Endpoints {
		e := row(a.Name, a.Op)
		e.Declared, e.Have, e.Need, e.Send, e.Side = true, a.Have, need[a.Op.String()], a.Send, a.Side
		e.Exempt = a.Exempt
		s.Endpoints = append(s.Endpoints, e)
	}
	for _, c := range p.Verdict.Endpoints {
		if !c.Declared {
			e := row(c.Name, c.Op)
			e.Have, e.Need = c.Got, c.Need
			for _, by := range c.Callers {
				e.Callers = append(e.Callers, by.String())
			}
			s.Endpoints = append(s.Endpoints, e)
		}
	}
}

// condition notes what the calls of an endpoint have to do besides succeeding.
func (s *schedule) condition(endpoint, condition string) {
	if condition != "" {
		s.Notes = append(s.Notes, endpoint+": at least one successful call that "+condition+" is needed")
	}
}
