package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/recorder"
	"github.com/graduationkit/ringcentral/gradtest/suitegen"
)

// suite holds the flags of init.
type suite struct {
	getenv    func(string) string
	from      string
	file      string
	dir       string // of the module
	evidence  string // directory of the ledger
	app       string
	tags      []string
	dry, json bool
	fresh     bool // the file is new, and no -o names it
}

func newInit(getenv func(string) string) *cobra.Command {
	s := suite{getenv: getenv}
	c := &cobra.Command{
		Use:   "init [PACKAGES]",
		Short: "Write the test file with the graduation suite",
		Long: `Finds the operations that the app calls, and writes graduation_test.go with an endpoint
for each. Ids are looked up or created when the suite runs, bodies and parameters are
filled in, so it passes on the emulator at once. Where a person has to decide before it
runs on a real account, such as which phone gets the SMS, a TODO comment says so.

Run it again when the app has changed: what is new is added, and nothing that is there
is changed. An endpoint that was removed from the file does not come back.

--from says where the operations come from:
  source   the Go code of the packages (default ./...), as gradtest scan finds them
  ledger   the evidence: what was called in the last days
  traffic  a program that init runs, as gradtest record does: init --from traffic -- CMD`,
		Example: `  gradtest init
  gradtest init ./cmd/app/... -o internal/rcapp/app.go
  gradtest init --from ledger --dry-run
  gradtest init --from traffic -- npm test`,
		RunE: func(c *cobra.Command, args []string) error {
			if err := s.run(c, args); err != nil {
				return initError(err)
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&s.from, "from", "source", "where the operations come from: source, ledger or traffic")
	f.StringVarP(&s.file, "output", "o", "graduation_test.go", "`file` to write or to add to, in the folder of -C")
	f.StringVarP(&s.dir, "chdir", "C", "", "`folder` of the module (default the working directory)")
	f.StringVar(&s.evidence, "dir", "", dirUsage)
	f.StringVar(&s.app, "app", "", "`app` whose evidence is meant, if there are several")
	f.StringSliceVar(&s.tags, "tags", nil, "build `tags`, separated by commas")
	f.BoolVarP(&s.dry, "dry-run", "n", false, "write the file to standard output instead")
	f.BoolVar(&s.json, "json", false, "write what was done as JSON")
	c.MarkFlagsMutuallyExclusive("dry-run", "json")
	return c
}

func initError(err error) error {
	if _, ok := errors.AsType[exitStatus](err); ok {
		return err
	}
	text := err.Error()
	for _, p := range []string{"suitegen: ", "discover: ", "recorder: "} {
		text = strings.ReplaceAll(text, p, "")
	}
	return errors.New("init: " + text)
}

func (s *suite) run(c *cobra.Command, args []string) error {
	stderr := c.ErrOrStderr()
	say := func(sentence string) { fmt.Fprintln(stderr, "gradtest: init: "+safetext.Clean(sentence)) }
	if err := s.check(c, args); err != nil {
		return err
	}
	if filepath.Ext(s.file) != ".go" {
		return fmt.Errorf("-o %s is no Go file: name one such as graduation_test.go", s.file)
	}
	file := filepath.Join(s.dir, s.file)
	if filepath.IsAbs(s.file) {
		file = s.file
	}
	target, err := suitegen.Open(file, s.tags...)
	switch {
	case errors.Is(err, suitegen.ErrElsewhere):
		return fmt.Errorf("%s: %w with -o", file, err)
	case err != nil:
		return fmt.Errorf("%s: %w", file, err)
	}
	s.fresh = target.New() && !c.Flags().Changed("output")
	r, err := s.request(c, args, say)
	if err != nil {
		return err
	}
	write := target.Write
	if s.dry {
		write = target.Suite
	}
	result, err := write(r)
	switch {
	case errors.Is(err, suitegen.ErrNothing):
		return s.nothing()
	case err != nil:
		return fmt.Errorf("%s: %w", file, err)
	}
	if !result.Created { // in a new file they are comments
		for _, n := range r.Notes {
			say(n)
		}
	}
	out := c.OutOrStdout()
	switch {
	case s.dry:
		_, err = out.Write(result.Source)
		return err
	case s.json:
		return writeJSON(out, initJSON(file, result))
	}
	_, err = io.WriteString(out, initText(file, result))
	return err
}

// check refuses what cannot go together, before anything takes time.
func (s *suite) check(c *cobra.Command, args []string) error {
	for _, name := range []string{"dir", "app"} {
		if c.Flags().Changed(name) && s.from == "source" {
			return fmt.Errorf("--%s is about evidence: use it with --from ledger", name)
		}
	}
	if s.from != "traffic" && c.ArgsLenAtDash() >= 0 {
		return errors.New("unexpected -- and a program: use them with --from traffic")
	}
	switch s.from {
	case "source":
	case "ledger":
		if len(args) > 0 {
			return fmt.Errorf("unexpected argument %q: packages are for --from source", args[0])
		}
	case "traffic":
		if err := program("npm test")(c, args); err != nil {
			return errors.New(strings.TrimPrefix(err.Error(), lead(c)))
		}
	default:
		return fmt.Errorf("--from %s is unknown: use source, ledger or traffic", s.from)
	}
	return nil
}

// request finds the operations.
func (s *suite) request(c *cobra.Command, args []string, say func(string)) (r suitegen.Request, err error) {
	r.App = s.name()
	switch s.from {
	case "source":
		// Tests are scanned for the App that they may declare.
		found, err := discover.Scan(c.Context(), discover.Config{Dir: s.dir, Patterns: args, Tags: s.tags, Tests: true})
		if err != nil {
			return r, err
		}
		if len(found.Apps) > 0 && s.fresh {
			return r, fmt.Errorf("%s declares an App already, and a second one of the same app would find the calls of "+
				"the first undeclared: add to it with -o %[1]s, or write the App of another app with -o %s", found.Apps[0].File, s.file)
		}
		for _, n := range found.Notes {
			say(n)
		}
		r.Operations, r.Notes = suitegen.FromScan(found)
	case "ledger":
		r.Operations, err = s.recorded(c.Context())
	case "traffic":
		r.Operations, err = s.traffic(c, args, say)
	}
	return r, err
}

// name is that of the module's folder, for App.Name.
func (s *suite) name() string {
	dir, err := filepath.Abs(s.dir)
	if err != nil || filepath.Base(dir) == string(filepath.Separator) {
		return ""
	}
	return filepath.Base(dir)
}

// recorded returns the operations in the evidence.
func (s *suite) recorded(ctx context.Context) (ops []suitegen.Operation, err error) {
	in, err := locate(s.evidence, s.getenv)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(ctx, in, s.app, time.Now())
	if err != nil {
		return nil, err
	}
	err = chosen.read(ctx, time.Now(), func(records iter.Seq[ledger.Record]) { ops = suitegen.FromRecords(records) })
	return ops, err
}

// traffic runs a program and returns the operations that it calls.
func (s *suite) traffic(c *cobra.Command, args []string, say func(string)) (ops []suitegen.Operation, err error) {
	cfg := recorder.Config{Getenv: s.getenv, Notice: say, Dir: s.evidence}
	if s.getenv(environ.Redis) != "" && s.evidence == "" {
		root := shared{s.getenv(environ.Redis)}
		cfg.Open = func(name string) (ledger.Store, error) { return root.open(context.WithoutCancel(c.Context()), name) }
	}
	p := recorder.Program{Args: args, Stdin: c.InOrStdin(), Stdout: c.ErrOrStderr(), Stderr: c.ErrOrStderr()}
	seen, status, err := recorder.Run(cfg, p)
	switch {
	case err != nil:
		return nil, err
	case status != 0:
		return nil, fmt.Errorf("the program ended with exit status %d, so nothing is written: run init again when it passes",
			status)
	}
	for _, o := range seen.Operations {
		if op, ok := rcapi.Lookup(o.ID); ok {
			ops = append(ops, suitegen.Operation{Op: op})
		}
	}
	for _, u := range seen.Unknown {
		if op, err := rcapi.Parse(u.Method + " " + u.Path); err == nil {
			ops = append(ops, suitegen.Operation{Op: op})
		}
	}
	return ops, nil
}

// nothing is the error of a source without operations.
func (s *suite) nothing() error {
	switch s.from {
	case "ledger":
		return errors.New("the evidence has no call of an operation: run the app's tests against a server first")
	case "traffic":
		return errors.New("the program called no operation of the platform: it has to read the server from " +
			"RC_SERVER_URL, see gradtest record --help")
	}
	return errors.New("no call of the RingCentral platform found: name the packages of the app, " +
		"as in gradtest init ./cmd/..., or use --from traffic -- CMD; gradtest scan lists what is not resolved")
}

// writtenSuite is what init --json writes.
type writtenSuite struct {
	Schema        string        `json:"schema"`
	File          string        `json:"file"`
	Created       bool          `json:"created"`       // the file is new
	Added         []string      `json:"added"`         // operations with a new endpoint
	Scopes        []rcapi.Scope `json:"scopes"`        // app scopes that were added
	Removed       []string      `json:"removed"`       // called, but their endpoints were removed from the file
	MissingScopes []rcapi.Scope `json:"missingScopes"` // needed, but App.Scopes is no list to which they can be added
	Todo          []todoLine    `json:"todo"`          // what a person has to decide
}

type todoLine struct {
	Line int    `json:"line"`
	Text string `json:"text"` // the comment, up to the end of its line
}

func initJSON(file string, r suitegen.Result) writtenSuite {
	return writtenSuite{
		Schema: initSchema, File: filepath.ToSlash(file), Created: r.Created,
		Added: filled(r.Added), Scopes: filled(r.Scopes), Removed: filled(r.Removed),
		MissingScopes: filled(r.MissingScopes), Todo: filled(todos(r.Source)),
	}
}

// todos finds the TODO comments of a file.
func todos(source []byte) (all []todoLine) {
	n := 0
	for line := range strings.Lines(string(source)) {
		n++
		if text, ok := strings.CutPrefix(strings.TrimSpace(line), "// TODO: "); ok {
			all = append(all, todoLine{n, text})
		}
	}
	return all
}

// initText says what was done, for people.
func initText(file string, r suitegen.Result) string {
	var b strings.Builder
	switch {
	case r.Created:
		fmt.Fprintf(&b, "Wrote %s with %s and %s.\n", file, count(len(r.Added), "endpoint"),
			count(len(r.Scopes), "app scope"))
	case len(r.Added) == 0:
		fmt.Fprintf(&b, "%s has an endpoint for every operation that the app calls. Nothing is changed.\n", file)
	default:
		fmt.Fprintf(&b, "Added to %s: %s\n", file, strings.Join(r.Added, ", "))
		if len(r.Scopes) > 0 {
			fmt.Fprintf(&b, "App scopes added: %s\n", list(r.Scopes))
		}
	}
	if len(r.MissingScopes) > 0 {
		fmt.Fprintf(&b, "App.Scopes is not a list in this file: add %s there.\n", list(r.MissingScopes))
	}
	if len(r.Removed) > 0 {
		fmt.Fprintf(&b, "Not added again, since they were removed: %s\n"+
			"To get one back, delete its name from the //gradtest:init comment and run init again.\n",
			strings.Join(r.Removed, ", "))
	}
	if all := todos(r.Source); len(all) > 0 && len(r.Added) > 0 {
		lines := make([]string, len(all))
		for i, t := range all {
			lines[i] = fmt.Sprint(t.Line)
		}
		where := "the TODO comment on line "
		if len(lines) > 1 {
			where = "the TODO comments on lines "
		}
		fmt.Fprintf(&b, "To decide before it runs on a real account: %s%s.\n", where, strings.Join(lines, ", "))
	}
	return b.String()
}
