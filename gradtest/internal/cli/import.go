package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// imported is what import took from one file, as --json writes it.
type imported struct {
	File         string   `json:"file"`
	Ledger       string   `json:"ledger"` // name of its directory
	Calls        int      `json:"calls"`  // that were new
	Declarations int      `json:"declarations"`
	Known        int      `json:"known"` // records that were there already
	Faults       []string `json:"faults"`
	err          error
}

func newImport(getenv func(string) string) *cobra.Command {
	p := ledgerFlags{getenv: getenv}
	var trusted string
	c := &cobra.Command{
		Use:   "import FILE...",
		Short: "Add the evidence of other machines",
		Long: `Adds files that export has written elsewhere. Records that are already there are not added
again, so files may overlap and may be imported twice. Evidence of another server or
client id is refused. If there is no ledger yet, import creates one. Damaged lines are
reported and left out. An import never frees a slot of the rate limits.

A file in which a record was changed, removed or put in is refused, and so is, with
--signers, one that none of them has signed.

Exit status: 0 everything was imported, 2 not.`,
		Example: `  gradtest ledger import shard-*.jsonl
  gradtest ledger import --app platform.ringcentral.com-0a1b2c3d shard-1.jsonl
  cat shard-*.jsonl | gradtest ledger import -`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("%sno file is named: name the files that export has written, see %s --help",
					lead(c), c.CommandPath())
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			p.stderr = c.ErrOrStderr()
			err := checkSigners(trusted, args, nil)
			var done []imported
			if err == nil {
				done, err = p.importAll(c.Context(), args, c.InOrStdin())
			}
			if len(done) > 0 {
				write := writeImported
				if p.json {
					write = func(w io.Writer, all []imported) error { return writeJSON(w, importedFiles{importSchema, all}) }
				}
				err = errors.Join(err, write(c.OutOrStdout(), done))
			}
			if err != nil {
				return fmt.Errorf("ledger import: %w", err)
			}
			return nil
		},
	}
	p.flags(c)
	signersFlag(c, &trusted)
	c.Flags().Lookup("app").Usage = "the app whose evidence it is: its declared `name`, " +
		"or its directory, which is created if needed (default: as the files say)"
	return c
}

// source is a file that can be read again.
type source struct {
	name  string
	path  string // where it is read
	spool bool   // path is a copy
}

// newSource finds the file. Input that can be read only once, such as a pipe, is copied.
func newSource(name string, stdin io.Reader) (s source, err error) {
	if name != "-" {
		info, err := os.Stat(name)
		if err == nil && (info.Mode().IsRegular() || info.IsDir()) {
			return source{name: name, path: name}, nil
		}
		f, err := os.Open(name)
		if err != nil {
			return s, fmt.Errorf("%w: name files that export has written", err)
		}
		defer f.Close()
		stdin = f
	}
	to, err := os.CreateTemp("", "gradtest-import-*")
	if err != nil {
		return s, fmt.Errorf("%s: %w", name, err)
	}
	s = source{name: name, path: to.Name(), spool: true}
	_, err = io.Copy(to, stdin)
	if err = errors.Join(err, to.Close()); err != nil {
		return s, errors.Join(fmt.Errorf("%s: %w", name, err), s.close())
	}
	return s, nil
}

func (s source) open() (io.ReadCloser, error) {
	f, err := os.Open(s.path)
	if err != nil {
		return nil, fmt.Errorf("%w: name files that export has written", err)
	}
	return f, nil
}

// close removes the copy, if there is one.
func (s source) close() error {
	if !s.spool {
		return nil
	}
	return os.Remove(s.path)
}

// importAll adds the files in order. It checks whose evidence they hold before it adds anything.
func (p *ledgerFlags) importAll(ctx context.Context, files []string, stdin io.Reader) (done []imported, err error) {
	var (
		sources []source
		origins []string
	)
	for _, name := range files {
		s, err := newSource(name, stdin)
		if err != nil {
			return nil, err
		}
		defer func() { _ = s.close() }()
		found, err := s.origins(ctx)
		if err != nil {
			return nil, err
		}
		sources = append(sources, s)
		for _, o := range found {
			if !slices.Contains(origins, o) {
				origins = append(origins, o)
			}
		}
	}
	in, err := locate(p.dir, p.getenv)
	if err != nil {
		return nil, err
	}
	target, err := p.target(ctx, in, origins)
	if err != nil {
		return nil, err
	}
	d, err := in.open(ctx, target)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	defer p.sayWaits(d)()
	var faults []error
	for _, s := range sources {
		i := s.add(ctx, d, target)
		done = append(done, i)
		faults = append(faults, i.err)
	}
	return done, errors.Join(faults...)
}

// origins returns whose evidence the file holds.
func (s source) origins(ctx context.Context) (all []string, err error) {
	f, err := s.open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rep, err := ledger.VerifyExport(ctx, f)
	if broken := rep.Broken(); err == nil && len(broken) > 0 {
		err = errors.Join(append(broken, errors.New("nothing was imported"))...)
	}
	if err != nil {
		var named []error
		for _, l := range lines(err) {
			named = append(named, fmt.Errorf("%s: %s", s.name, l))
		}
		return nil, errors.Join(named...)
	}
	for _, section := range rep.Sections {
		if !slices.Contains(all, section.Origin) {
			all = append(all, section.Origin)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s is not an export: write one with gradtest ledger export", s.name)
	}
	return all, nil
}

func (s source) add(ctx context.Context, d appLedger, target string) imported {
	i := imported{File: s.name, Ledger: target, Faults: []string{}}
	f, err := s.open()
	if err == nil {
		var got ledger.Imported
		got, err = ledger.Import(ctx, d, target, f)
		i.Calls, i.Declarations, i.Known = got.Calls, got.Declared, got.Known
		_ = f.Close() // read only
	}
	if err != nil {
		var named []error
		for _, l := range lines(err) {
			i.Faults = append(i.Faults, l)
			named = append(named, fmt.Errorf("%s: %s", s.name, l))
		}
		i.err = errors.Join(named...)
	}
	return i
}

// target is the ledger that the evidence of origins goes into: the one that is named or else the one that it says
// itself, where it is there or nothing is.
func (p *ledgerFlags) target(ctx context.Context, in evidenceRoot, origins []string) (string, error) {
	if p.app != "" && directoryName(p.app) {
		return p.app, nil
	}
	if p.app != "" {
		_, names, err := p.names(ctx)
		if err != nil {
			return "", err
		}
		if len(names) != 1 {
			return "", fmt.Errorf("--app %s means %d ledgers: name one by its directory: %s", p.app, len(names), list(names))
		}
		return names[0], nil
	}
	if len(origins) != 1 {
		return "", fmt.Errorf("the files hold evidence of %d apps or servers, "+
			"which never count for one another: name the one to import with --app: %s", len(origins), list(origins))
	}
	if !directoryName(origins[0]) {
		return "", fmt.Errorf("the files are evidence of %q, which is not the name of a ledger: "+
			"export them with gradtest ledger export", origins[0])
	}
	there, err := in.names(ctx)
	if err != nil || slices.Contains(there, origins[0]) {
		return origins[0], nil // nothing is there yet, or just that
	}
	return "", fmt.Errorf("the files are evidence of %s, but this directory holds that of %s: "+
		"evidence of one server or client id never counts for another; to keep both, use --app %s",
		origins[0], list(there), origins[0])
}

// directoryName reports whether a name can be that of an app ledger. Names also come from files of other machines.
func directoryName(name string) bool {
	return evidence.IsAppName(name) && filepath.IsLocal(name) && !strings.ContainsAny(name, `/\:`)
}

func writeImported(w io.Writer, all []imported) error {
	rows := [][]string{{"FILE", "LEDGER", "NEW CALLS", "NEW DECLARATIONS", "KNOWN", "FAULTS"}}
	for _, i := range all {
		rows = append(rows, []string{
			i.File, i.Ledger, number(i.Calls), number(i.Declarations), number(i.Known), number(len(i.Faults)),
		})
	}
	return table(w, rows)
}
