package criteria

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Policies returns the policies of this package, the default first.
func Policies() []Policy { return []Policy{Graduation, Legacy, Strictest} }

// Comparison is one policy's judgement of evidence that several policies judge.
type Comparison struct {
	Policy  Policy
	Verdict Verdict
	Outlook Outlook // what waiting does under this policy
	Misses  []Miss  // the rules that do not hold, in the order of Verdict.Findings
}

// Miss is a rule that does not hold, and what it would take.
type Miss struct {
	Rule string // one of the Rule constants
	What string // such as "one 429" or "2 of 40 API calls (5.0 %) in the last 48 h"
	// Last is when the latest of the calls at fault was counted; zero: no call is at fault, successes are missing.
	Last  time.Time
	Gone  time.Time // when it has left every window that the rule looks at; zero: as Last
	Holds time.Time // when the rule holds by waiting alone; zero: waiting does not help
	Fix   string    // as in the Finding
}

// Compare judges one ledger by several policies, in their order; without any, by [Policies]. A policy may be one that a
// user wrote. The records are read once. Its Verdict is that of [Evaluate], and its Outlook that of [Forecast].
//
// Every [Comparison] is plain data: String renders it in a line, and a page or a table can show its fields side by
// side.
func Compare(want Want, records iter.Seq[ledger.Record], now time.Time, policies ...Policy) []Comparison {
	if len(policies) == 0 {
		policies = Policies()
	}
	all := make([]Comparison, len(policies))
	for i, e := range newEvidences(policies, want, records, now) {
		all[i] = compare(e)
	}
	return all
}

func compare(e *evidence) Comparison {
	s := e.state()
	c := Comparison{Policy: e.policy, Verdict: s.verdict(), Outlook: e.outlook()}
	c.Verdict.Until = until(c.Outlook)
	for _, f := range c.Verdict.Findings {
		if !f.OK {
			c.Misses = append(c.Misses, s.miss(f, c))
		}
	}
	return c
}

// until is that of a verdict.
func until(o Outlook) time.Time {
	if !o.Ready {
		return time.Time{}
	}
	return o.Latest
}

func (s *state) miss(f Finding, c Comparison) Miss {
	e := s.e
	m := Miss{Rule: f.Rule, What: f.Got, Fix: f.Fix, Holds: holdsFrom(c.Outlook.Changes, f.Rule)}
	at := func(which func(*call) bool) { m.Last, m.Gone = e.latest(which), e.expiryOf(which) }
	switch f.Rule {
	case RuleRateLimit:
		at(func(c *call) bool { return c.refused })
		m.What = "one 429"
		if n := s.refused(); n > 1 {
			m.What = fmt.Sprintf("%d responses 429, the last", n)
		}
	case RuleAuthErrors, RuleClientErrors:
		errors := e.policy.errorRules()[slices.Index(errorRuleKeys[:], f.Rule)].Answers
		at(func(c *call) bool { return c.kinds&errors != 0 })
		m.What = f.Got + ", the last"
	default:
		m.What += ", needs " + f.Need
	}
	return m
}

// latest returns when the latest of some calls was counted; zero if there are none.
func (e *evidence) latest(which func(*call) bool) (last time.Time) {
	for i := range e.calls {
		if c := &e.calls[i]; which(c) && (last.IsZero() || e.now.Add(c.at).After(last)) {
			last = e.now.Add(c.at)
		}
	}
	return last
}

// String is a clause such as "one 429 at 2026-11-05 01:00:00 UTC, leaves the window at 2026-11-07 01:00:00 UTC".
func (m Miss) String() string {
	if m.Last.IsZero() {
		return m.Rule + ": " + m.What
	}
	return fmt.Sprintf("%s at %s, leaves the window at %s", m.What, stamp(m.Last), stamp(m.Gone))
}

// String is a clause such as "passes graduation" or "misses legacy: one 429 at …, leaves the window at …".
func (c Comparison) String() string {
	if c.Verdict.Ready {
		return "passes " + c.Policy.Name
	}
	misses := make([]string, len(c.Misses))
	for i, m := range c.Misses {
		misses[i] = m.String()
	}
	return "misses " + c.Policy.Name + ": " + strings.Join(misses, ", and ")
}

// Sentence joins comparisons: "passes graduation; misses legacy: one 429 at …, leaves the window at …".
func Sentence(all []Comparison) string {
	parts := make([]string, len(all))
	for i, c := range all {
		parts[i] = c.String()
	}
	return strings.Join(parts, "; ")
}
