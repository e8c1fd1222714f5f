package declaration

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/declared"
	"github.com/graduationkit/ringcentral/gradtest/internal/modroot"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Config says where [Find] looks. The zero value is the module of the working directory.
type Config struct {
	Dir     string        // in the module; empty: the working directory
	Timeout time.Duration // for the tests of one package, without compiling them; zero: 1 minute
	// Notify is called before the tests of a package are compiled and run; nil: not called.
	Notify func(pkg string, tests []string)
}

// Found is a declaration and where it comes from.
type Found struct {
	ledger.Declaration
	Package string // import path
	Test    string // name of the test; empty: TestMain
}

// ErrNone is in the error of [Find] for a module whose tests open no session of gradtest.
var ErrNone = errors.New("no test of the module calls gradtest.Run or gradtest.Start")

// Find returns what the tests of a module declare, by package and test, each declaration of a package once. Packages at
// or below Config.Dir come before others: if their tests open a session, the rest of the module is not looked at. The
// error joins what went wrong in each package; there can be declarations of other packages then.
func Find(ctx context.Context, cfg Config) ([]Found, error) {
	dir := cfg.Dir
	if dir == "" {
		var err error
		if dir, err = os.Getwd(); err != nil {
			return nil, err
		}
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	root, ok := modroot.Find(dir)
	if !ok {
		return nil, fmt.Errorf("%s is in no Go module: change to the directory of the tests: %w", dir, ErrNone)
	}
	all, err := candidates(root)
	if err != nil {
		return nil, err
	}
	near := slices.DeleteFunc(slices.Clone(all), func(c candidate) bool {
		return c.dir != dir && !strings.HasPrefix(c.dir, dir+string(filepath.Separator))
	})
	if len(near) > 0 {
		all = near
	}
	if len(all) == 0 {
		return nil, ErrNone
	}
	command, err := exec.LookPath("go")
	if err != nil {
		return nil, fmt.Errorf("go is not on PATH, so %s cannot be run for its declaration: add the go command to PATH",
			all[0].pkg)
	}
	var found []Found
	var faults []error
	for _, c := range all {
		if cfg.Notify != nil {
			cfg.Notify(c.pkg, c.tests)
		}
		some, err := c.declarations(ctx, command, cfg.Timeout)
		found, faults = append(found, some...), append(faults, err)
	}
	return found, errors.Join(faults...)
}

// declarations compiles and runs the tests of one package.
func (c candidate) declarations(ctx context.Context, command string, limit time.Duration) (found []Found, err error) {
	handover, err := declared.Create()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(handover)) }()
	binary := filepath.Join(handover, "tests.exe")
	if err := c.compile(ctx, command, binary); err != nil {
		return nil, err
	}
	failed := c.run(ctx, binary, handover, limit)
	entries, err := declared.Read(handover)
	if err != nil {
		return nil, err
	}
	var refused []error
	for _, e := range entries {
		if e.Declaration == nil {
			refused = append(refused, fmt.Errorf("the declaration in %s of %s is refused: %s", testOf(e), c.pkg, e.Fault))
			continue
		}
		f := Found{*e.Declaration, c.pkg, e.Test}
		if !slices.ContainsFunc(found, func(o Found) bool { return reflect.DeepEqual(o.Declaration, f.Declaration) }) {
			found = append(found, f)
		}
	}
	if len(entries) > 0 { // what a test did after it had declared the app does not matter
		return found, errors.Join(refused...)
	}
	return nil, failed
}

func testOf(e declared.Entry) string {
	if e.Test == "" {
		return "TestMain"
	}
	return e.Test
}
