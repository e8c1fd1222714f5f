package criteria

import "fmt"

// volumeRule needs a number of successful calls in all.
var volumeRule = rule{
	key:     RuleVolume,
	applies: func(*Policy) bool { return true },
	holds:   func(s *state) bool { return s.counting().volume >= s.e.policy.Successes },
	finding: func(s *state, _ Verdict) Finding {
		got, need := s.counting().volume, s.e.policy.Successes
		f := Finding{Got: plural(got, "successful call"), Need: plural(need, "successful call")}
		if got < need {
			f.Fix = more(need-got) + " to any endpoint"
		}
		if got == Legacy.Successes && need == got+1 {
			f.Note = fmt.Sprintf(`borderline: %d would meet the policy %s, which asks for "at least %[1]d"; `+
				`this policy asks for "more than %[1]d"`, got, Legacy.Name)
		}
		return f
	},
	fill: func(s *state, n *Needs, p planned) {
		n.Any = max(0, s.e.policy.Successes-s.counting().volume-p.volume)
	},
}
