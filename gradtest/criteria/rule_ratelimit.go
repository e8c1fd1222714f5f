package criteria

import "fmt"

// rateLimitRule needs that no request was answered with status 429.
var rateLimitRule = rule{
	key:     RuleRateLimit,
	applies: func(p *Policy) bool { return p.NoRefusals },
	holds:   func(s *state) bool { return s.refused() == 0 },
	finding: func(s *state, _ Verdict) Finding {
		n := s.refused()
		if n == 0 {
			return Finding{Got: "no responses with status 429", Need: "none"}
		}
		return Finding{
			Got: plural(n, "response") + " with status 429", Need: "none",
			Fix: fmt.Sprintf("more calls cannot fix this: wait until %s, when the last such response leaves the window, "+
				"and stay within the rate limits", stamp(s.e.expiryOf(func(c *call) bool { return c.refused }))),
		}
	},
	need: func(s *state, n *Needs) {
		if s.refused() > 0 {
			n.Wait = s.e.expiryOf(func(c *call) bool { return c.refused })
		}
	},
	failing: func(s *state) (all Windows) {
		for w := range windows {
			if s.e.policy.errorWindows().has(w) && s.windows[w].refused > 0 {
				all |= 1 << w
			}
		}
		return all
	},
	gradual: func(s *state) bool { return s.windows[inRolling].refused > 0 },
}

// refused returns the number of responses 429 in the widest window that the policy looks at.
func (s *state) refused() int {
	n := 0
	for w := range windows {
		if s.e.policy.errorWindows().has(w) {
			n = max(n, s.windows[w].refused)
		}
	}
	return n
}
