package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

//go:embed page.html.tmpl
var page string

// parsed is set on first use. It is no sync.OnceValue, which would run at start-up: then programs that never call HTML
// would be linked with package html/template.
var parsed struct {
	once sync.Once
	page *template.Template
}

func parse() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"class": func(ok bool) string {
			if ok {
				return "good"
			}
			return "bad"
		},
		"mark": mark, "split": split, "stamp": stamp, "segments": segments, "window": window, "traffic": traffic,
	}).Parse(page))
}

// HTML writes the verdict as one self-contained page that follows the reader's light or dark theme. It has no scripts
// and loads nothing. All names are escaped.
func HTML(w io.Writer, v criteria.Verdict, opts ...Options) error {
	d := NewDocument(v, one(opts))
	var b bytes.Buffer
	parsed.once.Do(func() { parsed.page = parse() })
	err := parsed.page.Execute(&b, struct {
		Document
		Headline, Banner, Made, Basis, Shelf string
		Glossary                             []term
	}{d, d.headline(), d.Origin.banner(), d.Origin.made(), d.basis(), d.shelf(), glossary()})
	if err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}

// window explains [Ratio.Window].
func window(name string) string {
	if name == windowRolling {
		return "the last 48 hours"
	}
	return "since 00:00 UTC yesterday"
}

// traffic explains [Ratio.Traffic].
func traffic(name string) string {
	if name == trafficAll {
		return "API calls and authorization requests"
	}
	return "API calls"
}

// segments splits a path where a browser may break it; otherwise it would break a long path inside a name.
func segments(path string) []string {
	var out []string
	for path != "" {
		end := strings.IndexByte(path[1:], '/') + 1
		if end == 0 {
			end = len(path)
		}
		out, path = append(out, path[:end]), path[end:]
	}
	return out
}
