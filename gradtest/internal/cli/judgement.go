package cli

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// question is what the flags of the subcommands that judge say: which evidence, by which rules.
type question struct {
	dir    string
	app    string
	policy string
	json   bool
	getenv func(string) string
}

// flags adds the flags to a subcommand.
func (q *question) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&q.dir, "dir", "", "`directory` of the evidence (default: the Redis of $GRADTEST_REDIS, else $GRADTEST_DIR, else .gradtest at the root of the module)")
	f.StringVar(&q.app, "app", "", "which app, where there are several: its declared `name`, its directory, or both joined by a slash")
	f.StringVar(&q.policy, "policy", "", "rules to judge by: graduation, legacy or strictest (default: as declared, else graduation)")
	f.BoolVar(&q.json, "json", false, "write JSON")
}

// judgement is an app with all that is needed to judge it.
type judgement struct {
	choice
	policy criteria.Policy
	want   criteria.Want
	now    time.Time
	notes  []string
}

// judge finds the evidence and the declaration, and says in notes what the judgement rests on.
func (q *question) judge(ctx context.Context) (*judgement, error) {
	now := time.Now()
	policy, err := criteria.ByName(q.policy)
	if err != nil {
		return nil, err
	}
	in, err := locate(q.dir, q.getenv)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(ctx, in, q.app, now)
	if err != nil {
		return nil, err
	}
	j := &judgement{choice: chosen, policy: policy, now: now, notes: []string{origin(chosen.dir)}}
	if j.declared == nil {
		if err := j.read(ctx, now, func(all iter.Seq[ledger.Record]) { j.want = criteria.Observed(all, now) }); err != nil {
			return nil, err
		}
		j.notes = append(j.notes, "Nothing is declared: only what was called is judged, and an endpoint or scope that was never used cannot be missed. "+
			"Declare the app in a test with gradtest.Run.")
		return j, nil
	}
	j.want = criteria.WantOf(j.declared.Declaration)
	if q.policy != "" {
		return j, nil
	}
	if j.policy, err = criteria.ByName(j.declared.Policy); err != nil {
		j.policy = criteria.Graduation
		j.notes = append(j.notes, fmt.Sprintf("The app declares a policy of its own, %q, which only its tests know: judged by %s. Name another with --policy.",
			j.declared.Policy, j.policy.Name))
	}
	return j, nil
}

func (j *judgement) verdict(ctx context.Context) (v criteria.Verdict, err error) {
	faulty := 0
	err = j.read(ctx, j.now, func(all iter.Seq[ledger.Record]) {
		v = criteria.Evaluate(j.policy, j.want, counting(all, criteria.Since(j.now), &faulty), j.now)
	})
	if faulty > 0 { // else a reader who knows of the faults looks for them in vain
		v.Notes = append(v.Notes, fmt.Sprintf("Answers made by injected faults or a replay: %d. They count neither as calls nor as errors.", faulty))
	}
	return v, err
}

// counting passes records on and counts the answers since then that are no evidence.
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

// origin says whose evidence is in a directory, for readers who see nothing but the report.
func origin(dir string) string {
	note := "The evidence is that of " + dir + "."
	if strings.HasPrefix(dir, "127.") || strings.HasPrefix(dir, "localhost") {
		note += " A server on the machine of the tests, such as gradtest emulator, proves the suite and is no evidence for the real app."
	}
	return note
}

func (j *judgement) outlook(ctx context.Context) (o criteria.Outlook, err error) {
	err = j.read(ctx, j.now, func(all iter.Seq[ledger.Record]) { o = criteria.Forecast(j.policy, j.want, all, j.now) })
	return o, err
}

// options are those of a report that goes to w.
func (j *judgement) options(w io.Writer, getenv func(string) string) report.Options {
	return report.Options{App: j.name(), Notes: j.notes, Colour: colourful(w, getenv)}
}

// conclude is the exit status in the form of an error.
func conclude(ready bool) error {
	if !ready {
		return errNotReady
	}
	return nil
}

// colourful reports whether w is a terminal that shows colours, see no-color.org.
func colourful(w io.Writer, getenv func(string) string) bool {
	f, ok := w.(*os.File)
	return ok && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}
