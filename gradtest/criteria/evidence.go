package criteria

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// evidence is the records and the declaration in the form from which every judgement starts, now or at a later time.
type evidence struct {
	policy    Policy
	want      Want
	now       time.Time
	endpoints []endpoint
	exempt    []Endpoint
	excuses   []string // of each scope, see excuse
	rows      []int32  // index in endpoints of each declared endpoint
	scopes    []rcapi.Scope
	calls     []call // one per attempt, sorted by time once order has been called
	future    int    // records later than now
	ordered   bool

	found    map[endpointKey]int32
	lately   map[string]located // by operation id
	sets     [][]int32          // sets of declared scopes met in records, as indices of scopes; the first is empty
	setAt    map[string]int32
	then     map[string][2]rcapi.Scope // by operation id: the scope today and in the edition; see scopesThen
	errors   [2]Answers                // of the policy's error rules
	declared int                       // endpoints that count
}

// endpoint is a method and a path template.
type endpoint struct {
	name     string
	op       rcapi.Operation
	declared bool
	known    bool // declared or in the catalogue: its successes are volume
	oauth    bool // declared, but an authorization request
	need     int
	callers  *callers      // of an undeclared endpoint: what called it; nil: not known
	used     time.Duration // the latest moment of a call, relative to the verdict's time; -rolling: none that counts
}

func newEvidence(p Policy, want Want, records iter.Seq[ledger.Record], now time.Time) *evidence {
	return newEvidences([]Policy{p}, want, records, now)[0]
}

// newEvidences is newEvidence for each of several policies, from one reading of the records.
func newEvidences(policies []Policy, want Want, records iter.Seq[ledger.Record], now time.Time) []*evidence {
	all := make([]*evidence, len(policies))
	for i, p := range policies {
		all[i] = declaredEvidence(p, want, now)
	}
	collect(records, all)
	for _, e := range all {
		e.sortSeen()
	}
	return all
}

// declaredEvidence has no records yet.
func declaredEvidence(p Policy, want Want, now time.Time) *evidence {
	e := &evidence{
		policy: p.OrDefault(), now: now.UTC().Round(0),
		found: map[endpointKey]int32{}, lately: map[string]located{}, sets: [][]int32{nil}, setAt: map[string]int32{},
		then: map[string][2]rcapi.Scope{},
	}
	e.want, e.exempt = judged(want)
	for i, rule := range e.policy.errorRules() {
		e.errors[i] = rule.Answers
	}
	e.declare()
	return e
}

// sortSeen gives the undeclared endpoints an order that does not depend on that of the records.
func (e *evidence) sortSeen() {
	first := slices.IndexFunc(e.endpoints, func(t endpoint) bool { return !t.declared })
	if first < 0 {
		return
	}
	order := make([]int32, len(e.endpoints))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order[first:], func(x, y int32) int {
		p, q := e.endpoints[x].op, e.endpoints[y].op
		return cmp.Or(cmp.Compare(p.Path, q.Path), cmp.Compare(p.Method, q.Method), cmp.Compare(p.ID, q.ID))
	})
	sorted, moved := make([]endpoint, len(order)), make([]int32, len(order))
	for to, from := range order {
		sorted[to], moved[from] = e.endpoints[from], int32(to)
	}
	e.endpoints = sorted
	for i := range e.calls {
		if t := &e.calls[i].endpoint; *t >= 0 {
			*t = moved[*t]
		}
	}
	e.found, e.lately = nil, nil // their indices are no longer valid
}

func (e *evidence) declare() {
	for _, s := range e.want.Scopes {
		if c := s.Canonical(); !slices.Contains(e.scopes, c) {
			e.scopes, e.excuses = append(e.scopes, c), append(e.excuses, e.excuse(c))
		}
	}
	for _, d := range e.want.Endpoints {
		at := endpointKey{method: d.Op.Method, path: d.Op.Path}
		i, ok := e.found[at]
		if !ok {
			i = int32(len(e.endpoints))
			e.endpoints = append(e.endpoints,
				endpoint{name: display(d.Name, d.Op), op: e.policy.at(d.Op), declared: true, known: true, oauth: d.Op.OAuth()})
			e.found[at] = i
			if d.Op.ID != "" {
				e.found[endpointKey{op: d.Op.ID}] = i
			}
		} else if n := display(d.Name, d.Op); n != e.endpoints[i].name {
			e.endpoints[i].name += ", " + n
		}
		if t := &e.endpoints[i]; !t.oauth {
			t.need = max(t.need, e.policy.need(d.Calls))
			e.declared++
		}
		e.rows = append(e.rows, i)
	}
}

// fewCalls is a first size for what collect grows: the number of records is not known beforehand.
const fewCalls = 112

// collect keeps one call per attempt. The order of records does not matter. The evidences are of the same moment, so
// that they classify and pair the records alike.
func collect(records iter.Seq[ledger.Record], all []*evidence) {
	if len(all) == 0 {
		return
	}
	known := make(map[string]int32, fewCalls) // calls by the attempt's id
	for _, e := range all {
		e.calls = make([]call, 0, fewCalls)
	}
	for r := range records {
		c, ok := read(&r, all[0].now)
		if !ok {
			if r.Kind == ledger.Done { // a later Reserved is normal: a slot in the future
				for _, e := range all {
					e.future++
				}
			}
			continue
		}
		i, again := known[r.ID]
		if !again || r.ID == "" { // without an id there is nothing to pair it with
			i = int32(len(all[0].calls))
			known[r.ID] = i
		}
		for _, e := range all {
			e.add(&r, c, i)
		}
	}
	for _, e := range all {
		e.drop()
	}
}

// add adds the call of a record as the one with index i.
func (e *evidence) add(r *ledger.Record, c call, i int32) {
	c.endpoint = e.place(r, &c)
	if c.endpoint >= 0 && r.Kind == ledger.Done {
		e.endpoints[c.endpoint].calledBy(r)
	}
	if c.outcome == success {
		if c.endpoint >= 0 || c.oauth {
			c.scopes = e.scopeSet(e.scopesThen(r.Op, r.Scopes))
		}
		c.volume = !c.oauth && c.endpoint >= 0 && e.endpoints[c.endpoint].known
	}
	if int(i) == len(e.calls) {
		e.calls = append(e.calls, c)
	} else {
		e.calls[i] = c.worst(e.calls[i])
	}
}

// drop drops the calls that are no evidence, and those that are too old.
func (e *evidence) drop() {
	for i := range e.endpoints {
		e.endpoints[i].used = -rolling
	}
	e.calls = slices.DeleteFunc(e.calls, func(c call) bool {
		if c.outcome == unsent || c.outcome == ignored {
			return true
		}
		if c.endpoint >= 0 {
			t := &e.endpoints[c.endpoint]
			t.used = max(t.used, c.last)
		}
		return c.at <= -rolling
	})
}

// order sorts the calls by time, once.
func (e *evidence) order() {
	if !e.ordered {
		slices.SortFunc(e.calls, func(x, y call) int { return cmp.Compare(x.at, y.at) })
		e.ordered = true
	}
}

// scopeSet returns the index in sets of the declared scopes among names; the empty set is 0.
func (e *evidence) scopeSet(names []string) int32 {
	if len(names) == 0 || len(e.scopes) == 0 {
		return 0
	}
	key := names[0]
	if len(names) > 1 {
		key = strings.Join(names, "\n")
	}
	n, ok := e.setAt[key]
	if !ok {
		var set []int32
		for _, name := range names {
			i := slices.Index(e.scopes, rcapi.Scope(name).Canonical())
			if i >= 0 && !slices.Contains(set, int32(i)) {
				set = append(set, int32(i))
			}
		}
		n = int32(len(e.sets))
		e.sets = append(e.sets, set)
		e.setAt[key] = n
	}
	return n
}
