package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
)

//go:embed page_outlook.html.tmpl
var outlookTemplate string

// foreseen reports whether there is a forecast that says more than [Document.shelf].
func (d Document) foreseen() bool {
	return d.Forecast != nil && len(d.Forecast.Changes)+len(d.Forecast.Errors) > 0
}

// Sentence says how the rule comes to hold again, and when its errors are gone.
func (e ErrorOutlook) Sentence() string {
	s := fmt.Sprintf("%s: %s. ", e.Rule, plural(e.Errors, "error"))
	var ways []string
	if !e.OK && e.Dilute > 0 {
		verb := "make"
		if e.Dilute == 1 {
			verb = "makes"
		}
		ways = append(ways, fmt.Sprintf("%s %s the rule hold now", plural(e.Dilute, "more successful call"), verb))
	}
	if !e.OK && !e.Holds.IsZero() {
		ways = append(ways, fmt.Sprintf("waiting alone makes it hold from %s on", stamp(e.Holds)))
	}
	if len(ways) > 0 {
		way := strings.Join(ways, "; ")
		s += strings.ToUpper(way[:1]) + way[1:] + ". "
	}
	return s + fmt.Sprintf("The last has left every window at %s.", stamp(e.Gone))
}

// policyRow is a policy with its judgement.
type policyRow struct {
	PolicyResult
	Own bool // the policy of the report
}

// sideBySide lists the report's own policy and the others.
func (d Document) sideBySide() []policyRow {
	if len(d.Policies) == 0 {
		return nil
	}
	own := PolicyResult{Policy: d.Policy, Ready: d.Ready}
	if d.Forecast != nil {
		own.Earliest = d.Forecast.Earliest
	}
	for _, r := range d.Rules {
		if !r.OK {
			own.Misses = append(own.Misses, Miss{Rule: r.Rule, Text: fmt.Sprintf("%s: %s, needs %s", r.Rule, r.Got, r.Need)})
		}
	}
	rows := []policyRow{{own, true}}
	for _, p := range d.Policies {
		rows = append(rows, policyRow{p, false})
	}
	return rows
}

// outlookMarkdown writes the forecast, the other policies, the limits and the evidence.
func (d Document) outlookMarkdown(b *bytes.Buffer) {
	if d.foreseen() {
		b.WriteString("\n### If nothing more is sent\n")
		rows := [][]string{{"From", "Verdict", "Because"}}
		for _, c := range d.Forecast.Changes {
			var because []string
			for _, r := range c.Rules {
				because = append(because, escape(r.Text))
			}
			verdict := map[bool]string{true: "ready", false: "not ready"}[c.Ready]
			rows = append(rows, []string{stamp(c.At), verdict, strings.Join(because, "<br>")})
		}
		if len(rows) > 1 {
			table(b, rows)
		}
		if len(d.Forecast.Errors) > 0 {
			b.WriteString("\n")
		}
		for _, e := range d.Forecast.Errors {
			fmt.Fprintf(b, "- %s\n", escape(e.Sentence()))
		}
	}
	if all := d.sideBySide(); all != nil {
		b.WriteString("\n### Policies side by side\n")
		rows := [][]string{{"", "Policy", "What it misses", "Ready by waiting"}}
		for _, p := range all {
			var misses []string
			for _, m := range p.Misses {
				misses = append(misses, escape(m.Text))
			}
			rows = append(rows, []string{sign(p.Ready), escape(p.Policy), strings.Join(misses, "<br>"), p.When()})
		}
		table(b, rows)
	}
	if len(d.Limits) > 0 {
		b.WriteString("\n### Rate limits\n")
		rows := [][]string{{"Group", "Limit", "Fewest left", "429s", "Time spent waiting"}}
		for _, l := range d.Limits {
			left := ""
			if l.Remaining != nil {
				left = fmt.Sprint(*l.Remaining)
			}
			rows = append(rows, []string{escape(l.Group), l.Stated(), left, fmt.Sprint(l.Refused), l.Time()})
		}
		table(b, rows)
	}
	if e := d.Evidence; e != nil {
		fmt.Fprintf(b, "\nEvidence: %s", e.Range())
		if e.Hash != "" {
			fmt.Fprintf(b, " Hash of the heads of the chains: `%s`.", e.Hash)
		}
		if e.Fault != "" {
			fmt.Fprintf(b, " **%s**", escape(e.Fault))
		}
		b.WriteString("\n")
	}
}

// When says when waiting alone makes the app ready.
func (p PolicyResult) When() string {
	switch {
	case p.Ready:
		return "now"
	case p.Earliest.IsZero():
		return "not by waiting"
	}
	return stamp(p.Earliest)
}
