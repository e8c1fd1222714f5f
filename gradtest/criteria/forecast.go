package criteria

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Outlook says when to apply.
type Outlook struct {
	At    time.Time
	Ready bool
	// Earliest is At when ready, otherwise the time at which waiting alone makes the app ready; zero: calls are needed.
	Earliest time.Time
	// Latest is until when the app stays ready: from Earliest on or, if calls are needed, from At on if they were all
	// made at once. Zero: it never becomes ready, or nothing ends it.
	Latest    time.Time
	Needs     Needs          // zero when ready
	Endpoints []Expiry       // in the order of Verdict.Endpoints, one per operation
	Changes   []Change       // every moment at which a rule begins or ceases to hold if nothing is sent, in order
	Errors    []ErrorOutlook // the error rules of which there are errors
	Last      time.Time      // when the latest call that counts had its response; zero: there is none
}

// Console returns when the console shows every call that counts, if its figures lag by at most delay. The platform
// named 5 minutes in April 2022, and users have seen up to a day. Zero: there is no call.
func (o Outlook) Console(delay time.Duration) time.Time {
	if o.Last.IsZero() {
		return time.Time{}
	}
	return o.Last.Add(max(delay, 0))
}

// Expiry says how long the successes of one endpoint last.
type Expiry struct {
	Name     string
	Op       rcapi.Operation
	Declared bool
	Got      int
	Need     int
	Until    time.Time // when Got falls below Need if nothing more is sent; zero: it is below now, or nothing is needed
}

// Forecast returns the earliest and the latest moment to apply. It assumes that nothing is sent except, where calls are
// needed, those of Needs. Records dated later than now are as though absent, now and later.
func Forecast(p Policy, want Want, records iter.Seq[ledger.Record], now time.Time) Outlook {
	return newEvidence(p, want, records, now).outlook()
}

func (e *evidence) outlook() Outlook {
	s := e.state()
	out := Outlook{At: e.now, Ready: s.ready(), Needs: s.needs(), Endpoints: s.expiries(), Last: e.last()}
	out.Changes = e.state().changes()
	out.Errors = s.errorOutlooks(out.Changes)
	if out.Earliest, out.Latest = span(out); !out.Earliest.IsZero() {
		return out
	}
	e = e.clone()
	e.meet(out.Needs)
	if met := e.state(); met.ready() { // not if calls alone do not suffice
		out.Latest, _ = met.until(false)
	}
	return out
}

// clone returns evidence to which calls can be added.
func (e *evidence) clone() *evidence {
	c := *e
	c.calls, c.endpoints = slices.Clone(e.calls), slices.Clone(e.endpoints)
	c.sets, c.setAt = slices.Clone(e.sets), maps.Clone(e.setAt)
	return &c
}

// span returns the first time for which the app is ready by waiting alone; zero times: never, or nothing ends it.
func span(o Outlook) (from, to time.Time) {
	if o.Ready {
		from = o.At
	}
	for _, c := range o.Changes {
		switch {
		case c.Ready && from.IsZero():
			from = c.At
		case !c.Ready && !from.IsZero():
			return from, c.At
		}
	}
	return from, to
}

// last returns when the latest call had its response.
func (e *evidence) last() (last time.Time) {
	for i := range e.calls {
		if c := &e.calls[i]; c.counted() && (last.IsZero() || e.now.Add(c.last).After(last)) {
			last = e.now.Add(c.last)
		}
	}
	return last
}

// meet adds the calls needed, as if made and answered now.
func (e *evidence) meet(n Needs) {
	for _, need := range n.Endpoints {
		e.answer(need.Op, need.Calls, need.Condition)
	}
	for _, need := range n.Scopes {
		e.answer(need.Op, need.Calls, need.Condition)
	}
	for range n.Any + n.Dilution {
		e.calls = append(e.calls, call{endpoint: none, outcome: success, volume: true})
	}
	e.ordered = false
}

// answer adds successes of now.
func (e *evidence) answer(op rcapi.Operation, times int, condition string) {
	c := call{endpoint: none, outcome: success, oauth: op.OAuth()}
	if !c.oauth {
		c.endpoint = e.endpointOf(op)
		e.endpoints[c.endpoint].used = 0
		c.volume = e.endpoints[c.endpoint].known
	}
	var exercised []string
	for _, s := range e.scopes {
		if op.Exercises(s) && (s.Condition() == "" || condition != "") {
			exercised = append(exercised, string(s))
		}
	}
	c.scopes = e.scopeSet(exercised)
	e.calls = append(e.calls, slices.Repeat([]call{c}, times)...)
}

// endpointOf returns the endpoint of an operation, which it adds if it is new.
func (e *evidence) endpointOf(op rcapi.Operation) int32 {
	i := slices.IndexFunc(e.endpoints, func(t endpoint) bool { return t.op.Method == op.Method && t.op.Path == op.Path })
	if i < 0 {
		i = len(e.endpoints)
		e.endpoints = append(e.endpoints, endpoint{name: display("", op), op: op, known: true, need: e.policy.need(0)})
	}
	return int32(i)
}

// expiries finds, for each endpoint, the success whose expiry leaves it short.
func (s *state) expiries() []Expiry {
	e := s.e
	at := make([][]time.Duration, len(e.endpoints))
	for _, c := range e.calls {
		if c.outcome == success && c.endpoint >= 0 {
			at[c.endpoint] = append(at[c.endpoint], c.at)
		}
	}
	var all []Expiry
	for i, ep := range e.endpoints {
		if !s.used(i) {
			continue
		}
		x := Expiry{Name: ep.name, Op: ep.op, Declared: ep.declared, Got: s.counting().good[i], Need: ep.need}
		if x.Need > 0 && x.Got >= x.Need {
			slices.SortFunc(at[i], func(x, y time.Duration) int { return cmp.Compare(y, x) })
			x.Until = e.policy.shelf(e.now.Add(at[i][x.Need-1]))
		}
		all = append(all, x)
	}
	return all
}
