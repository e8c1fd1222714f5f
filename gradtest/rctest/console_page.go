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

	"github.com/graduationkit/ringcentral/gradtest/internal/look"
)

//go:embed console.html.tmpl
var consoleTemplate string

//go:embed console.css
var consoleOwnStyle string

var consoleStyle = look.CSS + consoleOwnStyle

// parseConsole is called on first use: most emulators never show the page.
func parseConsole() *template.Template {
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
}

// consolePolicy is a content security policy that allows the page its own style sheet and its form, and nothing else:
// no script, no request to another address, no frame around it.
var consolePolicy = sync.OnceValue(func() string {
	sum := sha256.Sum256([]byte(consoleStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
})

// consolePage is the data of the template.
type consolePage struct {
	consoleDocument
	Follow  bool     // the page reloads itself every followSeconds
	Refused *Refusal // the refusal of the request just made; nil: none
}

// missingShown is the number of sentences about what is missing on the page. The tables have the rest.
const missingShown = 6

// followSeconds is the interval at which a following page reloads itself.
const followSeconds = 5

func (p consolePage) html() ([]byte, error) {
	var b bytes.Buffer
	err := consoleParsed.get(parseConsole).Execute(&b, p)
	return b.Bytes(), err
}

// Style returns the style sheet unchanged, since the policy has its hash.
func (consolePage) Style() template.CSS { return template.CSS(consoleStyle) }

// Numbers in the texts of the template.
func (consolePage) FollowSeconds() int { return followSeconds }
func (consolePage) EndpointNeeds() int { return endpointNeeded }
func (consolePage) ErrorPercent() int  { return errorPercent }

// step is a step of the progress bar.
type step struct {
	Name  Stage
	State string // done, here or ahead
}

// Steps returns the steps of the progress bar. In production all of them are done.
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

// StepNumber returns the number of the stage, from 1.
func (d consoleDocument) StepNumber() int {
	for i, s := range stages {
		if s == d.Stage {
			return i + 1
		}
	}
	return 0
}

// Production returns the text of the badge for the production status.
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

// ReadyNow reports whether the current figures meet every requirement.
func (d consoleDocument) ReadyNow() bool { return len(d.Missing.Current) == 0 }

// Today returns the answer day of a request made now.
func (d consoleDocument) Today() time.Time { return reviewDay(d.At) }
