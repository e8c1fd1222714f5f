package cli

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// schedule is what plan says, in the form in which --json writes it. Times are UTC; a member that does not apply is absent.
type schedule struct {
	Schema    string       `json:"schema"`
	App       string       `json:"app,omitempty"`
	Policy    string       `json:"policy"`
	At        time.Time    `json:"at"`
	Ready     bool         `json:"ready"`
	Calls     int          `json:"calls"`   // to be sent in all, all of them successful
	Seconds   float64      `json:"seconds"` // the least that the rate limits allow, network not counted
	Endpoints []toEndpoint `json:"endpoints"`
	Scopes    []toScope    `json:"scopes"`   // that no call to an endpoint above exercises
	Any       int          `json:"any"`      // to any endpoint, for volume
	Dilution  int          `json:"dilution"` // to any endpoint, to make errors a small enough share
	AnyGroup  string       `json:"anyGroup,omitempty"`
	Groups    []toGroup    `json:"groups"`
	Drop      []string     `json:"drop"`                 // declared scopes that no call can exercise
	Wait      time.Time    `json:"wait,omitzero"`        // no number of calls will do before
	Earliest  time.Time    `json:"earliest,omitzero"`    // to apply; absent: never, by waiting and calls alone
	By        string       `json:"earliestBy,omitempty"` // what brings it about: nothing, waiting or calls
	Latest    time.Time    `json:"latest,omitzero"`      // the evidence has aged out then, if nothing more is sent
	Notes     []string     `json:"notes"`
}

// What brings the earliest moment to apply about.
const (
	byNothing = "nothing"
	byWaiting = "waiting"
	byCalls   = "calls"
)

// toEndpoint is the calls to send to one endpoint.
type toEndpoint struct {
	Name     string `json:"name"`
	Method   string `json:"method"`
	Path     string `json:"path"`
	Group    string `json:"group,omitempty"`
	Scope    string `json:"scope,omitempty"`
	Declared bool   `json:"declared"`
	Have     int    `json:"have"`
	Need     int    `json:"need"`
	Send     int    `json:"send"`
}

// toScope is the one call that exercises a scope.
type toScope struct {
	Scope string `json:"scope"`
	By    string `json:"by,omitempty"` // the operation that costs least
	Send  int    `json:"send"`
	op    rcapi.Operation
}

// toGroup is the calls that one bucket of the rate limits is charged for.
type toGroup struct {
	Group   string  `json:"group"`
	Calls   int     `json:"calls"`
	Limit   int     `json:"limit"`  // calls per window; 0: none
	Window  float64 `json:"window"` // seconds
	Learned bool    `json:"learned"`
	Seconds float64 `json:"seconds"`
}

// limit tells the rate limit in force for a bucket, and whether a server has confirmed it.
type limit func(bucket string) (l window.Limit, learned bool)

// limits are what the servers told the tests within the last day, laid over what the platform documents; until done.
func (j *judgement) limits(ctx context.Context) (of limit, done func() error, err error) {
	d, err := j.in.open(ctx, j.dir)
	if err != nil {
		return nil, nil, err
	}
	documented := make(map[string]window.Limit)
	for _, l := range rcapi.Limits() {
		documented[l.Bucket] = window.Limit{Calls: l.Calls, Per: l.Per}
	}
	return d.Gate(documented).Limit, d.Close, nil
}

// newSchedule puts verdict and outlook into the form of a plan. It decides one thing of its own: the calls that any
// endpoint may have go to the declared one that costs least.
func newSchedule(app string, v criteria.Verdict, o criteria.Outlook, limits limit, notes []string) schedule {
	s := schedule{
		Schema: "gradtest/plan/v1", App: app, Policy: v.Policy, At: v.At, Ready: v.Ready, Calls: v.Needs.Total,
		Endpoints: []toEndpoint{}, Scopes: []toScope{}, Groups: []toGroup{}, Drop: []string{},
		Any: v.Needs.Any, Dilution: v.Needs.Dilution, Wait: v.Needs.Wait,
		Earliest: o.Earliest, Latest: o.Latest, Notes: filled(slices.Concat(v.Notes, notes)),
	}
	charged := make(map[string]int)
	charge := func(op rcapi.Operation, calls int) {
		if calls == 0 {
			return
		}
		for _, g := range op.Groups() {
			charged[g] += calls
		}
	}
	s.endpoints(v)
	for _, n := range v.Needs.Endpoints {
		charge(n.Op, n.Calls)
	}
	for _, scope := range v.Needs.Scopes {
		t := exercise(scope)
		charge(t.op, 1)
		s.Scopes = append(s.Scopes, t)
	}
	if surplus := s.Any + s.Dilution; surplus > 0 {
		cheap := cheapest(v)
		s.AnyGroup = string(cheap.Group)
		charge(cheap, surplus)
	}
	for _, d := range v.Needs.Drop {
		s.Drop = append(s.Drop, string(d))
	}
	s.pace(charged, limits)
	switch {
	case v.Ready:
		s.By = byNothing
	case !s.Earliest.IsZero():
		s.By = byWaiting
	case !s.Latest.IsZero():
		s.Earliest, s.By = s.At.Add(time.Duration(s.Seconds*float64(time.Second))), byCalls
	}
	return s
}

// endpoints lists each endpoint once, those with nothing to send too.
func (s *schedule) endpoints(v criteria.Verdict) {
	send := make(map[string]criteria.EndpointNeed)
	for _, n := range v.Needs.Endpoints {
		send[identity(n.Op)] = n
	}
	seen := make(map[string]bool)
	for _, e := range v.Endpoints {
		id := identity(e.Op)
		if seen[id] {
			continue
		}
		seen[id] = true
		t := toEndpoint{
			Name: e.Name, Method: e.Op.Method, Path: e.Op.Path, Group: string(e.Op.Group), Scope: string(e.Op.Scope),
			Declared: e.Declared, Have: e.Got, Need: e.Need,
		}
		if n, short := send[id]; short {
			t.Name, t.Send, t.Need = n.Name, n.Calls, e.Got+n.Calls
		}
		s.Endpoints = append(s.Endpoints, t)
	}
}

// pace adds up how long the calls take, group by group.
func (s *schedule) pace(charged map[string]int, limits limit) {
	var longest time.Duration
	for _, g := range slices.Sorted(maps.Keys(charged)) {
		l, learned := limits(g)
		took := window.Theory(map[string]int{g: charged[g]}, map[string]window.Limit{g: l})
		longest = max(longest, took)
		s.Groups = append(s.Groups, toGroup{
			Group: g, Calls: charged[g], Limit: l.Calls, Window: l.Per.Seconds(), Learned: learned, Seconds: took.Seconds(),
		})
	}
	s.Seconds = longest.Seconds()
}

// identity tells endpoints apart as the verdict does.
func identity(op rcapi.Operation) string {
	if op.Path == "" {
		return op.ID
	}
	return op.String()
}

// exercise suggests the call for a scope: the operation that costs least. No declared endpoint that is short does it, or
// the scope would not be among those that need a call of their own.
func exercise(scope rcapi.Scope) toScope {
	op, _ := rcapi.Cheapest(scope)
	return toScope{Scope: string(scope), By: op.ID, Send: 1, op: op}
}

// cheapest is the declared endpoint that costs least: reads before writes, then by group. The zero Operation, without
// any endpoint, is charged to every group.
func cheapest(v criteria.Verdict) rcapi.Operation {
	var declared []criteria.EndpointCount
	for _, e := range v.Endpoints {
		if e.Declared && !e.Op.OAuth() {
			declared = append(declared, e)
		}
	}
	if len(declared) == 0 {
		return rcapi.Operation{}
	}
	dearest := []rcapi.Group{rcapi.NoThrottling, rcapi.Light, rcapi.Medium, rcapi.Heavy}
	cost := func(op rcapi.Operation) int {
		at := slices.Index(dearest, op.Group)
		if at < 0 {
			at = len(dearest)
		}
		if !op.Reads() {
			at += 10
		}
		return at
	}
	return slices.MinFunc(declared, func(a, b criteria.EndpointCount) int {
		return cmp.Compare(cost(a.Op), cost(b.Op))
	}).Op
}
