package main

import (
	"fmt"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/graduationkit/ringcentral/gradtest"
)

// progress shows how far a sweep is: a bar on a terminal, a line per call elsewhere.
type progress struct {
	out *os.File
	bar *progressbar.ProgressBar // nil: plain lines
}

func newProgress(out *os.File, calls int) *progress {
	p := &progress{out: out}
	if term.IsTerminal(int(out.Fd())) && calls > 0 {
		p.bar = progressbar.NewOptions(calls, progressbar.OptionSetWriter(out), progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true), progressbar.OptionFullWidth(), progressbar.OptionClearOnFinish())
	}
	return p
}

// report is the function for gradtest.App.Progress.
func (p *progress) report(g gradtest.Progress) {
	switch {
	case g.Waiting != "" && p.bar != nil:
		p.bar.Describe(g.Waiting)
	case g.Waiting != "":
		fmt.Fprintln(p.out, g.Waiting)
	case p.bar != nil:
		p.bar.Describe(fmt.Sprintf("%-28s", g.Endpoint))
		_ = p.bar.Set(g.Done) // a bar that cannot be drawn must not stop the sweep
	case g.Counted:
		fmt.Fprintf(p.out, "%3d/%d %s\n", g.Done, g.Total, g.Endpoint)
	case g.Err != nil:
		fmt.Fprintf(p.out, "%3d/%d %s: %v\n", g.Done, g.Total, g.Endpoint, g.Err)
	}
}

func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
