package planner

import (
	"cmp"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

// draft is a plan in the making.
type draft struct {
	in      Input
	verdict criteria.Verdict
	chosen  []Endpoint             // the selected endpoints
	list    []Assignment           // theirs, in the same order
	side    map[string][]sideCalls // that the code of each endpoint was seen to send
	called  map[string]int         // calls of each endpoint over which they were seen

	any, dilution int
}

// assign gives each selected endpoint the calls that it lacks.
func (p *draft) assign() {
	missing, have, need := make(map[string]int), make(map[string]int), make(map[string]int)
	for _, n := range p.verdict.Needs.Endpoints {
		missing[n.Op.String()] = n.Calls
	}
	for _, e := range p.verdict.Endpoints {
		have[e.Op.String()], need[e.Op.String()] = e.Got, e.Need
	}
	for _, e := range p.in.Endpoints {
		if e.Exempt != "" || p.in.Selected != nil && !p.in.Selected(e.Name) {
			continue
		}
		key := e.Op.String()
		a := Assignment{Name: e.Name, Op: e.Op, Have: have[key], Send: missing[key]}
		if p.in.Repeat {
			a.Send = need[key]
		}
		p.chosen, p.list = append(p.chosen, e), append(p.list, a)
	}
}

// exempt returns the endpoints that are never called.
func (p *draft) exempt() (list []Assignment) {
	for _, e := range p.in.Endpoints {
		if e.Exempt != "" {
			list = append(list, Assignment{Name: e.Name, Op: e.Op, Exempt: e.Exempt})
		}
	}
	return list
}

// all returns the assignments, those of exempt endpoints at the end.
func (p *draft) all() []Assignment { return append(p.list, p.exempt()...) }

// share divides the calls of an operation between the endpoints that declare it.
func (p *draft) share() {
	byOp := make(map[string][]int)
	for i, a := range p.list {
		byOp[a.Op.String()] = append(byOp[a.Op.String()], i)
	}
	for _, same := range byOp {
		total := p.list[same[0]].Send
		for k, i := range same {
			p.list[i].Send = (total + k) / len(same)
		}
	}
}

// reliable is the share of calls that must bring a success of an undeclared operation along for a further call to be
// planned for its sake. Less would repeat calls that do not help.
const reliable = 0.5

// cover plans calls of endpoints whose code calls an operation that is short and not declared. Only the app's code can
// call such an operation. The endpoints that were seen to do so are called again. Before any were seen, those with code
// that the path of the operation extends are called, or all with code.
func (p *draft) cover() {
	for _, n := range p.verdict.Needs.Endpoints {
		if n.Declared {
			continue
		}
		var seen, beside, all []int
		for i, e := range p.chosen {
			if !e.code() {
				continue
			}
			switch rate := p.sends(e.Name, n.Op.String()); {
			case rate >= reliable:
				seen = append(seen, i)
				continue
			case p.called[e.Name] > 0: // it was seen not to help
				continue
			}
			all = append(all, i)
			if strings.HasPrefix(n.Op.Path+"/", e.Op.Path+"/") {
				beside = append(beside, i)
			}
		}
		for _, candidates := range [][]int{seen, beside, all} {
			if len(candidates) == 0 {
				continue
			}
			for _, i := range candidates {
				calls := n.Calls
				if rate := p.sends(p.chosen[i].Name, n.Op.String()); rate > 0 {
					calls = ceil(float64(n.Calls) / rate)
				}
				p.list[i].Send = max(p.list[i].Send, calls)
			}
			break
		}
	}
}

// exercise plans calls of endpoints that have enough successes but have not exercised a scope, or that are
// authorization requests.
func (p *draft) exercise() {
	for _, n := range p.verdict.Needs.Scopes {
		i := slices.IndexFunc(p.list, func(a Assignment) bool { return a.Op.String() == n.Op.String() })
		if i >= 0 && p.in.Tried[n.Op.String()] == 0 {
			p.list[i].Send = max(p.list[i].Send, n.Calls)
		}
	}
}

// surplus returns how many calls are needed beyond those of the endpoints: for volume, to reduce the share of the
// errors already there, and, where an endpoint has not succeeded yet, to leave room for one more error.
func (p *draft) surplus() int {
	planned, logins, unproven := 0, 0, false
	for _, a := range p.list {
		if a.Op.OAuth() { // its successes never count
			logins += a.Send
			unproven = unproven || a.Send > 0
			continue
		}
		planned += a.Send
		unproven = unproven || a.Have == 0
		for _, s := range p.side[a.Name] {
			planned += s.successes(a.Send)
		}
	}
	have := p.verdict.Successes
	if p.in.Repeat {
		have = 0
	}
	p.any = max(0, p.in.Policy.Successes-have-planned)
	for _, r := range p.verdict.Ratios {
		if r.Errors == 0 {
			continue
		}
		if unproven {
			r.Errors++
		}
		r.Planned = planned + p.any
		if r.Over == criteria.AllTraffic {
			r.Planned += logins
		}
		p.dilution = max(p.dilution, r.Short())
	}
	return p.any + p.dilution
}

// fill spreads further calls over the endpoints that cost least: reads before writes, those without code of the app
// before those with it, then by group.
func (p *draft) fill(calls int) {
	var order []int
	for i := range p.list {
		if !p.list[i].Op.OAuth() { // an authorization request never counts
			order = append(order, i)
		}
	}
	if len(order) == 0 {
		return
	}
	compare := func(a, b int) int { return compareCost(p.chosen[a], p.chosen[b]) }
	slices.SortStableFunc(order, compare)
	cheap := slices.IndexFunc(order, func(i int) bool { return compare(order[0], i) != 0 })
	if cheap < 0 {
		cheap = len(order)
	}
	for i := range calls {
		p.list[order[i%cheap]].Send++
	}
}

func compareCost(a, b Endpoint) int {
	return cmp.Or(
		compareBool(!a.Op.Reads(), !b.Op.Reads()),
		compareBool(a.code(), b.code()),
		cmp.Compare(a.Op.Group.Cost(), b.Op.Group.Cost()),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
