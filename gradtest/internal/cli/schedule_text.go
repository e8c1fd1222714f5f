package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

// write writes the plan as text.
func (s schedule) write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nPolicy %s, judged at %s.\n", safetext.Clean(s.headline()), safetext.Clean(s.Policy), stamp(s.At))
	if len(s.Endpoints) > 0 {
		rows := [][]string{{"SEND", "ENDPOINT", "HAVE", "GROUP", "SCOPE"}}
		for _, e := range s.Endpoints {
			name := e.Name
			switch {
			case len(e.Callers) > 0:
				name += " (by " + strings.Join(e.Callers, ", ") + ")"
			case !e.Declared:
				name += " (not declared)"
			}
			have := fmt.Sprintf("%d of %d", e.Have, e.Need)
			if e.Exempt != "" {
				have = "exempt"
			}
			rows = append(rows, []string{
				number(e.Send), name, have, cmp.Or(e.Group, "-"), cmp.Or(e.Scope, "-"),
			})
		}
		section(&b, rows)
	}
	if s.Any+s.Dilution+s.Side > 0 {
		rows := [][]string{{"CALLS", "WHY"}}
		if s.Any > 0 {
			rows = append(rows, []string{number(s.Any), "of these, only for volume"})
		}
		if s.Dilution > 0 {
			rows = append(rows, []string{number(s.Dilution), "of these, only to reduce the share of errors"})
		}
		if s.Side > 0 {
			rows = append(rows, []string{number(s.Side), "more, by Prepare, Do and Cleanup, as earlier calls show"})
		}
		section(&b, rows)
	}
	if len(s.Scopes) > 0 {
		rows := [][]string{{"APP SCOPE NOT EXERCISED", "DECLARE AN ENDPOINT SUCH AS"}}
		for _, t := range s.Scopes {
			rows = append(rows, []string{t.Scope, t.By})
		}
		section(&b, rows)
	}
	if len(s.Groups) > 0 {
		rows := [][]string{{"CALLS", "RATE LIMIT", "TAKES"}}
		for _, g := range s.Groups {
			rows = append(rows, []string{number(g.Calls), g.words(), took(g.Seconds)})
		}
		section(&b, rows)
	}
	b.WriteString("\n")
	for _, line := range s.moments() {
		b.WriteString(line + "\n")
	}
	for _, n := range s.Notes {
		b.WriteString("note: " + safetext.Clean(n) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func section(b *strings.Builder, rows [][]string) {
	b.WriteString("\n")
	_ = table(b, rows) // a Builder takes everything
}

func (s schedule) headline() string {
	line := "nothing is missing"
	switch {
	case s.Calls == 1:
		line = "1 call is missing, at the rate limits: " + took(s.Seconds)
	case s.Calls > 1:
		line = fmt.Sprintf("%d calls are missing, at the rate limits: %s", s.Calls, took(s.Seconds))
	case !s.Ready:
		line = "not ready; more calls cannot fix it"
	}
	if s.App != "" {
		line = s.App + ": " + line
	}
	return line
}

// moments returns when to apply, and what has to be done besides calls.
func (s schedule) moments() (out []string) {
	for _, scope := range s.Drop {
		out = append(out, "No operation exercises the scope "+safetext.Clean(scope)+
			": remove it in the developer console and from the declared scopes.")
	}
	if !s.Wait.IsZero() {
		out = append(out, "No number of calls is enough before "+stamp(s.Wait)+
			", when the last answer 429 has left the window.")
	}
	switch s.By {
	case byNothing:
		out = append(out, "Earliest time to apply: now.")
	case byWaiting:
		out = append(out, "Earliest time to apply: "+stamp(s.Earliest)+", by waiting alone.")
	case byCalls:
		out = append(out, "Earliest time to apply: "+stamp(s.Earliest)+", if the calls are made now.")
	default:
		return append(out, "Earliest time to apply: not before the points above are fixed.")
	}
	if !s.Latest.IsZero() {
		return append(out, "Latest: "+stamp(s.Latest)+", if nothing more is sent.")
	}
	return append(out, "Latest: no limit.")
}

// words renders the limit of a group.
func (g plannedGroup) words() string {
	if g.Limit == 0 {
		return g.Group + ": none"
	}
	source := "documented"
	if g.Learned {
		source = "as the server says"
	}
	return fmt.Sprintf("%s: %d per %s, %s", g.Group, g.Limit, span(g.Window), source)
}

// took renders how long calls take. Calls that fit into one window need no waiting.
func took(seconds float64) string {
	if seconds == 0 {
		return "no waiting"
	}
	return "at least " + span(seconds)
}

// span renders a time without the zeroes of Duration.String, and cut to what a reader needs: "at least" stays true.
func span(seconds float64) string {
	d := time.Duration(seconds * float64(time.Second)).Truncate(time.Millisecond)
	if d >= 10*time.Second {
		d = d.Truncate(time.Second)
	}
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

func number(n int) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprint(n)
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }
