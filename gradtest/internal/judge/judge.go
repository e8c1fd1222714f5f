// Package judge puts together everything that a complete report of an app says: the verdict, when to apply, what the
// other policies make of it, and the app scopes. Bundles and the dashboard are made of it.
package judge

import (
	"iter"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// Basis is everything that a report depends on besides the records.
type Basis struct {
	Origin      string // name of the app ledger
	App         string
	Commit, Run string // as in report.Provenance
	Policy      criteria.Policy
	Declaration *ledger.Declaration // nil: nothing is declared
	At          time.Time
}

// Bounds beyond which only the verdict is worth its memory: the forecast makes every call that is needed.
const (
	MaxNeeds  = 1_000_000 // calls needed
	maxErrors = 100_000   // error responses, each of which takes twenty calls and more to dilute
)

// Judge judges the records, which it reads several times. The options are those of a report without the calls.
func (b Basis) Judge(records iter.Seq[ledger.Record]) (criteria.Verdict, report.Options) {
	var want, declares criteria.Want
	notes := []string{}
	if b.Declaration != nil {
		want = criteria.WantOf(*b.Declaration)
		declares = want
	} else {
		want = criteria.Observed(records, b.At)
		notes = append(notes, evidence.Undeclared)
	}
	from := report.Provenance{Server: report.Host, Name: evidence.Host(b.Origin), Commit: b.Commit, Run: b.Run}
	if evidence.Local(b.Origin) {
		from.Server = report.LocalServer
	} else {
		notes = append(notes, evidence.OwnCount)
	}
	scopes := criteria.Scopes(b.Policy, declares, records, b.At)
	if evidence.Local(b.Origin) { // its tokens say nothing about the app's registration
		scopes = scopes.WithoutConsole()
	}
	v := criteria.Evaluate(b.Policy, want, records, b.At)
	o := report.Options{App: b.App, Provenance: from, Notes: notes, Scopes: &scopes}
	errors := 0
	for _, e := range v.Endpoints {
		errors += e.Errors
	}
	if v.Needs.Total <= MaxNeeds && errors <= maxErrors {
		others := slices.DeleteFunc(criteria.Policies(), func(p criteria.Policy) bool { return p.Name == b.Policy.Name })
		all := criteria.Compare(want, records, b.At, append([]criteria.Policy{b.Policy}, others...)...)
		o.Forecast, o.Policies = &all[0].Outlook, all[1:]
	}
	return v, o
}
