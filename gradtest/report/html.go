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

// parsed waits for the first page: programs that never write one should not pay for it.
var parsed = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"class": func(ok bool) string {
			if ok {
				return "good"
			}
			return "bad"
		},
		"mark": mark, "split": split, "stamp": stamp, "segments": segments,
	}).Parse(page))
})

// HTML writes the verdict as one self-contained page, light or dark as the reader prefers, without scripts and without
// anything to load. Everything in it is escaped.
func HTML(w io.Writer, v criteria.Verdict, opts ...Options) error {
	d := NewDocument(v, one(opts))
	var b bytes.Buffer
	err := parsed().Execute(&b, struct {
		Document
		Headline, Basis, Shelf string
	}{d, d.headline(), d.basis(), d.shelf()})
	if err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}

// segments are where a browser may break a path that is too long for its column; else it breaks inside a name.
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
