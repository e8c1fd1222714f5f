package criteria

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// endpointsRule needs a number of successful calls on each endpoint that the app uses.
var endpointsRule = rule{
	key:     RuleEndpoints,
	applies: func(*Policy) bool { return true },
	holds: func(s *state) bool {
		if s.e.declared == 0 { // a verdict without a declaration would prove nothing
			return false
		}
		for i := range s.e.endpoints {
			if s.short(i) > 0 {
				return false
			}
		}
		return true
	},
	finding: func(s *state, _ Verdict) Finding { return s.endpointsFinding() },
	need: func(s *state, n *Needs) {
		for i, t := range s.e.endpoints {
			if short := s.short(i); short > 0 {
				n.Endpoints = append(n.Endpoints,
					EndpointNeed{Name: t.name, Op: t.op, Declared: t.declared, Calls: short})
			}
		}
	},
	gradual: func(s *state) bool {
		return slices.ContainsFunc(s.e.endpoints, func(t endpoint) bool { return !t.declared && s.recent(t.used) })
	},
}

// used reports whether an endpoint has to be shown: a declared one always, an undeclared one as long as any call of it
// is in the wider window, since no text of the rules says which window decides what an app uses.
func (s *state) used(i int) bool {
	t := &s.e.endpoints[i]
	return !t.oauth && (t.declared || s.recent(t.used))
}

// recent reports whether a moment is in the wider window.
func (s *state) recent(t time.Duration) bool { return t > s.at-rolling }

// short returns how many successes an endpoint lacks.
func (s *state) short(i int) int {
	if !s.used(i) {
		return 0
	}
	return max(0, s.e.endpoints[i].need-s.counting().good[i])
}

func (s *state) endpointsFinding() Finding {
	w, p := s.counting(), s.e.policy
	met, all, raised := 0, 0, false
	var fixes []string
	if s.e.declared == 0 {
		fixes = append(fixes, "declare the endpoints that the app uses: without them the verdict proves nothing")
	}
	for i, t := range s.e.endpoints {
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
			fixes = append(fixes, fmt.Sprintf("%s: %s (%d of %d)", t.name, more(short), w.good[i], t.need))
		case s.isExempt(i):
			fixes = append(fixes, fmt.Sprintf(
				"%s is exempt but was called (%d of %d): call it as often as any endpoint, or stop calling it and wait until %s",
				t.name, w.good[i], t.need, stamp(s.e.now.Add(t.used+rolling))))
		case t.callers.sides() != nil:
			fixes = append(fixes, fmt.Sprintf("%s, called by %s: %s (%d of %d), which further calls of %s make, or declare it",
				t.name, join(t.callers.sides()), more(short), w.good[i], t.need, endpointsOf(t.callers.sides())))
		default:
			fixes = append(fixes, fmt.Sprintf(
				"%s is called but not declared (%d of %d): declare it, or stop calling it and wait until %s",
				t.name, w.good[i], t.need, stamp(s.e.now.Add(t.used+rolling))))
		}
	}
	f := Finding{
		Got:  fmt.Sprintf("%d of %s", met, plural(all, "endpoint")),
		Need: fmt.Sprintf("%s on each", plural(p.PerEndpoint, "successful call")),
		Fix:  strings.Join(fixes, "; "),
	}
	if n := len(s.exemptRows()); n > 0 {
		f.Got += fmt.Sprintf(", %d exempt", n)
	}
	if raised {
		f.Need += ", more where declared"
	}
	if s.e.declared == 0 {
		f.Got = "no endpoints declared"
	}
	return f
}
