package bundle

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// basis is everything that a judgement depends on besides the records.
type basis struct {
	manifest    Manifest
	policy      criteria.Policy
	declaration *ledger.Declaration // nil: nothing is declared
}

// judged is a judgement of the bundled records.
type judged struct {
	verdict criteria.Verdict
	options report.Options // of all reports, without the calls
}

// Bounds beyond which a judgement is not worth its memory. They concern bundles made to harm.
const (
	maxNeeds  = 1_000_000 // calls needed
	maxErrors = 100_000   // error responses, each of which needs twenty calls and more to dilute it
)

// judge judges the records, which it reads several times.
func (b basis) judge(records iter.Seq[ledger.Record]) judged {
	at := b.manifest.At
	var want, declares criteria.Want
	notes := []string{}
	if b.declaration != nil {
		want = criteria.WantOf(*b.declaration)
		declares = want
	} else {
		want = criteria.Observed(records, at)
		notes = append(notes, evidence.Undeclared)
	}
	local := evidence.Local(b.manifest.Origin)
	origin := report.Provenance{
		Server: report.Host, Name: evidence.Host(b.manifest.Origin), Commit: b.manifest.Commit, Run: b.manifest.Run,
	}
	if local {
		origin.Server = report.LocalServer
	} else {
		notes = append(notes, evidence.OwnCount)
	}
	j := judged{verdict: criteria.Evaluate(b.policy, want, records, at)}
	scopes := criteria.Scopes(b.policy, declares, records, at)
	j.options = report.Options{App: b.manifest.App, Provenance: origin, Notes: notes, Scopes: &scopes}
	errors := 0
	for _, e := range j.verdict.Endpoints {
		errors += e.Errors
	}
	if j.verdict.Needs.Total <= maxNeeds && errors <= maxErrors {
		outlook := criteria.Forecast(b.policy, want, records, at)
		others := slices.DeleteFunc(criteria.Policies(), func(p criteria.Policy) bool { return p.Name == b.policy.Name })
		j.options.Forecast = &outlook
		j.options.Policies = criteria.Compare(want, records, at, others...)
	}
	return j
}

// document is the report as verdict.json has it.
func (j judged) document() report.Document { return report.NewDocument(j.verdict, j.options) }

// page writes the report as a web page, with the calls.
func (j judged) page(w io.Writer, records iter.Seq[ledger.Record]) error {
	o := j.options
	o.Calls = report.NewCalls(records)
	return report.HTML(w, j.verdict, o)
}

// selection chooses the records that matter at a moment: evidence inside the horizon, reservations whose end is unknown,
// and one declaration.
type selection struct {
	since, at   time.Time
	open        map[string]bool // attempts that were reserved and have not ended by at
	declaration string          // id of the record of the declaration; empty: none is known
	app         string
}

// survey is the first reading of the records.
func (s *selection) survey(r *ledger.Record) {
	switch {
	case r.Kind == ledger.Declared && r.Declared.App == s.app && !r.At.After(s.at):
		s.declaration = r.ID // the last one, as they are in order
	case r.At.Before(s.since):
	case r.Kind == ledger.Reserved:
		if _, known := s.open[r.ID]; !known {
			s.open[r.ID] = true
		}
	case r.Kind == ledger.Done || r.Kind == ledger.Released:
		if !r.At.After(s.at) && !r.Sent.After(s.at) {
			s.open[r.ID] = false
		}
	}
}

// sealed ends the first reading.
func (s *selection) sealed() {
	for id, open := range s.open {
		if !open || id == "" {
			delete(s.open, id)
		}
	}
}

// keeps is for the second reading.
func (s *selection) keeps(r *ledger.Record) bool {
	switch {
	case r.Kind == ledger.Declared:
		return r.ID == s.declaration && s.declaration != ""
	case r.At.Before(s.since):
		return false
	case r.Kind == ledger.Done:
		return true
	}
	return (r.Kind == ledger.Reserved || r.Kind == ledger.Released) && (r.ID == "" || s.open[r.ID])
}

// check refuses values that no policy and declaration have, and that would make judging take forever.
func (b basis) check() error {
	p := b.policy
	for _, v := range []struct {
		name     string
		got, max int
	}{
		{"successes", p.Successes, maxNeeds}, {"perEndpoint", p.PerEndpoint, maxNeeds},
		{"authErrors.below", p.AuthErrors.Below, 100}, {"clientErrors.below", p.ClientErrors.Below, 100},
	} {
		if v.got < 0 || v.got > v.max {
			return fmt.Errorf("%s: %s is %d: it must be from 0 to %d", policyName, v.name, v.got, v.max)
		}
	}
	if b.declaration == nil {
		return nil
	}
	sum := 0
	for _, e := range b.declaration.Endpoints {
		if e.Calls < 0 || e.Calls > maxNeeds {
			return fmt.Errorf("%s: calls of %s is %d: it must be from 0 to %d", declarationName, e.Name, e.Calls, maxNeeds)
		}
		if sum += max(e.Calls, p.PerEndpoint); sum > maxNeeds {
			return fmt.Errorf("%s: the endpoints need more than %d calls", declarationName, maxNeeds)
		}
	}
	return nil
}
