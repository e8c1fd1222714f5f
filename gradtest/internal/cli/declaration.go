package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/declaration"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// noEvidenceError reports that there is nothing to judge.
type noEvidenceError struct {
	in       evidenceRoot
	untested bool // and no test of the module declares an app
}

func (e *noEvidenceError) Error() string {
	if e.untested {
		return fmt.Sprintf("no evidence in %s, and no test of this module declares an app: write one with "+
			"gradtest init, or name the ledger directory with --dir", e.in)
	}
	return fmt.Sprintf("no evidence in %s: run the tests against a server (RC_SERVER_URL and credentials set; "+
		"the embedded emulator leaves no evidence), or name the ledger directory with --dir", e.in)
}

// chooseDeclared chooses among the apps that the tests of the module declare, for a judgement before there is evidence.
// say gets a line that says what takes so long; none is the error of the search for evidence.
func chooseDeclared(
	ctx context.Context, app string, now time.Time, say io.Writer, none *noEvidenceError,
) (choice, error) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM) // so that nothing is left behind
	defer stop()
	found, err := declaration.Find(ctx, declaration.Config{Notify: func(pkg string, tests []string) {
		fmt.Fprintf(say, "gradtest: no evidence yet: reading the declaration from %s of %s, which sends nothing\n",
			few(tests, 3), pkg)
	}})
	if errors.Is(err, declaration.ErrNone) {
		return choice{}, &noEvidenceError{none.in, true}
	}
	all := declaredChoices(found, now)
	if len(all) == 0 {
		return choice{}, fmt.Errorf("no evidence in %s yet, and no declaration: %w", none.in, err)
	}
	chosen, fault := among(all, app)
	if fault == nil && err != nil { // what is wrong in other packages
		chosen.notes = append(chosen.notes, "Not every declaration could be read: "+strings.Join(lines(err), "; ")+".")
	}
	return chosen, fault
}

// declaredChoices makes choices of declarations without evidence. Of equal declarations of one app the first is enough.
func declaredChoices(found []declaration.Found, now time.Time) (all []choice) {
	for _, f := range found {
		from := f.Test
		if from == "" {
			from = "TestMain"
		}
		c := choice{
			appEvidence: &appEvidence{dir: f.Package, in: nothing{}}, declared: &declaredAt{f.Declaration, now},
			notes: []string{fmt.Sprintf("No evidence yet. The declaration is that of %s in %s.", from, f.Package)},
		}
		if !known(all, c) {
			all = append(all, c)
		}
	}
	return all
}

// nothing is the evidence of an app that has none.
type nothing struct{}

func (nothing) String() string { return "no evidence" }

func (nothing) names(context.Context) ([]string, error) { return nil, nil }

func (n nothing) open(ctx context.Context, name string) (appLedger, error) { return n.read(ctx, name) }

func (nothing) read(context.Context, string) (appLedger, error) {
	return empty{ledger.NewMemory()}, nil
}

// empty is an app ledger without records.
type empty struct{ *ledger.Memory }

func (empty) Survey(context.Context, time.Time) (ledger.Survey, error) { return ledger.Survey{}, nil }

func (empty) Verify(context.Context) (ledger.Report, error) { return ledger.Report{}, nil }

func (empty) Prune(context.Context, time.Time) (int, error) { return 0, nil }

func (empty) Close() error { return nil }

// few lists names, the first most of them if there are many.
func few(names []string, most int) string {
	if more := len(names) - most; more > 1 {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}
