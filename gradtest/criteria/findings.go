package criteria

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// findings puts every rule of the policy into words; the words carry the numbers of v and compute nothing but how to
// close what is open.
func (s *state) findings(v Verdict) []Finding {
	p := s.b.policy
	all := []Finding{s.volume(), s.endpoints(), s.scopeRule(v)}
	for i, rule := range p.errorRules() {
		if rule.Answers != 0 {
			all = append(all, s.errors(v, errorRuleKeys[i], rule))
		}
	}
	if p.NoRefusals {
		all = append(all, s.rateLimit())
	}
	return slices.DeleteFunc(all, func(f Finding) bool { return f.Rule == "" })
}

func (s *state) volume() Finding {
	got, need := s.counting().volume, s.b.policy.Successes
	f := Finding{
		Rule: RuleVolume, OK: got >= need,
		Got: plural(got, "successful call"), Need: plural(need, "successful call"),
	}
	if !f.OK {
		f.Fix = fmt.Sprintf("%s, to any endpoint", more(need-got))
	}
	if got == 20 && need == 21 {
		f.Note = `borderline: exactly 20 passes where the bar reads "at least 20", as in Legacy; this policy asks for more than 20`
	}
	return f
}

func (s *state) endpoints() Finding {
	f, p := s.counting(), s.b.policy
	met, all, raised := 0, 0, false
	var acts []string
	for i, t := range s.b.tallies {
		if !s.used(i) {
			continue
		}
		all++
		raised = raised || t.need > p.PerEndpoint
		short := s.short(i)
		switch {
		case short == 0:
			met++
		case t.declared:
			acts = append(acts, fmt.Sprintf("%s: %s (%d of %d)", t.name, more(short), f.good[i], t.need))
		default:
			at := s.b.forgottenUse(int32(i))
			acts = append(acts, fmt.Sprintf("%s is called but not declared (%d of %d): declare it, or stop calling it and wait until %s",
				t.name, f.good[i], t.need, stamp(at)))
		}
	}
	out := Finding{
		Rule: RuleEndpoints, OK: met == all && s.b.declared > 0,
		Got:  fmt.Sprintf("%d of %s", met, plural(all, "endpoint")),
		Need: fmt.Sprintf("%s on each", plural(p.PerEndpoint, "successful call")),
	}
	if raised {
		out.Need += ", more where declared"
	}
	if s.b.declared == 0 {
		out.Got = "no endpoints declared"
		acts = append([]string{"declare the endpoints that the app uses: nothing is proven without"}, acts...)
	}
	out.Fix = strings.Join(acts, "; ")
	return out
}

func (s *state) scopeRule(v Verdict) Finding {
	if !s.b.policy.Scopes {
		return Finding{}
	}
	met := 0
	var acts []string
	for _, c := range v.Scopes {
		switch {
		case c.Got > 0:
			met++
		case slices.Contains(v.Needs.Drop, c.Scope):
			acts = append(acts, fmt.Sprintf("%s: no operation exercises it: remove it in the developer console and from the declared scopes", c.Scope))
		default:
			acts = append(acts, fmt.Sprintf("%s: %s", c.Scope, s.exercise(c.Scope)))
		}
	}
	f := Finding{
		Rule: RuleScopes, OK: met == len(v.Scopes),
		Got:  fmt.Sprintf("%d of %s exercised", met, plural(len(v.Scopes), "app scope")),
		Need: "1 successful call for each",
		Fix:  strings.Join(acts, "; "),
	}
	if len(v.Scopes) == 0 {
		f.Got, f.Need = "no app scopes declared", "none"
	}
	return f
}

// exercise says which call exercises a scope.
func (s *state) exercise(scope rcapi.Scope) string {
	if condition := scope.Condition(); condition != "" {
		return "1 successful call that " + condition
	}
	var by []string
	for _, t := range s.b.tallies {
		if t.declared && t.op.Exercises(scope) {
			by = append(by, t.name)
		}
	}
	if len(by) == 0 {
		if op, ok := rcapi.Cheapest(scope); ok {
			by = append(by, "an operation that requires exactly it, such as "+op.ID+", which no declared endpoint does")
		}
	}
	return "1 successful call to " + strings.Join(by, " or ")
}

func (s *state) errors(v Verdict, key string, rule ErrorRule) Finding {
	worst, _ := v.Worst(key)
	f := Finding{
		Rule: key, OK: worst.OK(),
		Got:  worst.String(),
		Need: fmt.Sprintf("less than %d %%", rule.below()),
	}
	if f.OK {
		return f
	}
	short := 0
	for _, r := range v.Ratios {
		if r.Rule == key {
			short = max(short, r.Short())
		}
	}
	at := s.b.forgotten(func(c *call) bool { return c.kinds&rule.Answers != 0 })
	f.Fix = fmt.Sprintf("%s, or wait until %s, when the last error has left the window", more(short), stamp(at))
	return f
}

func (s *state) rateLimit() Finding {
	n := s.refused()
	f := Finding{Rule: RuleRateLimit, OK: n == 0, Got: "no answer 429", Need: "none"}
	if n > 0 {
		at := s.b.forgotten(func(c *call) bool { return c.refused })
		f.Got = plural(n, "answer") + " 429"
		f.Fix = fmt.Sprintf("no call mends it: wait until %s, when the last one has left the window, and stay below the limits", stamp(at))
	}
	return f
}

// forgottenUse is when an endpoint that is no longer called no longer counts as used.
func (b *evidence) forgottenUse(tally int32) time.Time {
	last := time.Duration(-rolling)
	for i := range b.calls {
		if b.calls[i].tally == tally {
			last = max(last, b.calls[i].at)
		}
	}
	return b.now.Add(last + rolling)
}

// String is the share in words: "1 of 20 API calls (5.0 %) in the UTC window". The percentage is rounded down, so that
// it reads 5.0 only where 5 % is reached.
func (r Ratio) String() string {
	calls := "API call"
	if r.Over == AllTraffic {
		calls = "call"
	}
	in := "the UTC window"
	if r.Window == Rolling48h {
		in = "the last 48 h"
	}
	if r.Errors == 0 {
		return "no errors in " + plural(r.Calls, calls)
	}
	if r.Over == AllTraffic {
		in = "authorization included, " + in
	}
	return fmt.Sprintf("%d of %s (%s), %s", r.Errors, plural(r.Calls, calls), r.Percent(), in)
}

// Percent is the share with one decimal, rounded down, such as "4.9 %".
func (b Budget) Percent() string {
	if b.Calls == 0 {
		return "0.0 %"
	}
	tenths := 1000 * b.Errors / b.Calls
	return fmt.Sprintf("%d.%d %%", tenths/10, tenths%10)
}

func more(n int) string {
	if n == 1 {
		return "1 more successful call"
	}
	return fmt.Sprintf("%d more successful calls", n)
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }
