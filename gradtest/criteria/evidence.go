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

// evidence is the records and the declaration brought into one form: what every judgement, at now or later, starts from.
type evidence struct {
	policy  Policy
	want    Want
	now     time.Time
	tallies []tally
	rows    []int32 // tally of each declared endpoint
	scopes  []rcapi.Scope
	calls   []call // one per attempt, sorted by time once order has been called
	future  int    // records later than now
	ordered bool

	found    map[place]int32
	sets     [][]int32 // sets of declared scopes met in records, as indices of scopes; the first is empty
	setAt    map[string]int32
	errors   [2]Answers // of the policy's error rules
	declared int        // endpoints that count
}

// tally is one endpoint: a method and a path template.
type tally struct {
	name     string
	op       rcapi.Operation
	declared bool
	oauth    bool // declared, but an authorization request
	need     int
}

func newEvidence(p Policy, want Want, records iter.Seq[ledger.Record], now time.Time) *evidence {
	b := &evidence{
		policy: p.OrDefault(), want: want, now: now.UTC().Round(0),
		found: map[place]int32{}, sets: [][]int32{nil}, setAt: map[string]int32{},
	}
	for i, rule := range b.policy.errorRules() {
		b.errors[i] = rule.Answers
	}
	b.declare()
	b.collect(records)
	b.sortSeen()
	return b
}

// sortSeen puts the endpoints that were not declared into an order that does not depend on that of the records.
func (b *evidence) sortSeen() {
	first := slices.IndexFunc(b.tallies, func(t tally) bool { return !t.declared })
	if first < 0 {
		return
	}
	order := make([]int32, len(b.tallies))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order[first:], func(x, y int32) int {
		p, q := b.tallies[x].op, b.tallies[y].op
		return cmp.Or(cmp.Compare(p.Path, q.Path), cmp.Compare(p.Method, q.Method), cmp.Compare(p.ID, q.ID))
	})
	sorted, moved := make([]tally, len(order)), make([]int32, len(order))
	for to, from := range order {
		sorted[to], moved[from] = b.tallies[from], int32(to)
	}
	b.tallies = sorted
	for i := range b.calls {
		if t := &b.calls[i].tally; *t >= 0 {
			*t = moved[*t]
		}
	}
	b.found = nil // its indices are no longer true
}

func (b *evidence) declare() {
	for _, s := range b.want.Scopes {
		if c := s.Canonical(); !slices.Contains(b.scopes, c) {
			b.scopes = append(b.scopes, c)
		}
	}
	for _, e := range b.want.Endpoints {
		at := place{method: e.Op.Method, path: e.Op.Path}
		i, ok := b.found[at]
		if !ok {
			i = int32(len(b.tallies))
			b.tallies = append(b.tallies, tally{name: display(e.Name, e.Op), op: e.Op, declared: true, oauth: e.Op.OAuth()})
			b.found[at] = i
			if e.Op.ID != "" {
				b.found[place{op: e.Op.ID}] = i
			}
		} else if n := display(e.Name, e.Op); n != b.tallies[i].name {
			b.tallies[i].name += ", " + n
		}
		if t := &b.tallies[i]; !t.oauth {
			t.need = max(t.need, b.policy.need(e.Calls))
			b.declared++
		}
		b.rows = append(b.rows, i)
	}
}

// collect keeps one call per attempt. The order of records does not matter.
func (b *evidence) collect(records iter.Seq[ledger.Record]) {
	var known attempts
	for r := range records {
		c, ok := read(&r, b.now)
		if !ok {
			if r.Kind == ledger.Done { // a Reserved of the future is a slot that waits for its turn
				b.future++
			}
			continue
		}
		c.tally = b.place(&r, &c)
		if c.outcome == success {
			c.scopes = b.scopeSet(r.Scopes)
		}
		if r.ID == "" { // nothing to pair it with
			known.skip()
			b.calls = append(b.calls, c)
		} else if i, again := known.find(r.ID); !again {
			b.calls = append(b.calls, c)
		} else if c.worse(b.calls[i]) {
			b.calls[i] = c
		}
	}
	b.calls = slices.DeleteFunc(b.calls, func(c call) bool {
		return c.outcome == unsent || c.outcome == void || c.at <= -rolling
	})
}

// order sorts the calls by time, once.
func (b *evidence) order() {
	if !b.ordered {
		slices.SortFunc(b.calls, func(x, y call) int { return cmp.Compare(x.at, y.at) })
		b.ordered = true
	}
}

// scopeSet is the number of a set of declared scopes, under which frames find it; the empty set is 0.
func (b *evidence) scopeSet(names []string) int32 {
	if len(names) == 0 || len(b.scopes) == 0 {
		return 0
	}
	key := names[0]
	if len(names) > 1 {
		key = strings.Join(names, "\n")
	}
	n, ok := b.setAt[key]
	if !ok {
		var set []int32
		for _, name := range names {
			i := slices.Index(b.scopes, rcapi.Scope(name).Canonical())
			if i >= 0 && !slices.Contains(set, int32(i)) {
				set = append(set, int32(i))
			}
		}
		n = int32(len(b.sets))
		b.sets = append(b.sets, set)
		b.setAt[key] = n
	}
	return n
}
