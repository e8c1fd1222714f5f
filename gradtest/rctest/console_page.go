package rctest

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"strings"
	"sync"
	"time"
)

//go:embed console.html.tmpl
var consoleTemplate string

//go:embed console.css
var consoleStyle string

// consoleParsed waits for the first page: emulators whose console nobody opens should not pay for it.
var consoleParsed = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("console").Funcs(template.FuncMap{
		"stamp": stamp, "percent": percent,
		"parts": func(s string) []string { return strings.Split(s, "/") },
		"first": func(s []string) []string { return s[:min(len(s), missingShown)] },
		"more":  func(s []string) int { return max(len(s)-missingShown, 0) },
		"clock": func(t time.Time) string {
			if t.Second() != 0 {
				return t.UTC().Format("15:04:05")
			}
			return t.UTC().Format("15:04")
		},
		"minute":  func(t time.Time) string { return t.UTC().Format("15:04") },
		"weekday": func(t time.Time) string { return t.UTC().Format("Mon") },
		"day":     func(t time.Time) string { return t.UTC().Format("2 Jan") },
		"long":    func(t time.Time) string { return t.UTC().Format("Monday, 2 January 2006") },
		"machine": func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
	}).Parse(consoleTemplate))
})

// consolePolicy lets the page do what it needs, which is to be styled by its own style sheet and to send its form; no
// script, no request elsewhere, no frame around it.
var consolePolicy = sync.OnceValue(func() string {
	sum := sha256.Sum256([]byte(consoleStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
})

// consolePage is what the template shows.
type consolePage struct {
	consoleDocument
	Follow  bool     // the page loads itself anew every few seconds
	Refused *Refusal // why the app could not apply just now
}

// missingShown is how many sentences about what is missing the page has. The rows say the rest.
const missingShown = 6

// followSeconds is how often a page that follows loads itself.
const followSeconds = 5

func (p consolePage) html() ([]byte, error) {
	var b bytes.Buffer
	err := consoleParsed().Execute(&b, p)
	return b.Bytes(), err
}

// Style is the sheet as it stands in the file; its sum is in the policy.
func (consolePage) Style() template.CSS { return template.CSS(consoleStyle) }

// The figures that the template names.
func (consolePage) FollowSeconds() int { return followSeconds }
func (consolePage) EndpointNeeds() int { return endpointNeeded }
func (consolePage) ErrorPercent() int  { return errorPercent }

// step is one of the progress bar.
type step struct {
	Name  Stage
	State string // done, here or ahead
}

// Steps are those of the progress bar. In production nothing is ahead, and the last step is done.
func (d consoleDocument) Steps() []step {
	var steps []step
	state := "done"
	for _, s := range stages {
		switch {
		case s == d.Stage && s != StageProduction:
			steps, state = append(steps, step{s, "here"}), "ahead"
		default:
			steps = append(steps, step{s, state})
		}
	}
	return steps
}

// StepNumber is the place of the stage, from 1.
func (d consoleDocument) StepNumber() int {
	for i, s := range stages {
		if s == d.Stage {
			return i + 1
		}
	}
	return 0
}

// Production is the badge of the production status.
func (d consoleDocument) Production() string {
	switch {
	case d.Application == nil && d.MayApply:
		return "Ready to apply"
	case d.Application == nil:
		return "Not requested"
	case d.Application.Approved:
		return "Approved"
	}
	return "In review"
}

// ReadyNow reports whether the bar is met by the figures of now.
func (d consoleDocument) ReadyNow() bool { return len(d.Missing.Current) == 0 }

// Today is the answer that a request of now would have.
func (d consoleDocument) Today() time.Time { return reviewDay(d.At) }
