package cli

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/modroot"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// evidence is what the ledger of one app at one host holds.
type evidence struct {
	dir          string // name of its directory: host and hash of the client id
	path         string
	count        int           // of records
	declarations []declaration // the latest of each name, the latest last
	last         time.Time     // of the latest record
	fault        error         // why not all of it could be read
}

// declaration is what was declared, and when.
type declaration struct {
	ledger.Declaration
	at time.Time
}

const (
	// horizon is how far back calls can matter to any policy: the rolling window, and a margin for clocks that differ.
	horizon = 49 * time.Hour
	// reach is how far back what is declared can matter: a run declares anew when it finds no declaration inside the
	// horizon, so the one behind a call that still counts is at most two horizons old.
	reach = 2 * horizon
)

// ledgerName is what the directory of one app at one host is named like.
var ledgerName = regexp.MustCompile(`^.+-[0-9a-f]{8}$`)

// root is where the evidence of all apps is: the flag, GRADTEST_DIR, or .gradtest at the root of the module of the
// working directory.
func root(flag string, getenv func(string) string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	if dir := getenv("GRADTEST_DIR"); dir != "" {
		return dir, nil
	}
	if getenv("GRADTEST_REDIS") != "" {
		return "", errors.New("GRADTEST_REDIS is set, and this command reads directories: unset it, or name a directory with --dir")
	}
	wd, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("the working directory is gone: name the ledger's directory with --dir: %w", err)
	}
	if module, ok := modroot.Find(wd); ok {
		wd = module
	}
	return filepath.Join(wd, ".gradtest"), nil
}

// ledgers are the directories of a root that hold the evidence of one app each, by name.
func ledgers(root string) ([]string, error) {
	entries, err := os.ReadDir(root)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: name the ledger's directory with --dir", err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && ledgerName.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	if len(names) == 0 {
		return nil, noEvidence(root)
	}
	return names, nil
}

func noEvidence(root string) error {
	return fmt.Errorf("no evidence in %s: run the tests against a server (RC_SERVER_URL and credentials set; the embedded emulator leaves no evidence), "+
		"or name the ledger's directory with --dir", root)
}

// gather reads the evidence of one app as far as it can be read. A line that a killed process left unfinished is no
// fault, since it was never acknowledged; damaged ones are, all of them.
func gather(ctx context.Context, root, name string, now time.Time) *evidence {
	e := &evidence{dir: name, path: filepath.Join(root, name)}
	d, err := ledger.Open(e.path)
	if err != nil {
		e.fault = err
		return e
	}
	// What is older is read only where nothing else tells the app's endpoints.
	if e.survey(ctx, d, now.Add(-reach)); len(e.declarations) == 0 {
		e.survey(ctx, d, time.Time{})
	}
	e.fault = errors.Join(e.fault, d.Close())
	return e
}

func (e *evidence) survey(ctx context.Context, d *ledger.Dir, since time.Time) {
	s, err := d.Survey(ctx, since)
	e.count, e.last, e.declarations = s.Records, s.Last, nil
	e.fault = errors.Join(append(s.Faults, err)...)
	for _, r := range s.Declared {
		e.declare(r)
	}
}

// read hands what can matter at now to use, which may leave off early. The records are not kept: there may be very
// many.
func (e *evidence) read(ctx context.Context, now time.Time, use func(iter.Seq[ledger.Record])) (err error) {
	d, err := ledger.Open(e.path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	var faults []error
	use(func(yield func(ledger.Record) bool) {
		for r, err := range d.Records(ctx, now.Add(-horizon)) {
			if _, torn := errors.AsType[*ledger.TornError](err); torn {
				continue
			}
			if err != nil {
				faults = append(faults, err)
				continue
			}
			if !yield(r) {
				return
			}
		}
	})
	return errors.Join(faults...)
}

// declare takes a declaration in, unless a later one of the same name is known: those that were imported are behind
// others that were made later.
func (e *evidence) declare(r ledger.Record) {
	for i, d := range e.declarations {
		if d.App == r.Declared.App {
			if d.at.After(r.At) {
				return
			}
			e.declarations = slices.Delete(e.declarations, i, i+1)
			break
		}
	}
	at, _ := slices.BinarySearchFunc(e.declarations, r.At, func(d declaration, t time.Time) int {
		if d.at.After(t) {
			return 1
		}
		return -1
	})
	e.declarations = slices.Insert(e.declarations, at, declaration{*r.Declared, r.At})
}

// current are the declarations of apps that may have run lately; if there is none, the latest one.
func (e *evidence) current() []declaration {
	for i, d := range e.declarations {
		if i == len(e.declarations)-1 || !d.at.Before(e.last.Add(-reach)) {
			return e.declarations[i:]
		}
	}
	return nil
}
