package criteria

import (
	"fmt"
	"strings"
	"time"
)

// Change is a moment at which the verdict changes by itself: nothing is sent, and evidence leaves its windows.
type Change struct {
	At    time.Time
	Ready bool         // from At on
	Rules []RuleChange // those that change, in the order of the Rule constants; never empty
}

// RuleChange is a rule that begins or ceases to hold.
type RuleChange struct {
	Rule   string // one of the Rule constants
	OK     bool   // from the moment of the Change on
	Cause  Cause
	Window Windows // whose edge the evidence passes
}

// Cause says why a rule changes by itself.
type Cause string

// The causes.
const (
	Expired      Cause = "successes are too old to count" // volume, endpoints or scopes fail
	Unused       Cause = "an endpoint that is not declared has not been called for 48 h"
	ErrorsGone   Cause = "errors leave the window"
	Undiluted    Cause = "calls that diluted the errors leave the window"
	RefusalsGone Cause = "the last response 429 leaves the window"
)

// String is a line such as "auth-errors holds: errors leave the window of 48 h".
func (c RuleChange) String() string {
	verb := "fails"
	if c.OK {
		verb = "holds"
	}
	cause := string(c.Cause)
	switch {
	case c.Cause == Expired && c.Window == UTCDays:
		cause = "successes of the day before yesterday expire at 00:00 UTC"
	case c.Cause == Expired:
		cause = "successes are 48 h old"
	case c.Cause == Unused: // names its window
	case c.Window == UTCDays:
		cause += " at 00:00 UTC"
	case c.Window == Rolling48h:
		cause += " of 48 h"
	}
	return c.Rule + " " + verb + ": " + cause
}

// String is a line such as "2026-11-07 00:00:00 UTC: not ready: volume fails: …".
func (c Change) String() string {
	verdict := "not ready"
	if c.Ready {
		verdict = "ready"
	}
	parts := make([]string, len(c.Rules))
	for i, r := range c.Rules {
		parts[i] = r.String()
	}
	return fmt.Sprintf("%s: %s: %s", stamp(c.At), verdict, strings.Join(parts, "; "))
}

// standing is whether a rule holds, and in which windows it does not.
type standing struct {
	rule    *rule
	ok      bool
	failing Windows // of rules about errors
}

// standings judges every rule.
func (s *state) standings(into []standing) []standing {
	into = into[:0]
	for r := range s.applied {
		x := standing{rule: r, ok: r.holds(s)}
		if !x.ok && r.failing != nil {
			x.failing = r.failing(s)
		}
		into = append(into, x)
	}
	return into
}

// changes moves to the end of all windows and returns the moments at which a rule changes.
func (s *state) changes() (all []Change) {
	s.begin()
	gradual := s.gradual()
	before, after := s.standings(nil), []standing(nil)
	for s.step(gradual) {
		after = s.standings(after)
		var rules []RuleChange
		ready := true
		for i := range after {
			ready = ready && after[i].ok
			if before[i].ok != after[i].ok {
				rules = append(rules, s.ruleChange(before[i], after[i]))
			}
		}
		if rules != nil {
			all = append(all, Change{At: s.e.now.Add(s.at), Ready: ready, Rules: rules})
		}
		before, after = after, before
	}
	return all
}

func (s *state) ruleChange(before, after standing) RuleChange {
	c := RuleChange{Rule: after.rule.key, OK: after.ok, Window: before.failing | after.failing}
	switch {
	case after.rule.key == RuleRateLimit:
		c.Cause = RefusalsGone
	case after.rule.failing != nil && after.ok:
		c.Cause = ErrorsGone
	case after.rule.failing != nil:
		c.Cause = Undiluted
	case after.ok:
		c.Cause, c.Window = Unused, Rolling48h
	default:
		c.Cause, c.Window = Expired, 1<<s.e.policy.counting()
	}
	return c
}

// ErrorOutlook compares the two ways to make a rule about errors hold again: further calls, and waiting.
type ErrorOutlook struct {
	Rule   string    // RuleAuthErrors or RuleClientErrors
	OK     bool      // the rule holds now
	Errors int       // in the window that has most
	Dilute int       // successful API calls that make the share small enough now; zero when OK
	Holds  time.Time // when the rule holds by waiting alone; At when OK
	Gone   time.Time // when the last error has left every window
}

// errorOutlooks returns one row for each error rule that has errors.
func (s *state) errorOutlooks(changes []Change) (all []ErrorOutlook) {
	for i, rule := range s.e.policy.errorRules() {
		if rule.Answers == 0 {
			continue
		}
		o := ErrorOutlook{Rule: errorRuleKeys[i], OK: true}
		s.ratios(o.Rule, i, func(r Ratio) {
			o.OK = o.OK && r.OK()
			o.Errors = max(o.Errors, r.Errors)
			o.Dilute = max(o.Dilute, r.Short())
		})
		if o.Errors == 0 {
			continue
		}
		o.Holds = s.e.now
		if !o.OK {
			o.Holds = holdsFrom(changes, o.Rule)
		}
		o.Gone = s.e.expiryOf(func(c *call) bool { return c.kinds&rule.Answers != 0 })
		all = append(all, o)
	}
	return all
}

// holdsFrom returns the first moment at which a rule holds again.
func holdsFrom(changes []Change, rule string) time.Time {
	for _, c := range changes {
		for _, r := range c.Rules {
			if r.Rule == rule && r.OK {
				return c.At
			}
		}
	}
	return time.Time{}
}
