package cli

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/drift"
	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

// errDrift ends vet with the status for "not ready": declarations and calls differ.
var errDrift = fmt.Errorf("%w: declarations and calls differ", errNotReady)

func newVet() *cobra.Command {
	var v vet
	c := &cobra.Command{
		Use:   "vet [PACKAGES]",
		Short: "Find calls that no App declares, and declarations that nothing calls",
		Long: `Compares what the app declares in a gradtest.App with what its code calls, without
running it: calls of operations that no App declares, declared operations that nothing
calls, and app scopes that an operation needs and App.Scopes lacks. Each finding has the
place, what to do, and the line to paste.

PACKAGES (default ./...) are to be all packages of the app: what is not scanned calls
nothing. What is known only when the program runs is listed as unresolved and fails
nothing; what it could concern is not reported.

A comment "//gradtest:ignore reason" in the line or above it accepts a finding.

The same as a tool of go vet, for each package that holds an App:
  go vet -vettool=$(which gradtest) ./...

Exit status: 0 no finding, 1 findings, 2 error.`,
		Example: `  gradtest vet
  gradtest vet --sarif > drift.sarif      # for code scanning
  gradtest vet --json | jq -r '.findings[].paste'
  go vet -vettool=$(which gradtest) ./...`,
		RunE: func(c *cobra.Command, patterns []string) error {
			v.config.Patterns = patterns
			err := v.run(c)
			if err != nil && !errors.Is(err, errNotReady) {
				return fmt.Errorf("vet: %w", err)
			}
			return err
		},
	}
	c.Flags().BoolVar(&v.json, "json", false, "write JSON (schema gradtest/vet/v1)")
	c.Flags().BoolVar(&v.sarif, "sarif", false, "write SARIF 2.1.0, for code scanning")
	c.Flags().StringSliceVar(&v.config.Tags, "tags", nil, "build `tags`, separated by commas")
	c.Flags().StringVarP(&v.config.Dir, "dir", "C", "", "`folder` of the module (default the working directory)")
	c.MarkFlagsMutuallyExclusive("json", "sarif")
	return c
}

// vet is one run of the command.
type vet struct {
	config      discover.Config
	json, sarif bool
}

func (v *vet) run(c *cobra.Command) error {
	debug.SetGCPercent(75) // as scan does
	r, err := drift.Check(c.Context(), v.config)
	for _, n := range r.Notes {
		fmt.Fprintln(c.ErrOrStderr(), "gradtest: vet: "+safetext.Clean(n))
	}
	if err != nil {
		text := strings.TrimPrefix(err.Error(), "drift: ")
		return errors.New(strings.TrimPrefix(text, "discover: "))
	}
	out := c.OutOrStdout()
	switch {
	case v.json:
		err = vetJSON(out, r)
	case v.sarif:
		err = vetSARIF(out, r)
	default:
		err = vetText(out, r)
	}
	if err == nil && r.Fails() {
		err = errDrift
	}
	return err
}

// vetText writes a line for each finding, and those apart that fail nothing.
func vetText(w io.Writer, r drift.Report) error {
	var b strings.Builder
	rest := func(title string, keep func(drift.Finding) bool, line func(drift.Finding) string) {
		for _, f := range r.Findings {
			if keep(f) {
				b.WriteString(title + "  " + safetext.Clean(line(f)) + "\n")
				title = ""
			}
		}
	}
	for _, f := range r.Findings {
		if f.Fails() {
			b.WriteString(safetext.Clean(f.String()) + "\n")
		}
	}
	rest("\nNot resolved:\n", func(f drift.Finding) bool { return f.Kind == drift.Unresolved && f.Accepted == "" }, drift.Finding.String)
	rest("\nAccepted:\n", func(f drift.Finding) bool { return f.Accepted != "" }, func(f drift.Finding) string {
		return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line, f.Message, f.Accepted)
	})
	if !r.Fails() {
		n, endpoints := len(r.Apps), 0
		for _, a := range r.Apps {
			endpoints += len(a.Endpoints)
		}
		fmt.Fprintf(&b, "\nNo drift: %s with %s.\n", count(n, "App"), count(endpoints, "endpoint"))
	}
	_, err := io.WriteString(w, strings.TrimPrefix(b.String(), "\n"))
	return err
}

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// vetFinding is a finding in JSON.
type vetFinding struct {
	Kind      string     `json:"kind"`  // undeclared, uncalled, missing-scope, bad-ignore or unresolved
	Fails     bool       `json:"fails"` // neither accepted nor unresolved
	Package   string     `json:"package"`
	File      string     `json:"file"` // relative to the root of its module
	Line      int        `json:"line"`
	App       string     `json:"app,omitempty"`
	Operation string     `json:"operation,omitempty"`
	Method    string     `json:"method,omitempty"`
	Path      string     `json:"path,omitempty"`
	Scope     string     `json:"scope,omitempty"`
	Message   string     `json:"message"`
	Fix       string     `json:"fix,omitempty"`
	Paste     string     `json:"paste,omitempty"`    // a line of Go
	Others    []vetPlace `json:"others,omitempty"`   // further calls of the operation
	Accepted  string     `json:"accepted,omitempty"` // the reason of the comment that accepts it
}

type vetPlace struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

func vetJSON(w io.Writer, r drift.Report) error {
	doc := vetted{vetSchema, r.Fails(), []vetFinding{}, filled(r.Notes)}
	for _, f := range r.Findings {
		v := vetFinding{
			Kind: string(f.Kind), Fails: f.Fails(), Package: f.Package, File: f.File, Line: f.Line, App: f.App,
			Operation: f.Operation.ID, Method: f.Operation.Method, Path: f.Operation.Path, Scope: string(f.Scope),
			Message: f.Message, Fix: f.Fix, Paste: f.Paste, Accepted: f.Accepted,
		}
		for _, p := range f.Others {
			v.Others = append(v.Others, vetPlace{p.File, p.Line})
		}
		doc.Findings = append(doc.Findings, v)
	}
	return writeJSON(w, doc)
}

func vetSARIF(w io.Writer, r drift.Report) error {
	var rules []sarifRule
	kinds := drift.Kinds()
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		rules = append(rules, sarifRule{"gradtest/" + string(k), sarifText{kinds[k]}})
	}
	var results []sarifResult
	for _, f := range r.Findings {
		level := "error"
		if f.Kind == drift.Unresolved {
			level = "note"
		}
		s := newSARIFResult("gradtest/"+string(f.Kind), level, f.Text(), f.Place)
		if f.Accepted != "" {
			s.Suppressions = []sarifSuppression{{"inSource", f.Accepted}}
		}
		results = append(results, s)
	}
	return writeSARIF(w, rules, results)
}
