package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/bundle"
	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

// bundleCheck are the flags of verify.
type bundleCheck struct {
	signers string
	page    string
	json    bool
}

func newVerify() *cobra.Command {
	var f bundleCheck
	c := &cobra.Command{
		Use:   "verify BUNDLE",
		Short: "Judge a bundle of evidence anew, and name the first difference",
		Long: `Checks a file that gradtest bundle has written, without the app, its tests or a network:
each member against its hash, the chain of the records, the policy against the one of its
name, the declaration against the one that the tests recorded. Then it judges the records
anew, by the bundled policy at the bundled moment, and compares the result with the bundled
verdict. Each difference is one line on standard error, the first one first.

With --signers one of the allowed signers must have signed the bundle.

What is no difference but good to know is said as a note: another version of gradtest, or a
policy that a team wrote itself. To check a ledger, or an export of one, use ledger verify.

Exit status: 0 the bundle is true and the app was ready, 1 it is true and the app was not
ready, 2 it is not true, or an error.`,
		Example: `  gradtest verify evidence.zip
  gradtest verify --signers allowed_signers evidence.zip
  gradtest verify --json evidence.zip | jq '.differences[0]'`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf(
					"verify: name one bundle, as gradtest bundle writes it, and not %d files: see gradtest verify --help",
					len(args),
				)
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			r, err := f.verify(c, args[0])
			if err != nil {
				return fmt.Errorf("verify: %s: %s", args[0], strings.TrimPrefix(err.Error(), "bundle: "))
			}
			write := writeVerified
			if f.json {
				write = func(w io.Writer, r bundle.Result) error { return writeJSON(w, r) }
			}
			if err := write(c.OutOrStdout(), r); err != nil {
				return fmt.Errorf("verify: %w", err)
			}
			var faults []error
			for _, d := range r.Differences {
				faults = append(faults, fmt.Errorf("verify: %s: %v", args[0], d))
			}
			if len(faults) > 0 {
				return errors.Join(faults...)
			}
			return conclude(r.Ready)
		},
	}
	c.Flags().StringVar(&f.signers, "signers", "",
		"`file` of allowed signers, see ssh-keygen(1); one of them must have signed the bundle for namespace gradtest")
	c.Flags().StringVar(&f.page, "page", "", "`file` to write the report to as a web page, made anew from the records")
	c.Flags().BoolVar(&f.json, "json", false, "write JSON")
	return c
}

func (f bundleCheck) verify(c *cobra.Command, file string) (r bundle.Result, err error) {
	var o bundle.VerifyOptions
	if f.signers != "" {
		if o.Signers, err = bundle.ReadSigners(f.signers); err != nil {
			return r, err
		}
	}
	in, err := os.Open(file)
	if err != nil {
		return r, fmt.Errorf("%w: name a file that gradtest bundle has written", errors.Unwrap(err))
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return r, err
	}
	if !info.Mode().IsRegular() {
		return r, errors.New("it is no file: name one that gradtest bundle has written")
	}
	head := make([]byte, 12)
	if n, _ := in.ReadAt(head, 0); strings.HasPrefix(string(head[:n]), `{"gradtest":`) {
		return r, fmt.Errorf("this is an export of a ledger: check it with gradtest ledger verify %s", file)
	}
	check := func(w io.Writer) error {
		o.Page = w
		r, err = bundle.Verify(c.Context(), in, info.Size(), o)
		return err
	}
	if f.page == "" {
		return r, check(nil)
	}
	return r, replace(f.page, check)
}

// writeVerified writes the result for people. The differences follow on standard error.
func writeVerified(w io.Writer, r bundle.Result) error {
	m := r.Manifest
	verdict := "NOT READY"
	switch {
	case !r.OK:
		verdict = "NOT TRUE"
	case r.Ready:
		verdict = "READY"
	}
	if m.App != "" {
		verdict = m.App + ": " + verdict
	}
	declared := "declared by the tests"
	if !m.Declared {
		declared = "nothing is declared"
	}
	signed := "no"
	switch s := r.Signature; {
	case s.By != "":
		signed = "by " + s.By + ", key " + s.Fingerprint
	case s.Valid:
		signed = "by the key " + s.Fingerprint
	case s.Signed:
		signed = "not validly"
	}
	rows := [][]string{
		{"policy", m.Policy}, {"judged at", m.At.Format(time.RFC3339)}, {"evidence of", m.Origin},
		{"calls", number(m.Records.Calls)}, {"app", declared}, {"signed", signed}, {"made by", "gradtest " + m.Gradtest},
	}
	if m.Commit != "" || m.Run != "" {
		rows = append(rows, []string{"stated by the maker", strings.TrimSpace("commit " + m.Commit + " " + m.Run)})
	}
	if _, err := fmt.Fprintln(w, safetext.Clean(verdict)); err != nil {
		return err
	}
	if err := table(w, rows); err != nil {
		return err
	}
	if r.OK {
		if _, err := fmt.Fprintln(w, "Judged anew, the records make the bundled verdict."); err != nil {
			return err
		}
	}
	for _, n := range r.Notes {
		if _, err := fmt.Fprintln(w, "note: "+safetext.Clean(n)); err != nil {
			return err
		}
	}
	return nil
}
