package drift

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/discover"
)

// Report is what [Check] found.
type Report struct {
	Apps     []discover.App
	Runs     []discover.Place // where the code runs an App, such as calls of gradtest.Run
	Findings []Finding
	Notes    []string // what could not be scanned, one sentence each
}

// Fails reports whether any finding does.
func (r Report) Fails() bool { return slices.ContainsFunc(r.Findings, Finding.Fails) }

// ErrNoApp is the error of [Check] where the scanned code declares nothing.
var ErrNoApp = errors.New("drift: no gradtest.App is filled")

// Check scans a module with its tests and compares what it declares with what it calls. The patterns are to match all
// packages of the app: what is not scanned calls nothing. The error is [ErrNoApp], or for what cannot be scanned at
// all.
func Check(ctx context.Context, c discover.Config) (Report, error) {
	c.Tests = true // the Apps are in tests
	r, err := discover.Scan(ctx, c)
	if err != nil {
		return Report{}, err
	}
	if len(r.Apps) == 0 {
		return Report{Notes: r.Notes}, fmt.Errorf("%w in %s: declare the app in a test with gradtest.Run or gradtest.Start",
			ErrNoApp, strings.Join(orAll(c.Patterns), " "))
	}
	return Report{Apps: r.Apps, Runs: r.Runs, Findings: Compare(r.Apps, r), Notes: r.Notes}, nil
}

func orAll(patterns []string) []string {
	if len(patterns) == 0 {
		return []string{"./..."}
	}
	return patterns
}
