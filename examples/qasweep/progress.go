package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/rivo/uniseg"
	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/graduationkit/ringcentral/gradtest"
)

// progress shows how far a sweep is: one live line on a terminal, and a line of its own for each call that failed.
// Elsewhere, such as in the log of a CI run, it prints a line when the sweep waits, every ten seconds and for each call
// that failed.
type progress struct {
	out   io.Writer
	bar   *progressbar.ProgressBar // nil: plain lines
	width func() int               // of the terminal
	state string                   // what the sweep does or waits for
}

// newProgress returns the progress of that many calls on a file.
func newProgress(out *os.File, calls int) *progress {
	if calls == 0 || !term.IsTerminal(int(out.Fd())) {
		return &progress{out: out}
	}
	return newLive(out, calls, func() int { return columns(out) })
}

// barWidth is how much of the live line the bar and its counts take.
const barWidth = 34

func newLive(out io.Writer, calls int, width func() int) *progress {
	bar := progressbar.NewOptions(calls, progressbar.OptionSetWriter(out), progressbar.OptionShowCount(),
		progressbar.OptionSetWidth(10), progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false),
		progressbar.OptionShowDescriptionAtLineEnd(), progressbar.OptionClearOnFinish())
	return &progress{out: out, bar: bar, width: width}
}

// report is the function for gradtest.App.Progress.
func (p *progress) report(g gradtest.Progress) {
	if p.bar == nil {
		if g.Waiting != "" || g.Err != nil {
			fmt.Fprintln(p.out, g)
		}
		return
	}
	switch {
	case g.Waiting != "":
		p.state = strings.TrimPrefix(g.Waiting, "waiting: ")
	default:
		p.state = g.Endpoint
	}
	if g.Err != nil {
		_ = p.bar.Clear()
		fmt.Fprintf(p.out, "%s: %v\n", g.Endpoint, g.Err)
	}
	p.bar.Describe(clip(live(g, p.state), p.width()-barWidth))
	_ = p.bar.Set(g.Done) // a bar that cannot be drawn must not stop the sweep
}

func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}

// live is the text of the live line, with what matters most first: a narrow terminal shows no more than its beginning.
func live(g gradtest.Progress, state string) string {
	var parts, groups []string
	if g.Left > 0 {
		parts = append(parts, g.Left.Round(time.Second).String()+" left")
	}
	if state != "" {
		parts = append(parts, state)
	}
	for _, group := range g.Groups {
		if group.Calls > 0 {
			groups = append(groups, fmt.Sprintf("%s %d", group.Group, group.Calls))
		}
	}
	if len(groups) > 0 {
		parts = append(parts, strings.Join(groups, ", "))
	}
	return strings.Join(parts, "; ")
}

// clip bounds a text to that many columns of a terminal.
func clip(text string, width int) string {
	if uniseg.StringWidth(text) <= width {
		return text
	}
	kept, rest, room := "", text, width-1
	for rest != "" {
		cluster, after, columns, _ := uniseg.FirstGraphemeClusterInString(rest, -1)
		if room -= columns; room < 0 {
			break
		}
		kept, rest = kept+cluster, after
	}
	if width < 1 {
		return ""
	}
	return kept + "…"
}

// columns returns the width of a terminal; 0: the file is none.
func columns(f *os.File) int {
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// colourful reports whether a file is a terminal that shows colours (see no-color.org).
func colourful(f *os.File, getenv func(string) string) bool {
	return getenv("NO_COLOR") == "" && getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}
