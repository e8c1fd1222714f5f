package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

// Formats are the names that [Write] takes.
func Formats() []string { return []string{"text", "markdown", "html", "json"} }

// Write writes the report in the format of that name.
func Write(w io.Writer, format string, v criteria.Verdict, opts ...Options) error {
	switch format {
	case "text":
		return Text(w, v, opts...)
	case "markdown":
		return Markdown(w, v, opts...)
	case "html":
		return HTML(w, v, opts...)
	case "json":
		return JSON(w, v, opts...)
	}
	return fmt.Errorf("report: no format is named %q: use one of %s", format, strings.Join(Formats(), ", "))
}

// JSON writes the [Document], indented, with a final newline.
func JSON(w io.Writer, v criteria.Verdict, opts ...Options) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(NewDocument(v, one(opts)))
}

// one is the last of optional options.
func one(opts []Options) Options {
	if len(opts) == 0 {
		return Options{}
	}
	return opts[len(opts)-1]
}

// clean keeps a name from breaking the line or steering the terminal.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return '\ufffd'
		}
		return r
	}, s)
}
