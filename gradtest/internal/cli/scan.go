package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func newScan() *cobra.Command {
	var s scan
	c := &cobra.Command{
		Use:   "scan [PACKAGES]",
		Short: "Find the endpoints that Go code calls",
		Long: `Finds the calls of the RingCentral platform in Go packages (default ./...) without running
them: with net/http, fasthttp, ringcentral-go, resty, req, sling, generated clients and
clients of the app's own. Lists operation, usage-plan group, app scope and place of each, and
apart from them calls that only tests or dead code make.

A call whose method or path is known only when the program runs is listed as not
resolved. A path of the platform that the catalogue lacks is listed with the line to
paste. Calls of other companies' APIs are not listed.

What cannot be scanned, such as functions that do not compile, is said on standard
error.`,
		Example: `  gradtest scan
  gradtest scan ./cmd/app/... --why ReadCallLog
  gradtest scan --base origin/main        # what a change adds, as Markdown
  gradtest scan --json | jq -r 'select(.kind=="call") | .operation'`,
		RunE: func(c *cobra.Command, patterns []string) error {
			s.config.Patterns = patterns
			s.config.Tests = !s.noTests
			if err := s.run(c); err != nil {
				return fmt.Errorf("scan: %w", err)
			}
			return nil
		},
	}
	c.Flags().StringVar(&s.why, "why", "", "print how main, a handler or a test reaches the calls of an `operation or app scope`")
	c.Flags().StringVar(&s.base, "base", "", "print what the working tree adds and removes compared with this git `revision`, as Markdown")
	c.Flags().BoolVar(&s.json, "json", false, "write one JSON object a line")
	c.Flags().BoolVar(&s.sarif, "sarif", false, "write SARIF 2.1.0, for code scanning")
	c.Flags().BoolVar(&s.noTests, "no-tests", false, "leave out test files")
	c.Flags().StringSliceVar(&s.config.Tags, "tags", nil, "build `tags`, separated by commas")
	c.Flags().StringVarP(&s.config.Dir, "dir", "C", "", "`folder` of the module (default the working directory)")
	c.MarkFlagsMutuallyExclusive("why", "base", "json", "sarif")
	return c
}

// scan is one run of the command.
type scan struct {
	config               discover.Config
	why, base            string
	json, sarif, noTests bool
}

func (s *scan) run(c *cobra.Command) error {
	debug.SetGCPercent(75) // the command's usual setting is for runs that are over in a moment
	out := c.OutOrStdout()
	if s.base != "" {
		change, err := s.compare(c.Context(), c.ErrOrStderr())
		if err != nil {
			return err
		}
		_, err = io.WriteString(out, change.Markdown())
		return err
	}
	r, err := s.scan(c.Context(), c.ErrOrStderr(), s.config)
	if err != nil {
		return err
	}
	switch {
	case s.json:
		return scanJSON(out, r)
	case s.sarif:
		return scanSARIF(out, r)
	case s.why != "":
		return scanWhy(out, r, s.why)
	}
	return scanText(out, r)
}

// scan scans and reports what could not be scanned.
func (s *scan) scan(ctx context.Context, stderr io.Writer, config discover.Config) (discover.Result, error) {
	r, err := discover.Scan(ctx, config)
	if err != nil {
		return r, errors.New(strings.TrimPrefix(err.Error(), "discover: "))
	}
	for _, n := range r.Notes {
		fmt.Fprintln(stderr, "gradtest: scan: "+safetext.Clean(n))
	}
	return r, nil
}

// scanText writes tables for people.
func scanText(w io.Writer, r discover.Result) error {
	sections := []struct {
		title string
		reach discover.Reach
	}{{"", discover.Production}, {"Only tests call:", discover.TestOnly}, {"Nothing leads to these calls:", discover.Dead}}
	var b strings.Builder
	for _, s := range sections {
		rows := [][]string{{"OPERATION", "GROUP", "SCOPE", "WHERE", "ENDPOINT"}}
		for _, c := range r.Calls {
			if c.Reach == s.reach {
				rows = append(rows, []string{c.Operation.ID, cmp.Or(string(c.Operation.Group), "-"), cmp.Or(string(c.Operation.Scope), "-"),
					at(c.Place), c.Operation.String()})
			}
		}
		if len(rows) == 1 {
			continue
		}
		if s.title != "" {
			b.WriteString("\n" + s.title + "\n")
		}
		if err := table(&b, rows); err != nil {
			return err
		}
	}
	if len(r.Calls)+len(r.Unresolved)+len(r.Unknown) == 0 {
		b.WriteString("No calls of the RingCentral platform found.\n")
	}
	if len(r.Authorizations) > 0 {
		b.WriteString("\nAuthorization, which counts for no endpoint:\n")
		var rows [][]string
		for _, c := range r.Authorizations {
			rows = append(rows, []string{"  " + c.Operation.ID, at(c.Place)})
		}
		if err := table(&b, rows); err != nil {
			return err
		}
	}
	b.WriteString(goneText(r.Calls))
	if len(r.Unresolved) > 0 {
		b.WriteString("\nNot resolved:\n")
		for _, u := range r.Unresolved {
			fmt.Fprintf(&b, "  %s: %s %s: %s%s\n", at(u.Place), cmp.Or(u.Method, "?"), safetext.Clean(u.Path), safetext.Clean(u.Reason), could(u))
		}
	}
	if len(r.Unknown) > 0 {
		b.WriteString("\nNot in the catalogue:\n")
		for _, u := range r.Unknown {
			lacking(&b, at(u.Place), u.Method, u.Path, u.Nearest, u.Parse)
		}
	}
	if scopes := neededScopes(r); len(scopes) > 0 {
		b.WriteString("\nApp scopes needed: " + list(scopes) + "\n")
	}
	_, err := io.WriteString(w, strings.TrimPrefix(b.String(), "\n"))
	return err
}

func at(p discover.Place) string { return fmt.Sprintf("%s:%d", safetext.Clean(p.File), p.Line) }

func could(u discover.Unresolved) string {
	if len(u.Could) == 0 || strings.Contains(u.Reason, u.Could[0]) {
		return ""
	}
	return "; it could be " + strings.Join(u.Could, ", ")
}

// neededScopes returns the app scopes that production code needs.
func neededScopes(r discover.Result) []rcapi.Scope {
	scopes := make(map[rcapi.Scope]bool)
	for _, c := range r.Calls {
		if c.Reach == discover.Production && c.Operation.Scope != "" {
			scopes[c.Operation.Scope] = true
		}
	}
	return slices.Sorted(maps.Keys(scopes))
}

// scanWhy writes how the calls of an operation, or those that need a scope, are reached.
func scanWhy(w io.Writer, r discover.Result, what string) error {
	scope := rcapi.Scope(what)
	id := strings.TrimPrefix(what, "rcapi.")
	op, isOp := rcapi.Lookup(id)
	if !isOp && id != "" { // the name of the variable
		op, isOp = rcapi.Lookup(strings.ToLower(id[:1]) + id[1:])
	}
	if !isOp && !scope.Known() {
		fix := "gradtest ops lists the operations and their scopes"
		if near := rcapi.Nearest(what, 3); len(near) > 0 {
			fix = "did you mean " + strings.Join(near, " or ") + "? " + fix
		}
		return fmt.Errorf("%q is neither an operation nor an app scope: %s", what, fix)
	}
	found := 0
	for _, c := range slices.Concat(r.Calls, r.Authorizations) {
		if isOp && c.Operation.ID != op.ID || !isOp && c.Operation.Scope.Canonical() != scope.Canonical() {
			continue
		}
		found++
		if _, err := fmt.Fprintf(w, "%s: %s (%s)\n", at(c.Place), c.Operation.ID, c.Reach); err != nil {
			return err
		}
		for i, fn := range c.Why {
			if _, err := fmt.Fprintf(w, "%s%s\n", strings.Repeat("  ", i+1), safetext.Clean(fn)); err != nil {
				return err
			}
		}
	}
	if found == 0 {
		_, err := fmt.Fprintf(w, "No call found that needs %s.\n", what)
		return err
	}
	return nil
}

// finding is a line of --json.
type finding struct {
	Kind      string   `json:"kind"` // call, authorization, unresolved or unknown
	Package   string   `json:"package"`
	Operation string   `json:"operation,omitempty"`
	Method    string   `json:"method,omitempty"`
	Path      string   `json:"path"`
	Scope     string   `json:"scope,omitempty"`
	Group     string   `json:"group,omitempty"`
	File      string   `json:"file"`
	Line      int      `json:"line"`
	Reach     string   `json:"reach"`             // what reaches the call: main, a handler, a test or nothing
	Via       string   `json:"via"`               // library by which the request is sent
	Why       []string `json:"why"`               // the functions on the way to the call, the outermost first
	Reason    string   `json:"reason,omitempty"`  // why the operation could not be found; only of unresolved
	Could     []string `json:"could,omitempty"`   // operations that an unresolved call could be of
	Nearest   string   `json:"nearest,omitempty"` // operation most similar to an unknown one
	Parse     string   `json:"parse,omitempty"`   // Go source of an unknown operation, to paste into an App

	Replacement string `json:"replacement,omitempty"` // of an operation that today's platform lacks

	Schema string `json:"schema"`
}

func scanJSON(w io.Writer, r discover.Result) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, f := range scanFindings(r) {
		f.Schema = scanSchema
		if err := e.Encode(f); err != nil {
			return err
		}
	}
	return nil
}

func scanFindings(r discover.Result) (all []finding) {
	place := func(kind string, p discover.Place) finding {
		return finding{Kind: kind, Package: p.Package, File: p.File, Line: p.Line, Reach: string(p.Reach), Via: p.Via, Why: filled(p.Why)}
	}
	calls := func(kind string, calls []discover.Call) {
		for _, c := range calls {
			f := place(kind, c.Place)
			f.Operation, f.Method, f.Path = c.Operation.ID, c.Operation.Method, c.Operation.Path
			f.Scope, f.Group = string(c.Operation.Scope), string(c.Operation.Group)
			f.Replacement = replacement(c.Operation)
			all = append(all, f)
		}
	}
	calls("call", r.Calls)
	calls("authorization", r.Authorizations)
	for _, u := range r.Unresolved {
		f := place("unresolved", u.Place)
		f.Method, f.Path, f.Reason, f.Could = u.Method, u.Path, u.Reason, u.Could
		all = append(all, f)
	}
	for _, u := range r.Unknown {
		f := place("unknown", u.Place)
		f.Method, f.Path, f.Nearest, f.Parse = u.Method, u.Path, u.Nearest, u.Parse
		all = append(all, f)
	}
	return all
}
