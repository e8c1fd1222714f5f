package criteria

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Expiry is how long the successes of one endpoint last.
type Expiry struct {
	Name     string
	Op       rcapi.Operation
	Declared bool
	Got      int
	Need     int
	Until    time.Time // when Got falls below Need if nothing more is sent; zero: it is below now, or nothing is needed
}

// Outlook is when to apply.
type Outlook struct {
	At        time.Time
	Ready     bool
	Earliest  time.Time // At when ready; the moment when waiting alone will have done; zero: Needs have to be met first
	Latest    time.Time // until when it stays so from Earliest on, or from At on if the Needs were met at once; zero: never, or nothing ends it
	Needs     Needs     // nothing when ready
	Endpoints []Expiry  // in the order of Verdict.Endpoints, one per operation
}

// Forecast tells the earliest and the latest moment to apply. It assumes that nothing is sent but, where calls are
// needed, those of Needs.
func Forecast(p Policy, want Want, records iter.Seq[ledger.Record], now time.Time) Outlook {
	b := newEvidence(p, want, records, now)
	s := b.state()
	out := Outlook{At: b.now, Ready: s.ready(), Needs: s.needs(), Endpoints: s.expiries()}
	if at, ok := s.until(true); ok {
		out.Earliest = at
		out.Latest, _ = s.until(false)
		return out
	}
	if !out.Needs.Wait.IsZero() || len(out.Needs.Drop) > 0 || b.declared == 0 {
		return out
	}
	b.meet(out.Needs)
	if met := b.state(); met.ready() {
		out.Latest, _ = met.until(false)
	}
	return out
}

// meet adds the calls needed, as made and answered now.
func (e *evidence) meet(n Needs) {
	add := func(endpoint int32, times int, scopes ...string) {
		for range times {
			e.calls = append(e.calls, call{endpoint: endpoint, outcome: success, scopes: e.scopeSet(scopes)})
		}
	}
	before := e.state()
	for i, t := range e.endpoints {
		var scopes []string
		for _, s := range e.scopes {
			if t.op.Exercises(s) {
				scopes = append(scopes, string(s))
			}
		}
		add(int32(i), before.short(i), scopes...)
	}
	for _, s := range n.Scopes {
		add(none, 1, string(s))
	}
	add(none, n.Any+n.Dilution)
	e.ordered = false
}

// expiries finds, for each endpoint, the success whose leaving makes it short.
func (s *state) expiries() []Expiry {
	b := s.e
	at := make([][]time.Duration, len(b.endpoints))
	for _, c := range b.calls {
		if c.outcome == success && c.endpoint >= 0 {
			at[c.endpoint] = append(at[c.endpoint], c.at)
		}
	}
	var all []Expiry
	for i, t := range b.endpoints {
		if !s.used(i) {
			continue
		}
		e := Expiry{Name: t.name, Op: t.op, Declared: t.declared, Got: s.counting().good[i], Need: t.need}
		if e.Need > 0 && e.Got >= e.Need {
			slices.SortFunc(at[i], func(x, y time.Duration) int { return cmp.Compare(y, x) })
			e.Until = b.policy.shelf(b.now.Add(at[i][e.Need-1]))
		}
		all = append(all, e)
	}
	return all
}
