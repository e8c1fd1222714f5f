package report

import (
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

// PolicyResult is the judgement of another policy on the same evidence.
type PolicyResult struct {
	Policy   string    `json:"policy"` // name and version
	Ready    bool      `json:"ready"`
	Earliest time.Time `json:"earliest,omitzero"` // when waiting alone makes the app ready
	Misses   []Miss    `json:"misses"`
	Text     string    `json:"text"` // all of it in a clause: "misses legacy: one 429 at …, leaves the window at …"
}

// Miss is a rule of another policy that does not hold.
type Miss struct {
	Rule  string    `json:"rule"`
	What  string    `json:"what"`
	Last  time.Time `json:"last,omitzero"`  // when the latest call at fault was counted
	Gone  time.Time `json:"gone,omitzero"`  // when it has left every window
	Holds time.Time `json:"holds,omitzero"` // when the rule holds by waiting alone
	Fix   string    `json:"fix,omitempty"`
	Text  string    `json:"text"` // all but the fix in a clause
}

// Change is a moment at which the verdict changes by itself if nothing is sent.
type Change struct {
	At    time.Time    `json:"at"`
	Ready bool         `json:"ready"` // from then on
	Rules []RuleChange `json:"rules"`
}

// RuleChange is a rule that begins or ceases to hold.
type RuleChange struct {
	Rule string `json:"rule"`
	OK   bool   `json:"ok"`   // from then on
	Text string `json:"text"` // such as "volume fails: successes of the day before yesterday expire at 00:00 UTC"
}

// ErrorOutlook compares the two ways to make a rule about errors hold again.
type ErrorOutlook struct {
	Rule   string    `json:"rule"`
	OK     bool      `json:"ok"`
	Errors int       `json:"errors"`
	Dilute int       `json:"dilute"`         // successful API calls that make the share small enough now
	Holds  time.Time `json:"holds,omitzero"` // when the rule holds by waiting alone
	Gone   time.Time `json:"gone"`           // when the last error has left every window
}

func policyResults(all []criteria.Comparison) (out []PolicyResult) {
	for _, c := range all {
		p := PolicyResult{
			Policy: safetext.Clean(c.Policy.String()), Ready: c.Verdict.Ready, Earliest: c.Outlook.Earliest,
			Misses: []Miss{}, Text: safetext.Clean(c.String()),
		}
		for _, m := range c.Misses {
			p.Misses = append(p.Misses, Miss{
				Rule: m.Rule, What: safetext.Clean(m.What), Last: m.Last, Gone: m.Gone, Holds: m.Holds, Fix: safetext.Clean(m.Fix),
				Text: safetext.Clean(m.String()),
			})
		}
		out = append(out, p)
	}
	return out
}

// others says what the other policies make of the evidence; empty: none was asked.
func (d Document) others() string {
	if len(d.Policies) == 0 {
		return ""
	}
	parts := make([]string, len(d.Policies))
	for i, p := range d.Policies {
		parts[i] = p.Text
	}
	return "Other policies: " + strings.Join(parts, "; ") + "."
}

func forecast(o *criteria.Outlook) *Forecast {
	if o == nil {
		return nil
	}
	f := &Forecast{Earliest: o.Earliest, Latest: o.Latest, Changes: []Change{}, Errors: []ErrorOutlook{}}
	for _, c := range o.Changes {
		out := Change{At: c.At, Ready: c.Ready, Rules: []RuleChange{}}
		for _, r := range c.Rules {
			out.Rules = append(out.Rules, RuleChange{Rule: r.Rule, OK: r.OK, Text: r.String()})
		}
		f.Changes = append(f.Changes, out)
	}
	for _, e := range o.Errors {
		f.Errors = append(f.Errors, ErrorOutlook(e))
	}
	return f
}
