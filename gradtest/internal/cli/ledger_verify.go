package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// verification is the result of verify for one ledger, as --json writes it.
type verification struct {
	Ledger  string       `json:"ledger"` // name of its directory
	OK      bool         `json:"ok"`
	Records int          `json:"records"`
	Calls   int          `json:"calls"`
	Unknown int          `json:"unknown"` // attempts that took a slot and of which no end is recorded
	Torn    int          `json:"torn"`    // lines that killed processes left unfinished: not a fault
	Twice   []string     `json:"twice"`   // ids of attempts recorded more than once: each is judged as one
	Chained int          `json:"chained"` // records in the chain; the others are older than it
	Files   []dayOfCalls `json:"files"`   // one for each UTC day
	Faults  []damage     `json:"faults"`
	err     error
}

// dayOfCalls is one UTC day's file.
type dayOfCalls struct {
	Name    string    `json:"name"`
	Bytes   int64     `json:"bytes"`
	Records int       `json:"records"`
	First   time.Time `json:"first,omitzero"`
	Last    time.Time `json:"last,omitzero"`
	Chained int       `json:"chained"`        // records in the chain of the file
	Head    string    `json:"head,omitempty"` // hash of the last of them
}

// damage is one fault and where it is.
type damage struct {
	Kind    string `json:"kind"` // changed, removed, put in, damaged, version, read, directory
	File    string `json:"file,omitempty"`
	Offset  int64  `json:"offset"` // of the line's first byte
	Message string `json:"message"`
}

func newLedgerVerify(getenv func(string) string) *cobra.Command {
	p := ledgerFlags{getenv: getenv}
	var trusted, against string
	c := &cobra.Command{
		Use:   "verify [EXPORT...]",
		Short: "Check that the evidence is unchanged",
		Long: `Reads all records and checks their checksums and their chain: each record carries the hash
of the one before it, and the first of a day that of the last of the day before. Each fault
is one line on standard error: the file, the byte at which the line begins, the record that
was changed, removed or put in, and what to do. A line that a killed process left unfinished
is not a fault, because it was never acknowledged.

The chain shows changes by accident and by hand. It cannot show that records were cut off
the end of the newest day, that a program has made the whole chain anew, or that the calls
were made up from the start. Against the first two, keep an export elsewhere and compare the
ledger with it (--against), best a signed one.

Named files are checked instead, as ledger export has written them; with --signers also
whether one of these has signed them.

Exit status: 0 everything is as it was written, 2 not.`,
		Example: `  gradtest ledger verify
  gradtest ledger verify --against yesterday.jsonl
  gradtest ledger verify --signers allowed_signers yesterday.jsonl`,
		RunE: func(c *cobra.Command, files []string) error {
			if len(files) > 0 {
				if err := verifyExports(c, files, trusted, p.json); err != nil {
					return fmt.Errorf("ledger verify: %w", err)
				}
				return nil
			}
			heads, err := headsIn(c.Context(), against, trusted)
			if err != nil {
				return fmt.Errorf("ledger verify: %w", err)
			}
			found, err := p.inspect(c.Context(), heads)
			if err != nil {
				return fmt.Errorf("ledger verify: %w", err)
			}
			if p.json {
				err = writeJSON(c.OutOrStdout(), verifications{verifySchema, filled(found)})
			} else {
				err = writeInspections(c.OutOrStdout(), found)
			}
			if err != nil {
				return fmt.Errorf("ledger verify: %w", err)
			}
			var faults []error
			for _, i := range found {
				faults = append(faults, i.err)
			}
			return errors.Join(faults...)
		},
	}
	p.flags(c)
	signersFlag(c, &trusted)
	c.Flags().StringVar(&against, "against", "", "an earlier `export` or bundle: everything that it saw must still be there")
	return c
}

func (p *ledgerFlags) inspect(ctx context.Context, earlier map[string][]ledger.DayHead) (all []verification, err error) {
	in, names, err := p.names(ctx)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		all = append(all, inspect(ctx, in, name, earlier[name]))
	}
	return all, nil
}

// inspect verifies one ledger.
func inspect(ctx context.Context, in evidenceRoot, name string, earlier []ledger.DayHead) verification {
	i := verification{Ledger: name, Twice: []string{}, Files: []dayOfCalls{}, Faults: []damage{}}
	d, err := in.read(ctx, name)
	if err != nil {
		return i.fail(err)
	}
	verify := d.Verify
	if dir, ok := d.(*ledger.Dir); ok && len(earlier) > 0 {
		verify = func(ctx context.Context) (ledger.Report, error) { return dir.VerifyAgainst(ctx, earlier) }
	}
	r, err := verify(ctx)
	i.Records, i.Calls, i.Unknown, i.Torn = r.Records, r.Calls, r.Unknown, r.Torn
	i.Chained = r.Chained
	i.Twice = append(i.Twice, r.Twice...)
	for _, f := range r.Files {
		i.Files = append(i.Files, dayOfCalls(f))
	}
	for _, err := range append(r.Faults, err, d.Close()) {
		if err != nil {
			i = i.fail(err)
		}
	}
	i.OK = i.err == nil
	return i
}

// fail adds a fault.
func (i verification) fail(err error) verification {
	at := damage{Kind: "directory", Message: err.Error()}
	if e, ok := errors.AsType[*ledger.ChainError](err); ok {
		at.Kind, at.File, at.Offset = string(e.Change), e.File, e.At
	} else if e, ok := errors.AsType[*ledger.DamageError](err); ok {
		at.Kind, at.File, at.Offset = "damaged", e.File, e.Offset
	} else if e, ok := errors.AsType[*ledger.VersionError](err); ok {
		at.Kind, at.File, at.Offset = "version", e.File, e.Offset
	} else if e, ok := errors.AsType[*ledger.ReadError](err); ok {
		at.Kind, at.File, at.Offset = "read", e.File, e.Offset
	}
	i.Faults = append(i.Faults, at)
	i.err = errors.Join(i.err, err)
	return i
}

func writeInspections(w io.Writer, all []verification) error {
	rows := [][]string{{"LEDGER", "DAYS", "RECORDS", "CALLS", "UNKNOWN", "UNFINISHED LINES", "RECORDED TWICE", "FAULTS"}}
	for _, i := range all {
		rows = append(rows, []string{
			i.Ledger, number(len(i.Files)), number(i.Records), number(i.Calls),
			number(i.Unknown), number(i.Torn), number(len(i.Twice)), number(len(i.Faults)),
		})
	}
	if err := table(w, rows); err != nil {
		return err
	}
	for _, i := range all {
		if note := i.unchained(); note != "" {
			if _, err := fmt.Fprintf(w, "%s: %s\n", i.Ledger, note); err != nil {
				return err
			}
		}
	}
	return nil
}

// unchained says which records no chain protects.
func (i verification) unchained() string {
	switch n := i.Records - i.Chained; {
	case n <= 0 || len(i.Faults) > 0:
		return ""
	case i.Chained == 0:
		return "no record is chained: only accidental damage can be found. Redis keeps no chain, and gradtest made " +
			"none in directories before; an export is chained."
	default:
		return fmt.Sprintf("the chain begins after %d records of an older gradtest, in which only accidental damage can "+
			"be found.", n)
	}
}
