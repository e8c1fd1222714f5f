package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/graduationkit/ringcentral/gradtest"
)

// progress shows how far a sweep is: one live line on a terminal. Elsewhere, such as in the log of a CI run, it prints a
// line when the sweep waits, every ten seconds and for each call that failed.
type progress struct {
	out   io.Writer
	bar   *progressbar.ProgressBar // nil: plain lines
	width int                      // of the terminal
	state string                   // what the live line says
}

// newProgress returns the progress of that many calls on a file.
func newProgress(out *os.File, calls int) *progress {
	fd := int(out.Fd())
	if calls == 0 || !term.IsTerminal(fd) {
		return &progress{out: out}
	}
	width, _, err := term.GetSize(fd)
	if err != nil || width <= 0 {
		width = 80
	}
	return newLive(out, calls, width)
}

// barWidth is how much of the live line the bar and its counts take.
const barWidth = 34

func newLive(out io.Writer, calls, width int) *progress {
	bar := progressbar.NewOptions(calls, progressbar.OptionSetWriter(out), progressbar.OptionShowCount(),
		progressbar.OptionSetWidth(10), progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false),
		progressbar.OptionShowDescriptionAtLineEnd(), progressbar.OptionClearOnFinish())
	return &progress{out: out, bar: bar, width: width}
}

// report is the function for gradtest.App.Progress.
func (p *progress) report(g gradtest.Progress) {
	switch {
	case p.bar != nil:
		if g.Waiting != "" {
			p.state = strings.TrimPrefix(g.Waiting, "waiting: ")
		} else {
			p.state = g.Endpoint
		}
		p.bar.Describe(clip(p.state+left(g), p.width-barWidth))
		_ = p.bar.Set(g.Done) // a bar that cannot be drawn must not stop the sweep
	case g.Waiting != "":
		fmt.Fprintf(p.out, "%3d/%d %s%s\n", g.Done, g.Total, g.Waiting, left(g))
	case g.Err != nil:
		fmt.Fprintf(p.out, "%3d/%d %s: %v\n", g.Done, g.Total, g.Endpoint, g.Err)
	}
}

func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}

// left says how long the plan needs from now on, and for how many calls of each group.
func left(g gradtest.Progress) string {
	if len(g.Groups) == 0 {
		return ""
	}
	var groups []string
	for _, group := range g.Groups {
		groups = append(groups, fmt.Sprintf("%s %d", group.Group, group.Calls))
	}
	return fmt.Sprintf("; left: %v (%s)", g.Left.Round(time.Second), strings.Join(groups, ", "))
}

// clip bounds a text to one line of a terminal.
func clip(text string, width int) string {
	if runes := []rune(text); len(runes) > width {
		return string(runes[:max(0, width-1)]) + "…"
	}
	return text
}
