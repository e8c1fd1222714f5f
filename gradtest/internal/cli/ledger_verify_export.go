package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/bundle"
	"github.com/graduationkit/ringcentral/gradtest/internal/sshsign"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// verifiedExport is the result of verify for one section of an exported file, as --json writes it.
type verifiedExport struct {
	File    string           `json:"file"`
	Ledger  string           `json:"ledger"`
	Records int              `json:"records"`
	Signer  string           `json:"signer,omitempty"` // as the file of --signers names it
	Head    string           `json:"head,omitempty"`   // hash of the last record; empty: not chained
	Heads   []ledger.DayHead `json:"heads"`            // where the chains of the ledger stood
}

// signersFlag adds --signers.
func signersFlag(c *cobra.Command, file *string) {
	c.Flags().StringVar(file, "signers", "",
		"`file` of allowed signers, see ssh-keygen(1); each export must be signed by one of them for namespace gradtest")
}

// checkSigners checks the signatures of files, if a file of allowed signers is named.
func checkSigners(trusted string, files []string, use func(file, names string)) error {
	if trusted == "" {
		return nil
	}
	s, err := sshsign.ReadSigners(trusted)
	if err != nil {
		return err
	}
	var faults []error
	for _, file := range files {
		names, err := checkSignature(s, file)
		faults = append(faults, err)
		if use != nil {
			use(file, names)
		}
	}
	return errors.Join(faults...)
}

// verifyExports checks exported files.
func verifyExports(c *cobra.Command, files []string, trusted string, json bool) error {
	by := make(map[string]string)
	faults := []error{checkSigners(trusted, files, func(file, names string) { by[file] = names })}
	all := []verifiedExport{}
	for _, file := range files {
		rep, err := readExport(c.Context(), file)
		faults = append(faults, err)
		for _, s := range rep.Sections {
			all = append(
				all,
				verifiedExport{file, s.Origin, s.Records, by[file], s.Head, append([]ledger.DayHead{}, s.Heads...)},
			)
		}
	}
	write := writeVerifiedExports
	if json {
		write = func(w io.Writer, all []verifiedExport) error {
			return writeJSON(w, verifiedExports{verifyExportsSchema, all})
		}
	}
	return errors.Join(append(faults, write(c.OutOrStdout(), all))...)
}

// readExport checks one exported file.
func readExport(ctx context.Context, file string) (rep ledger.ExportReport, err error) {
	f, err := os.Open(file)
	if err != nil {
		return rep, fmt.Errorf("%w: name files that export has written", err)
	}
	defer f.Close()
	rep, err = ledger.VerifyExport(ctx, f)
	var named []error
	for _, err := range append(rep.Faults, err) {
		if err != nil {
			named = append(named, fmt.Errorf("%s: %w", file, err))
		}
	}
	if len(rep.Sections) == 0 && err == nil && isBundle(f) {
		return rep, fmt.Errorf("%s is a bundle: check it with gradtest verify %s", file, file)
	}
	if len(rep.Sections) == 0 && err == nil {
		return rep, fmt.Errorf("%s is not an export: write one with gradtest ledger export", file)
	}
	return rep, errors.Join(named...)
}

// headsIn returns where the chains stood when an export was written, by the names of the ledgers.
func headsIn(ctx context.Context, file, trusted string) (map[string][]ledger.DayHead, error) {
	if file == "" {
		if trusted != "" {
			return nil, errors.New("--signers checks exports: name them, or one with --against")
		}
		return nil, nil
	}
	if in, err := os.Open(file); err == nil {
		defer in.Close()
		if isBundle(in) {
			return bundledHeads(ctx, in, trusted)
		}
	}
	if err := checkSigners(trusted, []string{file}, nil); err != nil {
		return nil, err
	}
	rep, err := readExport(ctx, file)
	if err != nil {
		return nil, err
	}
	heads := make(map[string][]ledger.DayHead)
	for _, s := range rep.Sections {
		heads[s.Origin] = append(heads[s.Origin], s.Heads...)
	}
	return heads, nil
}

// isBundle reports whether a file is a zip archive, as bundles are.
func isBundle(f io.ReaderAt) bool {
	head := make([]byte, 4)
	n, _ := f.ReadAt(head, 0)
	return string(head[:n]) == "PK\x03\x04"
}

// bundledHeads returns where the chains stood when a bundle was written.
func bundledHeads(ctx context.Context, f *os.File, trusted string) (heads map[string][]ledger.DayHead, err error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	var o bundle.VerifyOptions
	if trusted != "" {
		if o.Signers, err = sshsign.ReadSigners(trusted); err != nil {
			return nil, err
		}
	}
	r, err := bundle.Verify(ctx, f, info.Size(), o)
	if err != nil {
		return nil, err
	}
	for _, d := range r.Differences {
		err = errors.Join(err, fmt.Errorf("%s: %v", f.Name(), d))
	}
	return map[string][]ledger.DayHead{r.Manifest.Origin: r.Manifest.Heads}, err
}

func writeVerifiedExports(w io.Writer, all []verifiedExport) error {
	rows := [][]string{{"FILE", "LEDGER", "RECORDS", "CHAINED", "SIGNED BY"}}
	for _, e := range all {
		chained := "yes"
		if e.Head == "" {
			chained = "no"
		}
		rows = append(rows, []string{e.File, e.Ledger, number(e.Records), chained, cmp.Or(e.Signer, "-")})
	}
	return table(w, rows)
}
