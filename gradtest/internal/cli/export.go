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

// exported is what export wrote to a file, as --json writes it.
type exported struct {
	Schema       string    `json:"schema"`
	Ledger       string    `json:"ledger"` // name of its directory, which the export carries
	File         string    `json:"file"`
	Calls        int       `json:"calls"`
	Declarations int       `json:"declarations"`
	First        time.Time `json:"first,omitzero"`
	Last         time.Time `json:"last,omitzero"`
	Signature    string    `json:"signature,omitempty"` // its file
}

func newExport(getenv func(string) string) *cobra.Command {
	p := ledgerFlags{getenv: getenv}
	var since, file, key string
	c := &cobra.Command{
		Use:   "export",
		Short: "Write the evidence of one app to a file, for another machine",
		Long: `Writes the recorded calls and declarations of one app to a file, with checksums and the
name of the server and app. Nothing in it is secret or personal. Exports of several
machines can be joined with cat. Slots of the rate limits are not part of an export,
because they belong to the machine.

The records of an export are chained: each carries the hash of the one before it, and the
last line where the chains of the ledger stood. With --sign the export is signed with an
ssh key, in FILE.sig; ledger verify and ledger import check that with --signers. Evidence
whose chain is broken is exported, but not signed.

Exit status: 0 done, 2 something could not be read or written; the rest was written.`,
		Example: `  gradtest ledger export -o shard-1.jsonl
  gradtest ledger export -o shard-1.jsonl --sign ~/.ssh/id_ed25519
  gradtest ledger export --since 48h > shard-1.jsonl`,
		Args: plain,
		RunE: func(c *cobra.Command, _ []string) error {
			if p.json && (file == "" || file == "-") {
				return errors.New("ledger export: --json describes the file that was written: name one with --output")
			}
			if key != "" && (file == "" || file == "-") {
				return errors.New("ledger export: --sign writes a file next to the export: name that with --output")
			}
			from, err := moment(since, time.Now())
			if err != nil {
				return fmt.Errorf("ledger export: %w", err)
			}
			done, err := p.export(c.Context(), from, file, c.OutOrStdout())
			if err == nil && key != "" {
				err = sign(file, key)
				done.Signature = file + signatureSuffix
			}
			if err == nil && done.File != "" {
				err = done.write(c.OutOrStdout(), p.json)
			}
			if err != nil {
				return fmt.Errorf("ledger export: %w", err)
			}
			return nil
		},
	}
	p.flags(c)
	c.Flags().Lookup("app").Usage = "which app, if there are several: its declared `name`, or its directory"
	c.Flags().StringVar(&since, "since", "",
		"only records since a `time`: a duration ago such as 48h, a UTC day such as 2026-11-23, or an RFC 3339 time (default: all)")
	c.Flags().StringVar(&key, "sign", "",
		"ssh `key` to sign the export with; a public key, or one with a passphrase, is used through the ssh agent")
	c.Flags().StringVarP(&file, "output", "o", "",
		"`file` to write, replaced only by a complete export; - is standard output (default -)")
	return c
}

// moment reads what --since says.
func moment(since string, now time.Time) (time.Time, error) {
	if since == "" {
		return time.Time{}, nil
	}
	if d, err := time.ParseDuration(since); err == nil && d > 0 {
		return now.Add(-d), nil
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, since); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("--since %q is not a time: "+
		"use a duration such as 48h, a UTC day such as 2026-11-23, or a time such as 2026-11-23T12:00:00Z", since)
}

// export writes the evidence of one app to the named file, else to out.
func (p *ledgerFlags) export(ctx context.Context, since time.Time, file string, out io.Writer) (
	done exported, err error) {
	in, names, err := p.names(ctx)
	if err != nil {
		return done, err
	}
	if len(names) != 1 {
		return done, fmt.Errorf("there is evidence of %d apps: name one with --app: %s", len(names), list(names))
	}
	d, err := in.read(ctx, names[0])
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if file == "" || file == "-" {
		_, err = ledger.Export(ctx, out, d, names[0], since)
		return done, err
	}
	var (
		e      ledger.Exported
		faults error
	)
	err = replace(file, func(w io.Writer) error {
		e, faults = ledger.Export(ctx, w, d, names[0], since)
		if ctx.Err() != nil || errors.As(faults, new(*ledger.OutputError)) {
			return faults
		}
		return nil // what could be read is written; the rest is reported
	})
	if err != nil {
		return done, err
	}
	return exported{
		Schema: exportSchema,
		Ledger: names[0], File: file, Calls: e.Calls, Declarations: e.Declared, First: e.First, Last: e.Last,
	}, faults
}

func (e exported) write(w io.Writer, json bool) error {
	if json {
		return writeJSON(w, e)
	}
	return table(w, [][]string{
		{"LEDGER", "CALLS", "DECLARATIONS", "FILE"},
		{e.Ledger, number(e.Calls), number(e.Declarations), e.File},
	})
}
