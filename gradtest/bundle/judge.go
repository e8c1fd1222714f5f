package bundle

import (
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/judge"
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

// judge judges the records, which it reads several times.
func (b basis) judge(records iter.Seq[ledger.Record]) judged {
	m := b.manifest
	v, o := judge.Basis{
		Origin: m.Origin, App: m.App, Commit: m.Commit, Run: m.Run, Policy: b.policy, Declaration: b.declaration, At: m.At,
	}.Judge(records)
	o.Evidence = &report.Evidence{
		Records: m.Records.All, Calls: m.Records.Calls, First: m.Records.First, Last: m.Records.Last, Heads: m.Heads,
	}
	return judged{v, o}
}

// document is the report as verdict.json has it.
func (j judged) document() report.Document { return report.NewDocument(j.verdict, j.options) }

// page writes the report as a web page, with the calls.
func (j judged) page(w io.Writer, records iter.Seq[ledger.Record]) error {
	o := j.options
	o.Calls = report.NewCalls(records)
	return report.HTML(w, j.verdict, o)
}

// selection chooses the records that matter at a moment: evidence inside the horizon, reservations whose end is
// unknown, and one declaration.
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
		{"successes", p.Successes, judge.MaxNeeds}, {"perEndpoint", p.PerEndpoint, judge.MaxNeeds},
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
		if e.Calls < 0 || e.Calls > judge.MaxNeeds {
			return fmt.Errorf("%s: calls of %s is %d: it must be from 0 to %d", declarationName, e.Name, e.Calls, judge.MaxNeeds)
		}
		if sum += max(e.Calls, p.PerEndpoint); sum > judge.MaxNeeds {
			return fmt.Errorf("%s: the endpoints need more than %d calls", declarationName, judge.MaxNeeds)
		}
	}
	return nil
}
