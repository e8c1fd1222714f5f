package gradtest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/callsite"
	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// Run is the generated suite: a subtest endpoints/<name> for each endpoint, which passes when the endpoint has all the
// successes it needs, and a subtest criteria/<rule> for each rule of the policy.
//
// Run sends only what the ledger lacks. -run selects endpoints; a filtered run never says that the app is ready, and
// one that selects nothing fails. The subtests are parallel, but the sweep decides on the order and pace of the calls,
// so -parallel changes nothing. If -timeout is too short for the plan, Run sends what fits, keeps it, and the next run
// continues.
func Run(t *testing.T, app App) {
	t.Helper()
	s, err := newSession(context.WithValue(t.Context(), testName{}, t.Name()), app)
	if errors.Is(err, errDeclaredOnly) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.caller = caller{site: callsite.Find(), test: t.Name()}
	t.Cleanup(func() {
		if err := s.target.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.prepareRun(t.Context()); err != nil {
		t.Fatal(err)
	}
	u := &suite{session: s}
	t.Run("endpoints", func(t *testing.T) {
		// The subtests park until this function returns; the first to go on starts the sweep for all that registered.
		u.ctx, u.stop = u.bounds(t)
		u.group = t.Output()
		t.Cleanup(func() { summarize(t, "endpoints", len(u.selected), u.failed) })
		for _, e := range app.Endpoints {
			t.Run(e.name(), func(t *testing.T) {
				if e.Exempt != "" {
					t.Skip("exempt: " + e.Exempt)
				}
				u.selected = append(u.selected, e)
				t.Parallel()
				u.report(t, e.name())
			})
		}
	})
	if u.stop != nil {
		u.stop()
	}
	u.criteria(t)
}

// bounds returns the sweep's context. It ends at the first interrupt or SIGTERM, and shortly before the test binary's
// time limit, so that there is time to report.
func (u *suite) bounds(t *testing.T) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(t.Context(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second one ends the process as usual
	deadline, ok := t.Deadline()
	if !ok {
		return ctx, stop
	}
	left := time.Until(deadline)
	grace := reserve(left)
	u.limit = left - grace
	u.grace, u.last = grace/3, deadline.Add(-grace/4)
	ctx, cancel := context.WithDeadlineCause(ctx, deadline.Add(-grace), errTimeout)
	return ctx, func() { cancel(); stop() }
}

// reserve is how much of the time that -timeout leaves is kept for the report.
func reserve(left time.Duration) time.Duration { return min(max(left/20, time.Second), 15*time.Second) }

// report runs in an endpoint's subtest. The first one starts the sweep; each reports the outcome of its endpoint.
func (u *suite) report(t *testing.T, name string) {
	u.once.Do(func() {
		u.full = len(u.selected) == len(u.app.called())
		if notice := u.fits(u.selected, u.limit); notice != "" {
			fmt.Fprintln(t.Output(), notice)
		}
		u.progress.to(t.Output())
		u.outcomes, u.err = u.sweep(u.ctx, u.selected)
		u.progress.to(nil)
		u.counts = u.count(t.Context())
		u.explainStop()
	})
	o := u.outcomes[name]
	if n, known := u.counts[name]; known {
		attributes(t, fmt.Sprint(n.Got), fmt.Sprint(n.Need))
	}
	if o.State == engine.Met {
		fmt.Fprintf(t.Output(), "%s sent, nothing missing\n", calls(o.Sent))
		return
	}
	u.fail(name)
	t.Fail() // the reason goes to t.Output, which does not prefix it with a line of this file
	err := o.Err
	if stoppedBy(u.err, o) { // the same for all: said once, before
		err = fmt.Errorf("the sweep stopped; %s has the reason", path.Dir(t.Name()))
	} else if o.State == engine.Unfinished {
		err = continued(u.ctx, err)
	}
	fmt.Fprintf(t.Output(), "%s after %s: %v\n", o.State, calls(o.Sent), err)
	if i := slices.IndexFunc(u.selected, func(e Endpoint) bool { return e.name() == name }); i >= 0 {
		fmt.Fprint(t.Output(), u.failedCalls(t.Context(), ofEndpoint(u.selected[i]), " --endpoint "+name))
	}
}

// explainStop says in the output of the group, before its endpoints report, why the sweep as a whole stopped, and how
// long it would have to run.
func (u *suite) explainStop() {
	if _, stopped := errors.AsType[*StoppedError](u.err); stopped {
		fmt.Fprintf(u.group, "the sweep stopped: %v\n", continued(u.ctx, u.err))
	}
	for _, o := range u.outcomes {
		if o.State == engine.Unfinished {
			if notice := u.fits(u.selected, u.limit); notice != "" { // with the limits that the sweep has learned
				fmt.Fprintln(u.group, notice)
			}
			return
		}
	}
}

// criteria runs the subtests of the rules and prints the report.
func (u *suite) criteria(t *testing.T) {
	v, err := u.verdict(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	judged := false
	t.Run("criteria", func(t *testing.T) {
		judged = true
		var failed []string
		for _, f := range v.Findings {
			t.Run(f.Rule, func(t *testing.T) {
				attributes(t, f.Got, f.Need)
				if !f.OK {
					fmt.Fprintf(t.Output(), "got %s, need %s: %s\n", f.Got, f.Need, f.Fix)
					fmt.Fprint(t.Output(), u.failedCalls(t.Context(), func(c report.Call) bool { return c.Breaks(f.Rule) }, ""))
					failed = append(failed, f.Rule)
					t.Fail()
				}
			})
		}
		summarize(t, "rules", len(v.Findings), failed)
	})
	u.conclude(t, v, judged)
}

// outputWidth is what go test's indentation leaves of a terminal of 80 columns.
const outputWidth = 76

func (u *suite) conclude(t *testing.T, v criteria.Verdict, judged bool) {
	out := t.Output()
	if len(u.selected) == 0 && !judged { // a misspelt filter must not be green
		t.Error(u.nothingSelected())
		return
	}
	if !u.full || !judged {
		fmt.Fprintf(out, "filtered: %d of %d endpoints selected; only a full run says whether the app is ready\n", len(u.selected), len(u.app.called()))
	} else if err := report.Text(out, v, report.Options{Width: outputWidth, Full: testing.Verbose()}); err != nil {
		t.Error(err)
	}
	if v.Ready && t.Failed() {
		fmt.Fprintln(out, "ready by the evidence, but the run failed: see above")
	}
}

// nothingSelected is the error of a run whose -run and -skip leave neither an endpoint nor a rule.
func (u *suite) nothingSelected() error {
	var filters, names []string
	for _, name := range []string{"run", "skip"} {
		if f := flag.Lookup("test." + name); f != nil && f.Value.String() != "" {
			filters = append(filters, fmt.Sprintf("-%s %q", name, f.Value))
		}
	}
	for _, e := range u.app.called() {
		names = append(names, e.name())
	}
	return fmt.Errorf("gradtest: %s selects no endpoint and no rule, so nothing was tested: write endpoints/NAME, where NAME is one of %s",
		strings.Join(filters, " "), strings.Join(names, ", "))
}
