package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

// Formats are the names that [Write] takes.
func Formats() []string { return []string{"text", "markdown", "html", "json", "github"} }

// Write writes the report in the format of that name; of github first the summary, then the annotations.
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
	case "github":
		return GitHub(w, w, v, opts...)
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
