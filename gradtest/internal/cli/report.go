package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/internal/atomicfile"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

func newReport(getenv func(string) string) *cobra.Command {
	q := judgeFlags{getenv: getenv}
	var format, file string
	c := &cobra.Command{
		Use:   "report",
		Short: "Write the verdict as text, Markdown, HTML or JSON, or for GitHub Actions",
		Long: `Writes the verdict with all its numbers, when to apply, and how long the successes of
each endpoint last. --json is short for --format json.

--format github is for a step of GitHub Actions. It appends the verdict to the summary of
the job, the file that $GITHUB_STEP_SUMMARY names, and prints an annotation for each rule
and endpoint that lacks something, at the line of the code that made the failed calls.

Exit status: 0 ready, 1 not ready, 2 error. The report is written in the first two cases.`,
		Example: `  gradtest report
  gradtest report -f github
  gradtest report -f html -o graduation.html`,
		Args: plain,
		RunE: func(c *cobra.Command, _ []string) error {
			if q.json {
				if c.Flags().Changed("format") && format != "json" {
					return fmt.Errorf("report: --json contradicts --format %s: leave out one of them", format)
				}
				format = "json"
			}
			ready, err := q.report(c, format, file)
			if err != nil {
				return fmt.Errorf("report: %w", err)
			}
			return conclude(ready)
		},
	}
	q.flags(c)
	q.fullFlag(c)
	c.Flags().StringVarP(&format, "format", "f", "text", "`format`: "+strings.Join(report.Formats(), ", "))
	c.Flags().StringVarP(&file, "output", "o", "",
		"`file` to write, replaced only by a complete report; - is standard output (default -)")
	return c
}

// report writes the report to standard output or to a file.
func (q *judgeFlags) report(c *cobra.Command, format, file string) (ready bool, err error) {
	if !slices.Contains(report.Formats(), format) {
		return false, fmt.Errorf("no format is named %q: use one of %s", format, strings.Join(report.Formats(), ", "))
	}
	j, err := q.judge(c.Context())
	if err != nil {
		return false, err
	}
	var basis *report.Evidence // first, while little else is in memory
	if format != "text" {
		if basis, err = j.basis(c.Context()); err != nil {
			return false, err
		}
	}
	e, err := j.complete(c.Context(), basis)
	if err != nil {
		return false, err
	}
	options := func(w io.Writer) report.Options {
		o := j.options(w, q.getenv)
		o.Forecast, o.Policies, o.Scopes, o.Calls, o.Evidence = &e.outlook, e.others, &e.scopes, e.calls, basis
		o.Full, o.Root = q.full, moduleInRepository(q.getenv)
		return o
	}
	write := func(w io.Writer) error { return report.Write(w, format, e.verdict, options(w)) }
	if format == "github" {
		return e.verdict.Ready, q.github(c, file, func(summary io.Writer) error {
			return report.GitHub(summary, c.OutOrStdout(), e.verdict, options(summary))
		})
	}
	if file == "" || file == "-" {
		return e.verdict.Ready, write(c.OutOrStdout())
	}
	return e.verdict.Ready, replace(file, write)
}

// replace replaces a file in one step, so that a failure leaves the old one in place. It returns the error of write
// unchanged.
func replace(file string, write func(io.Writer) error) error {
	withFix := func(err error) error {
		return fmt.Errorf("%w: name a file in a writable directory with --output", err)
	}
	// A device such as /dev/stdout, a pipe or a link is written to, not replaced.
	if info, err := os.Lstat(file); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(file, os.O_WRONLY|os.O_TRUNC, 0)
		if err != nil {
			return withFix(err)
		}
		return errors.Join(write(f), f.Close())
	}
	f, err := atomicfile.Create(file, 0o644)
	if err != nil {
		return withFix(err)
	}
	if err := write(f); err != nil {
		return errors.Join(err, f.Discard())
	}
	if err := f.Commit(); err != nil {
		return withFix(err)
	}
	return nil
}
