package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/graduationkit/ringcentral/gradtest/bundle"
	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
	"github.com/graduationkit/ringcentral/gradtest/internal/sshsign"
)

// bundled is what bundle wrote, as --json writes it.
type bundled struct {
	Schema   string          `json:"schema"`
	File     string          `json:"file"`
	Signed   bool            `json:"signed"`
	Manifest bundle.Manifest `json:"manifest"`
}

func newBundle(getenv func(string) string) *cobra.Command {
	q := judgeFlags{getenv: getenv}
	var file, key string
	c := &cobra.Command{
		Use:   "bundle",
		Short: "Write the evidence and the verdict to one file that a reviewer can check",
		Long: `Judges the app and writes one zip file with all that the verdict rests on: the calls of the
last 49 hours, the declaration, the policy with its values, the report as a web page and as
JSON, and where the chain of the ledger stood. A reader without gradtest opens page.html
in it; gradtest verify judges its records anew, without the app and without a network.

With --sign the bundle is signed with an ssh key. Nothing in it is secret or personal.
Evidence that was changed, or cannot be read, is not bundled.

Exit status: 0 ready, 1 not ready, 2 error. The bundle is written in the first two cases.`,
		Example: `  gradtest bundle
  gradtest bundle -o evidence.zip --sign ~/.ssh/id_ed25519
  gradtest verify evidence.zip`,
		Args: plain,
		RunE: func(c *cobra.Command, _ []string) error {
			done, err := q.bundle(c, file, key)
			if err == nil && done.File != "-" {
				err = done.write(c.OutOrStdout(), q.json)
			}
			if err != nil {
				return fmt.Errorf("bundle: %s", strings.TrimPrefix(err.Error(), "bundle: "))
			}
			return conclude(done.Manifest.Ready)
		},
	}
	q.flags(c)
	c.Flags().StringVar(&key, "sign", "",
		"ssh `key` to sign the bundle with; a public key, or one with a passphrase, is used through the ssh agent")
	c.Flags().StringVarP(&file, "output", "o", "",
		"`file` to write, replaced only by a complete bundle; - is standard output (default: the app's name and the time)")
	return c
}

// bundle judges the app and writes the file.
func (q *judgeFlags) bundle(c *cobra.Command, file, key string) (done bundled, err error) {
	if file == "-" && q.json {
		return done, errors.New("--json describes the file that was written: name one with --output")
	}
	if out, ok := c.OutOrStdout().(*os.File); ok && file == "-" && term.IsTerminal(int(out.Fd())) {
		return done, errors.New("standard output is a terminal, and a bundle is a zip file: name a file with --output")
	}
	j, err := q.judge(c.Context())
	if err != nil {
		return done, err
	}
	o := bundle.Options{Origin: j.dir, Policy: j.policy, At: j.now}
	if j.declared != nil {
		o.Declaration = &j.declared.Declaration
	}
	o.Commit, o.Run = environ.CIRun(q.getenv)
	if key != "" {
		signer, end, err := sshsign.Key(key)
		if err != nil {
			return done, err
		}
		defer func() { err = errors.Join(err, end()) }()
		o.Key = signer
	}
	done = bundled{Schema: bundledSchema, File: file, Signed: key != ""}
	write := func(w io.Writer) error {
		done.Manifest, err = j.bundle(c.Context(), w, o)
		return err
	}
	switch file {
	case "-":
		return done, write(c.OutOrStdout())
	case "":
		done.File = bundleName(j)
	}
	return done, replace(done.File, write)
}

func (j *judgement) bundle(ctx context.Context, w io.Writer, o bundle.Options) (m bundle.Manifest, err error) {
	d, err := j.in.read(ctx, j.dir)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	return bundle.Write(ctx, w, d, o)
}

// bundleName is the file that bundle writes unless another one is named.
func bundleName(j *judgement) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		}
		return '-'
	}, cmp.Or(j.name(), j.dir))
	return fmt.Sprintf("%s-%s.zip", strings.TrimLeft(name, "-"), j.now.UTC().Format("20060102T150405Z"))
}

func (b bundled) write(w io.Writer, json bool) error {
	if json {
		return writeJSON(w, b)
	}
	verdict := "NOT READY"
	if b.Manifest.Ready {
		verdict = "READY"
	}
	signed := "no"
	if b.Signed {
		signed = "yes"
	}
	return table(w, [][]string{
		{"VERDICT", "CALLS", "SIGNED", "FILE"},
		{verdict, number(b.Manifest.Records.Calls), signed, b.File},
	})
}
