package criteria

// rule is one criterion of a policy. Readiness, findings, needs and forecasts all follow from the list of rules. A new
// criterion is one file with its rule, one row in rules and, if it has a parameter, a field of [Policy].
type rule struct {
	key string // a Rule constant

	// applies reports whether the policy has the rule.
	applies func(p *Policy) bool

	// holds reports whether the rule holds at the moment of s. It is called at every moment of a forecast.
	holds func(s *state) bool

	// finding puts the rule into words. OK and Rule are filled in by the caller.
	finding func(s *state, v Verdict) Finding

	// need adds the calls to particular endpoints, or other steps, that would meet the rule. Nil: none.
	need func(s *state, n *Needs)

	// fill adds further calls to any declared endpoint, given those that are planned. Nil: none.
	fill func(s *state, n *Needs, p planned)

	// failing returns the windows in which a rule about errors does not hold. Nil: the rule is not about errors.
	failing func(s *state) Windows

	// gradual reports whether calls that leave the rolling window one by one can change whether the rule holds. Nil:
	// only a midnight can.
	gradual func(s *state) bool
}

// rules lists every criterion in the order in which findings are reported.
var rules = []rule{
	volumeRule,
	endpointsRule,
	scopesRule,
	errorRule(RuleAuthErrors, authErrorsOf),
	errorRule(RuleClientErrors, clientErrorsOf),
	rateLimitRule,
}

// applied yields the rules of the policy.
func (s *state) applied(yield func(*rule) bool) {
	for i := range rules {
		if r := &rules[i]; r.applies(&s.e.policy) && !yield(r) {
			return
		}
	}
}

// ready reports whether every rule holds.
func (s *state) ready() bool {
	for r := range s.applied {
		if !r.holds(s) {
			return false
		}
	}
	return true
}

// findings puts every rule into words.
func (s *state) findings(v Verdict) (all []Finding) {
	for r := range s.applied {
		f := r.finding(s, v)
		f.Rule, f.OK = r.key, r.holds(s)
		all = append(all, f)
	}
	return all
}

// planned counts the calls to particular endpoints that are to be made.
type planned struct {
	api    int
	logins int // authorization requests, not in api
	volume int // of api, those that count as volume
}

// needs collects what would meet the rules: first calls to particular endpoints, then calls to any endpoint.
func (s *state) needs() (n Needs) {
	for r := range s.applied {
		if r.need != nil {
			r.need(s, &n)
		}
	}
	var p planned
	for _, e := range n.Endpoints {
		p.api += e.Calls
	}
	for _, e := range n.Scopes {
		if e.Op.OAuth() {
			p.logins += e.Calls
		} else {
			p.api += e.Calls
		}
	}
	p.volume = p.api
	for i := range s.e.endpoints {
		if !s.e.endpoints[i].known {
			p.volume -= s.short(i)
		}
	}
	for r := range s.applied {
		if r.fill != nil {
			r.fill(s, &n, p)
		}
	}
	n.Total = p.api + p.logins + n.Any + n.Dilution
	return n
}

// gradual reports whether calls that leave the rolling window one by one can change readiness. Otherwise only midnights
// can, and a forecast over a hundred thousand calls takes two steps.
func (s *state) gradual() bool {
	if s.e.policy.counting() == inRolling {
		return true
	}
	for r := range s.applied {
		if r.gradual != nil && r.gradual(s) {
			return true
		}
	}
	return false
}
