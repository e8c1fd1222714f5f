package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// judgeFlags are the flags of the subcommands that judge: which evidence, by which rules.
type judgeFlags struct {
	dir    string
	app    string
	policy string
	json   bool
	full   bool
	say    io.Writer // where to say what takes long; nil: without evidence there is no judgement
	getenv func(string) string
}

// dirUsage describes --dir.
const dirUsage = "`directory` of the evidence " +
	"(default: the Redis of $GRADTEST_REDIS, else $GRADTEST_DIR, else .gradtest at the root of the module)"

// flags adds the flags to a subcommand.
func (q *judgeFlags) flags(c *cobra.Command) {
	q.evidenceFlags(c)
	q.policyFlag(c)
}

// policyFlag adds the flag that chooses the policy.
func (q *judgeFlags) policyFlag(c *cobra.Command) {
	c.Flags().StringVar(&q.policy, "policy", "", "`name` of the policy: graduation, legacy or strictest, "+
		"also about another edition of the platform,\nsuch as graduation@2021-03 (default: as declared, else graduation)")
}

// evidenceFlags adds the flags that choose the evidence and the form of the output.
func (q *judgeFlags) evidenceFlags(c *cobra.Command) {
	q.choiceFlags(c)
	c.Flags().BoolVar(&q.json, "json", false, "write JSON")
}

// choiceFlags adds the flags that choose the evidence.
func (q *judgeFlags) choiceFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&q.dir, "dir", "", dirUsage)
	f.StringVar(&q.app, "app", "",
		"which app, if there are several: its declared `name`, its directory, or both with a slash between them")
}

// fullFlag adds the flag for a text with all that is fine, too.
func (q *judgeFlags) fullFlag(c *cobra.Command) {
	c.Flags().BoolVarP(&q.full, "verbose", "v", false, "text: list also the endpoints and scopes that are fine")
}

// judgement is an app with everything that is needed to judge it.
type judgement struct {
	choice
	policy criteria.Policy
	want   criteria.Want
	now    time.Time
	notes  []string
}

// choose finds the app that the flags name.
func (q *judgeFlags) choose(ctx context.Context, now time.Time) (choice, error) {
	in, err := locate(q.dir, q.getenv)
	if err != nil {
		return choice{}, err
	}
	return choose(ctx, in, q.app, now)
}

// judge finds the evidence and the declaration. Its notes say what the judgement is based on.
func (q *judgeFlags) judge(ctx context.Context) (*judgement, error) {
	now := time.Now()
	policy, err := criteria.ByName(q.policy)
	if err != nil {
		return nil, err
	}
	chosen, err := q.choose(ctx, now)
	if none, ok := errors.AsType[*noEvidenceError](err); ok && q.say != nil && q.dir == "" {
		chosen, err = chooseDeclared(ctx, q.app, now, q.say, none)
	}
	if err != nil {
		return nil, err
	}
	j := &judgement{choice: chosen, policy: policy, now: now, notes: chosen.notes}
	if chosen.notes == nil {
		j.notes = []string{origin(chosen.dir)}
	}
	if j.declared == nil {
		err := j.read(ctx, now, func(all iter.Seq[ledger.Record]) { j.want = criteria.Observed(all, now) })
		if err != nil {
			return nil, err
		}
		j.notes = append(j.notes, evidence.Undeclared)
		return j, nil
	}
	j.want = criteria.WantOf(j.declared.Declaration)
	if q.policy != "" {
		return j, nil
	}
	if j.policy, err = criteria.ByName(j.declared.Policy); err != nil {
		j.policy = criteria.Graduation
		j.notes = append(j.notes, fmt.Sprintf("The app declares its own policy %q, which only its tests know. "+
			"This verdict uses %s. Choose another with --policy.",
			j.declared.Policy, j.policy.Name))
	}
	return j, nil
}

func (j *judgement) verdict(ctx context.Context) (v criteria.Verdict, err error) {
	faulty := 0
	err = j.read(ctx, j.now, func(all iter.Seq[ledger.Record]) {
		v = criteria.Evaluate(j.policy, j.want, counting(all, criteria.Since(j.now), &faulty), j.now)
	})
	v.Notes = append(v.Notes, faultyNote(faulty)...)
	return v, err
}

// faultyNote explains why responses are missing from the counts.
func faultyNote(faulty int) []string {
	if faulty == 0 {
		return nil
	}
	return []string{fmt.Sprintf("Responses from injected faults or a replay: %d. They count neither as calls nor as errors.", faulty)}
}

// counting passes records on and counts the responses since then that are no evidence.
func counting(all iter.Seq[ledger.Record], since time.Time, faulty *int) iter.Seq[ledger.Record] {
	return func(yield func(ledger.Record) bool) {
		for r := range all {
			if r.Fault && r.Kind == ledger.Done && !r.At.Before(since) {
				*faulty++
			}
			if !yield(r) {
				return
			}
		}
	}
}

// origin returns the note that says whose evidence an app ledger holds.
func origin(dir string) string {
	note := "Evidence of " + dir + "."
	if !evidence.Local(dir) {
		note += " " + evidence.OwnCount
	}
	return note
}

// provenance returns where the evidence of an app ledger and this report come from.
func provenance(dir string, getenv func(string) string) report.Provenance {
	p := report.Provenance{Server: report.Host, Name: evidence.Host(dir)}
	if evidence.Local(dir) {
		p.Server = report.LocalServer
	}
	p.Commit, p.Run = environ.CIRun(getenv)
	return p
}

func (j *judgement) outlook(ctx context.Context) (o criteria.Outlook, err error) {
	err = j.read(ctx, j.now, func(all iter.Seq[ledger.Record]) { o = criteria.Forecast(j.policy, j.want, all, j.now) })
	return o, err
}

// others are the policies of the package other than the chosen one.
func (j *judgement) others() []criteria.Policy {
	return slices.DeleteFunc(criteria.Policies(), func(p criteria.Policy) bool { return p.Name == j.policy.Name })
}

// compare judges by the other policies.
func (j *judgement) compare(ctx context.Context) (all []criteria.Comparison, err error) {
	err = j.read(ctx, j.now, func(records iter.Seq[ledger.Record]) {
		all = criteria.Compare(j.want, records, j.now, j.others()...)
	})
	return all, err
}

// completeJudgement is what a complete report says.
type completeJudgement struct {
	verdict criteria.Verdict
	outlook criteria.Outlook
	others  []criteria.Comparison
	scopes  criteria.ScopeMatrix
	calls   []report.Call // nil without a basis
}

// complete judges by all policies, from one reading of the records: there may be many. With a basis it also keeps the
// calls, in a list of the right size from the start: that saves 50 MB with 100,000 calls.
func (j *judgement) complete(ctx context.Context, basis *report.Evidence) (e completeJudgement, err error) {
	faulty := 0
	err = j.read(ctx, j.now, func(records iter.Seq[ledger.Record]) {
		records = counting(records, criteria.Since(j.now), &faulty)
		if basis != nil {
			e.calls = make([]report.Call, 0, basis.Calls)
			records = gathering(records, &e.calls)
		}
		scopes := criteria.CollectScopes(j.policy, j.declares(), j.now)
		records = passing(records, scopes.Add)
		all := criteria.Compare(j.want, records, j.now, append([]criteria.Policy{j.policy}, j.others()...)...)
		e.verdict, e.outlook, e.others = all[0].Verdict, all[0].Outlook, all[1:]
		e.scopes = j.advice(scopes.Matrix())
	})
	e.verdict.Notes = append(e.verdict.Notes, faultyNote(faulty)...)
	return e, err
}

// passing passes records on, each also to see.
func passing(all iter.Seq[ledger.Record], see func(*ledger.Record)) iter.Seq[ledger.Record] {
	return func(yield func(ledger.Record) bool) {
		for r := range all {
			if see(&r); !yield(r) {
				return
			}
		}
	}
}

// gathering passes records on and keeps the calls among them.
func gathering(all iter.Seq[ledger.Record], calls *[]report.Call) iter.Seq[ledger.Record] {
	return func(yield func(ledger.Record) bool) {
		for r := range all {
			if r.Kind == ledger.Done {
				*calls = append(*calls, report.NewCall(r))
			}
			if !yield(r) {
				return
			}
		}
	}
}

// basis says which records the judgement is made from; nil: there are none.
func (j *judgement) basis(ctx context.Context) (e *report.Evidence, err error) {
	if j.choice.notes != nil {
		return nil, nil
	}
	d, err := j.in.read(ctx, j.dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	return report.NewEvidence(ctx, d, j.now.Add(-evidence.Horizon))
}

// options returns the options of a report to w.
func (j *judgement) options(w io.Writer, getenv func(string) string) report.Options {
	from := provenance(j.dir, getenv)
	if j.choice.notes != nil { // there is no evidence
		from = report.Provenance{}
	}
	return report.Options{
		App: j.name(), Notes: j.notes, Provenance: from, Colour: colourful(w, getenv), Width: columns(w),
	}
}

// conclude returns the exit status as an error.
func conclude(ready bool) error {
	if !ready {
		return errNotReady
	}
	return nil
}

// columns returns the width of the terminal w; 0: it is none.
func columns(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// colourful reports whether w is a terminal that shows colours (see no-color.org).
func colourful(w io.Writer, getenv func(string) string) bool {
	f, ok := w.(*os.File)
	return ok && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}
