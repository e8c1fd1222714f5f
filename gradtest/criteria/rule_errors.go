package criteria

import (
	"fmt"
	"math/bits"
)

// errorRules lists the policy's rules about errors, in the order in which the windows count their shares. A rule
// without answers is not applied. To add one, add a field to Policy, an entry here, and a row in rules.
func (p *Policy) errorRules() [2]ErrorRule { return [...]ErrorRule{p.AuthErrors, p.ClientErrors} }

// Indices of errorRules.
const (
	authErrorsOf = iota
	clientErrorsOf
)

// errorRuleKeys are the keys of errorRules.
var errorRuleKeys = [...]string{RuleAuthErrors, RuleClientErrors}

// errorRule needs a share of errors to stay below its threshold, in every window and over every kind of traffic that
// the policy names.
func errorRule(key string, index int) rule {
	return rule{
		key:     key,
		applies: func(p *Policy) bool { return p.errorRules()[index].Answers != 0 },
		holds: func(s *state) bool {
			ok := true
			s.ratios(key, index, func(r Ratio) { ok = ok && r.OK() })
			return ok
		},
		finding: func(s *state, v Verdict) Finding { return s.errorsFinding(v, key, index) },
		fill: func(s *state, n *Needs, p planned) {
			s.ratios(key, index, func(r Ratio) {
				r.Planned = p.api + n.Any
				if r.Over == AllTraffic {
					r.Planned += p.logins
				}
				n.Dilution = max(n.Dilution, r.Short())
			})
		},
		failing: func(s *state) (w Windows) {
			s.ratios(key, index, func(r Ratio) {
				if !r.OK() {
					w |= r.Window
				}
			})
			return w
		},
		gradual: func(s *state) bool {
			share := s.windows[inRolling].shares[index]
			return share.errors[api]+share.errors[auth] > 0
		},
	}
}

// ratios yields every share of errors that one rule looks at, in a stable order.
func (s *state) ratios(key string, index int, yield func(Ratio)) {
	rule := s.e.policy.errorRules()[index]
	for w := range windows {
		if !s.e.policy.errorWindows().has(w) {
			continue
		}
		for over := rule.over(); over != 0; over &= over - 1 {
			one := Traffic(1) << bits.TrailingZeros8(uint8(over))
			budget := s.windows[w].shares[index].budget(one, rule.below())
			yield(Ratio{Rule: key, Window: 1 << w, Over: one, Budget: budget})
		}
	}
}

// allRatios lists the shares of errors of all rules.
func (s *state) allRatios() (all []Ratio) {
	for i, rule := range s.e.policy.errorRules() {
		if rule.Answers != 0 {
			s.ratios(errorRuleKeys[i], i, func(r Ratio) { all = append(all, r) })
		}
	}
	return all
}

func (s *state) errorsFinding(v Verdict, key string, index int) Finding {
	worst, _ := v.Worst(key)
	f := Finding{Got: worst.String(), Need: worst.Threshold()}
	if worst.OK() {
		return f
	}
	short := 0
	for _, r := range v.Ratios {
		if r.Rule == key {
			short = max(short, r.Short())
		}
	}
	errors := s.e.policy.errorRules()[index].Answers
	at := s.e.expiryOf(func(c *call) bool { return c.kinds&errors != 0 })
	f.Fix = fmt.Sprintf("%s, or wait until %s, when the last error leaves the window", more(short), stamp(at))
	return f
}

// Threshold renders what the share of errors has to stay below, such as "less than 5 %".
func (b Budget) Threshold() string { return fmt.Sprintf("less than %d %%", b.below()) }

// String renders the share: "1 of 20 API calls (5.0 %) since 00:00 UTC yesterday". The percentage is rounded down, so
// that it reaches the threshold only where the share does.
func (r Ratio) String() string {
	calls, in := "API call", "since 00:00 UTC yesterday"
	if r.Over == AllTraffic {
		calls = "call"
	}
	if r.Window == Rolling48h {
		in = "in the last 48 h"
	}
	if r.Errors == 0 {
		return "no errors in " + plural(r.Calls, calls)
	}
	if r.Over == AllTraffic {
		in += ", authorization requests included"
	}
	return fmt.Sprintf("%d of %s (%s) %s", r.Errors, plural(r.Calls, calls), r.Percent(), in)
}

// Percent renders the share with one decimal, rounded down, such as "4.9 %".
func (b Budget) Percent() string {
	if b.Calls == 0 {
		return "0.0 %"
	}
	tenths := 1000 * b.Errors / b.Calls
	return fmt.Sprintf("%d.%d %%", tenths/10, tenths%10)
}
