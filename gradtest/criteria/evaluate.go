package criteria

import (
	"iter"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Evaluate judges the records up to now; the zero Policy is [Graduation]. The package documentation says what counts.
// Only Done, Reserved and Released records matter; their order does not, and records later than now are as though
// absent.
func Evaluate(p Policy, want Want, records iter.Seq[ledger.Record], now time.Time) Verdict {
	b := newEvidence(p, want, records, now)
	s := b.state()
	v := s.verdict()
	if v.Ready { // last, because it moves s
		v.Until, _ = s.until(false)
	}
	return v
}

func (s *state) verdict() Verdict {
	b, f := s.e, s.windows[inRolling]
	v := Verdict{
		Policy: b.policy.String(), At: b.now, Since: Since(b.now), Ready: s.ready(),
		Successes: s.counting().volume, Refused: f.refused, Unknown: f.unknown,
		Needs: s.needs(),
	}
	if b.policy.counting() == inRolling {
		v.Since = b.now.Add(-rolling)
	}
	v.Missing = v.Needs.Total
	v.Ratios = s.allRatios()
	for row, i := range b.rows {
		e, t := s.endpoint(i), &b.endpoints[i]
		e.Name, e.Op, e.Need = display(b.want.Endpoints[row].Name, t.op), t.op, 0
		if !t.oauth {
			e.Need = b.policy.need(b.want.Endpoints[row].Calls)
		}
		v.Endpoints = append(v.Endpoints, e)
	}
	for i, t := range b.endpoints {
		if !t.declared && s.used(i) {
			c := s.endpoint(int32(i))
			if x, ok := b.exemption(t.op); ok {
				c.Name, c.Declared, c.Exempt = display(x.Name, x.Op), true, x.Exempt
			}
			v.Endpoints = append(v.Endpoints, c)
		}
	}
	v.Endpoints = append(v.Endpoints, s.exemptRows()...)
	for i, scope := range b.scopes {
		need, _ := v.Needs.scope(scope)
		c := ScopeCount{Scope: scope, Got: s.counting().scopes[i], OAuth: s.counting().logins[i]}
		switch {
		case s.excused(i):
			c.Exempt, c.Note = true, b.excuses[i]
		case c.Got == 0 && !b.exercisable(scope):
			c.Note = "no operation exercises it: remove it"
		case c.Got == 0 && scope.Condition() != "":
			c.Note = "exercised by a call that " + scope.Condition()
		case c.Got > 0 && c.Got == c.OAuth:
			c.Note = "exercised by an authorization request alone, which the platform may not count"
		case need.Op.OAuth():
			c.Note = "only an authorization request exercises it, which the platform may not count"
		}
		v.Scopes = append(v.Scopes, c)
	}
	v.Findings = s.findings(v)
	v.Notes = s.notes(v)
	return v
}

func (s *state) endpoint(i int32) EndpointCount {
	t, f := &s.e.endpoints[i], s.windows[inRolling]
	return EndpointCount{
		Name: t.name, Op: t.op, Declared: t.declared, Need: t.need,
		Got: s.counting().good[i], Errors: f.bad[i], Unknown: f.lost[i], Callers: slices.Clone(t.callers.sides()),
	}
}

func (s *state) notes(v Verdict) []string {
	var notes []string
	if v.Unknown > 0 {
		notes = append(notes, plural(v.Unknown, "attempt")+" with unknown outcome: never counted as a success")
	}
	if n := s.e.future; n > 0 {
		notes = append(notes, plural(n, "record")+
			" dated later than this verdict: not counted until then; check whether a clock was wrong")
	}
	notes = append(notes, s.e.exemptNotes()...)
	for _, t := range s.e.endpoints {
		if t.oauth {
			notes = append(notes, t.name+
				" is an authorization request: it counts neither as an endpoint nor as volume")
		}
	}
	if note := s.outside(); note != "" {
		notes = append(notes, note)
	}
	return notes
}
