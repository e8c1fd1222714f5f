package gradtest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Schedule is what a sweep would send, and how long that takes.
type Schedule struct {
	Endpoints []Assignment  // in the order of App.Endpoints
	Calls     int           // to be sent in all
	Duration  time.Duration // the least that the rate limits allow, without network and what Prepare and Cleanup send
	Needs     criteria.Needs
}

// Assignment is one endpoint's part of a [Schedule].
type Assignment struct {
	Name string
	Op   rcapi.Operation
	Have int // successes that count now
	Send int // calls to send
}

// Plan tells what is missing for an app, how many calls would close it and how long they take. It sends nothing.
func Plan(app App) (Schedule, error) {
	s, err := newSession(context.Background(), app)
	if err != nil {
		return Schedule{}, err
	}
	p := s.schedule(app.Endpoints, true, time.Now())
	return p, s.target.Close()
}

// schedule plans for the selected endpoints. Calls that only volume or dilution asks for belong to a full sweep.
func (s *session) schedule(selected []Endpoint, full bool, now time.Time) Schedule {
	records := s.local.all()
	v := criteria.Evaluate(s.policy, s.want, slices.Values(records), now)
	p := Schedule{Needs: v.Needs}
	missing := make(map[string]int, len(v.Needs.Endpoints))
	for _, n := range v.Needs.Endpoints {
		missing[n.Op.String()] = n.Calls
	}
	need := make(map[string]int, len(v.Endpoints))
	for _, c := range v.Endpoints {
		need[c.Op.String()] = c.Need
	}
	risky := false
	for _, e := range selected {
		a := Assignment{Name: e.name(), Op: e.Op, Have: s.local.count(e.Op, criteria.Since(now)), Send: missing[e.Op.String()]}
		if s.target.Repeat {
			a.Send = need[e.Op.String()]
		}
		risky = risky || a.Have == 0
		p.Endpoints = append(p.Endpoints, a)
	}
	share(p.Endpoints)
	p.companions(selected, v.Needs)
	if full {
		p.fill(selected, s.surplus(v, p.calls(), risky))
	}
	p.Calls = p.calls()
	sent := make(map[string]int)
	for _, a := range p.Endpoints {
		for _, g := range a.Op.Groups() {
			sent[g] += a.Send
		}
	}
	p.Duration = window.Theory(sent, s.limits(sent))
	return p
}

// share divides what an operation lacks between the endpoints that call it.
func share(list []Assignment) {
	for i := range list {
		var same []int
		for j := range list {
			if list[j].Op.String() == list[i].Op.String() {
				same = append(same, j)
			}
		}
		if same[0] != i || len(same) == 1 {
			continue
		}
		total := list[i].Send
		for k, j := range same {
			list[j].Send = (total + k) / len(same)
		}
	}
}

// companions has the endpoints called whose Prepare or Cleanup calls what is missing. Only the app's code can call an
// operation that is not declared, so where one is short, the endpoints beside it on the path that have such code are
// called again; failing that, all that have.
func (p *Schedule) companions(endpoints []Endpoint, needs criteria.Needs) {
	for _, n := range needs.Endpoints {
		if n.Declared {
			continue
		}
		beside, all := []int(nil), []int(nil)
		for i, e := range endpoints {
			if e.Prepare == nil && e.Cleanup == nil && e.Do == nil {
				continue
			}
			all = append(all, i)
			if strings.HasPrefix(n.Op.Path+"/", e.Op.Path+"/") {
				beside = append(beside, i)
			}
		}
		if len(beside) > 0 {
			all = beside
		}
		for _, i := range all {
			p.Endpoints[i].Send = max(p.Endpoints[i].Send, n.Calls)
		}
	}
}

// surplus is how many calls are needed beyond those of the endpoints: for volume, to make the errors there already a
// small enough share, and, where an endpoint has yet to show that it works, to leave room for one error more.
func (s *session) surplus(v criteria.Verdict, planned int, risky bool) int {
	extra := max(0, s.policy.Successes-v.Successes-planned)
	if s.target.Repeat {
		extra = max(0, s.policy.Successes-planned)
	}
	more := 0
	for _, r := range v.Ratios {
		if r.Errors == 0 {
			continue
		}
		if risky {
			r.Errors++
		}
		r.Planned = planned + extra
		more = max(more, r.Short())
	}
	return extra + more
}

// dearest orders the usage-plan groups from the dearest; a group that is not known, -1 in it, is dearer still.
var dearest = []rcapi.Group{rcapi.Heavy, rcapi.Medium, rcapi.Light, rcapi.NoThrottling}

// fill spreads further calls over the endpoints that cost least: reads before writes, those without code of the app
// before those with it, and by usage-plan group.
func (p *Schedule) fill(endpoints []Endpoint, calls int) {
	if calls == 0 || len(endpoints) == 0 {
		return
	}
	cost := func(i int) int { // the higher, the later
		e, c := endpoints[i], 0
		if !e.Op.Reads() {
			c += 100
		}
		if e.Do != nil || e.Prepare != nil {
			c += 10
		}
		return c - slices.Index(dearest, e.Op.Group)
	}
	order := make([]int, len(endpoints))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(cost(a), cost(b)) })
	cheap := 1
	for cheap < len(order) && cost(order[cheap]) == cost(order[0]) {
		cheap++
	}
	for i := range calls {
		p.Endpoints[order[i%cheap]].Send++
	}
}

func (p *Schedule) calls() (n int) {
	for _, a := range p.Endpoints {
		n += a.Send
	}
	return n
}

// limits are those in force for the groups of sent.
func (s *session) limits(sent map[string]int) map[string]window.Limit {
	limits := make(map[string]window.Limit, len(sent))
	for g := range sent {
		limits[g], _ = s.target.Gate.Limit(g)
	}
	return limits
}

// fits says what to do when the plan does not fit into the time left; empty when it does.
func (s *session) fits(selected []Endpoint, left time.Duration) string {
	if left == 0 { // no limit is set
		return ""
	}
	p := s.schedule(selected, len(selected) == len(s.app.Endpoints), time.Now())
	if p.Duration <= left {
		return ""
	}
	return fmt.Sprintf("needs %v, -timeout leaves %v: run go test -timeout %v, or run it again: the next run goes on where this one stops",
		p.Duration.Round(time.Second), left.Round(time.Second), roomy(p.Duration))
}

// roomy is a time limit with room for network and grace, in whole minutes.
func roomy(d time.Duration) time.Duration {
	return (d + d/4 + time.Minute).Truncate(time.Minute) + time.Minute
}
