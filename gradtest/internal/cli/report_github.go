package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/graduationkit/ringcentral/gradtest/internal/modroot"
)

// stepSummary names the file that GitHub Actions shows as the summary of a job. Steps append to it.
const stepSummary = "GITHUB_STEP_SUMMARY"

// github writes the report of a step of GitHub Actions; outside of one all of it goes to standard output.
func (q *judgeFlags) github(c *cobra.Command, output string, write func(summary io.Writer) error) error {
	if output != "" {
		return fmt.Errorf("--output contradicts --format github, which appends to $%s: leave it out, or use --format markdown", stepSummary)
	}
	name := q.getenv(stepSummary)
	if name == "" {
		fmt.Fprintf(c.ErrOrStderr(), "gradtest: report: %s is not set, so the summary goes to standard output: "+
			"GitHub Actions sets it in each step\n", stepSummary)
		return write(c.OutOrStdout())
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("%w: $%s must name a file in a writable directory", err, stepSummary)
	}
	return errors.Join(write(f), f.Close())
}

// moduleInRepository returns the directory of the module of the working directory, relative to the checkout of a CI
// run; empty: the same, or unknown.
func moduleInRepository(getenv func(string) string) string {
	wd, err := os.Getwd()
	if err != nil {
		return ""
	}
	module, found := modroot.Find(wd)
	checkout := getenv("GITHUB_WORKSPACE")
	if !found || checkout == "" {
		return ""
	}
	// Both may be reached over a link.
	module, err = filepath.EvalSymlinks(module)
	if err == nil {
		checkout, err = filepath.EvalSymlinks(checkout)
	}
	if err != nil {
		return ""
	}
	dir, err := filepath.Rel(checkout, module)
	if err != nil || !filepath.IsLocal(dir) || dir == "." {
		return ""
	}
	return filepath.ToSlash(dir)
}
