package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

// Markdown writes the verdict as GitHub-flavoured Markdown, for a job summary or a comment on a pull request. All names
// are escaped and cannot create markup.
func Markdown(w io.Writer, v criteria.Verdict, opts ...Options) error {
	d := NewDocument(v, one(opts))
	var b bytes.Buffer
	fmt.Fprintf(&b, "## %s\n\n", escape(d.headline()))
	if banner := d.Origin.banner(); banner != "" {
		fmt.Fprintf(&b, "> **%s**\n\n", escape(banner))
	}
	if made := d.Origin.made(); made != "" {
		fmt.Fprintf(&b, "%s\n\n", escape(made))
	}
	fmt.Fprintf(&b, "%s\n", escape(d.basis()))
	rows := [][]string{{"", "Rule", "Got", "Need", "What to do"}}
	for _, r := range d.Rules {
		var fixes []string
		for _, step := range append(split(r.Fix), split(r.Note)...) {
			fixes = append(fixes, escape(step))
		}
		rows = append(rows, []string{sign(r.OK), escape(r.Rule), escape(r.Got), escape(r.Need), strings.Join(fixes, "<br>")})
	}
	table(&b, rows)
	if len(d.Endpoints) > 0 {
		rows = [][]string{{"", "Endpoint", "Operation", "Got", "Need", "4xx", "Outcome unknown", "Lasts until"}}
		for _, e := range d.Endpoints {
			name := escape(e.Name)
			if !e.Declared {
				name += " (" + escape(e.undeclared()) + ")"
			}
			if e.Exempt != "" {
				name += " (exempt: " + escape(e.Exempt) + ")"
			}
			last := ""
			if !e.Until.IsZero() {
				last = stamp(e.Until)
			}
			rows = append(rows, []string{
				sign(e.OK), name, escape(e.Method + " " + e.Path), fmt.Sprint(e.Got), fmt.Sprint(e.Need),
				count(e.Errors), count(e.Unknown), last,
			})
		}
		table(&b, rows)
	}
	if d.Matrix != nil {
		d.Matrix.markdown(&b, d.Scopes)
	} else if len(d.Scopes) > 0 {
		rows = [][]string{{"", "App scope", "Got", "Note"}}
		for _, s := range d.Scopes {
			rows = append(rows, []string{sign(s.OK), escape(s.Scope), fmt.Sprint(s.Got), escape(s.Note)})
		}
		table(&b, rows)
	}
	if s := d.shelf(); s != "" {
		fmt.Fprintf(&b, "\n%s\n", escape(s))
	}
	d.outlookMarkdown(&b)
	if len(d.Notes) > 0 {
		b.WriteString("\n")
		for _, n := range d.Notes {
			fmt.Fprintf(&b, "- %s\n", escape(n))
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// table writes rows of escaped cells; the first is the head.
func table(b *bytes.Buffer, rows [][]string) {
	b.WriteString("\n")
	for i, r := range rows {
		fmt.Fprintf(b, "| %s |\n", strings.Join(r, " | "))
		if i == 0 {
			b.WriteString(strings.Repeat("| --- ", len(r)) + "|\n")
		}
	}
}

func sign(ok bool) string {
	if ok {
		return "✅"
	}
	return "❌"
}

var escaper = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;",
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "{", `\{`, "}", `\}`, "[", `\[`, "]", `\]`, "(", `\(`, ")", `\)`,
	"#", `\#`, "!", `\!`, "|", `\|`, "~", `\~`, "@", "&#64;", "$", `\$`, "://", "&#58;//", "www.", "www&#46;",
)

// escape makes Markdown show a text as it is, also inside a table. It also escapes at signs, which would notify people,
// and addresses, which would become links.
func escape(s string) string { return escaper.Replace(s) }
