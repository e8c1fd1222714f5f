package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/look"
)

var (
	//go:embed page.html.tmpl
	pageTemplate string
	//go:embed page.css
	pageStyle string
	//go:embed page.js
	pageScript string
)

// parsed is set on first use. It is no sync.OnceValue, which would run at start-up: then programs that never call HTML,
// all test suites, would be linked with the packages of templates.
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
		"split": split, "stamp": stamp, "segments": segments, "window": window, "traffic": traffic, "ms": milliseconds,
		"minute": short, "clock": clock,
	}).Parse(pageTemplate + scopesTemplate + outlookTemplate))
}

// HTML writes the verdict as one self-contained page that follows the reader's light or dark theme. With
// [Options].Calls it also has a timeline, the latencies, the errors by code, and each call in a fold. It loads nothing,
// and is complete without its script, which only filters and sorts. All names are escaped.
func HTML(w io.Writer, v criteria.Verdict, opts ...Options) error {
	o := one(opts)
	var b bytes.Buffer
	parsed.once.Do(func() { parsed.page = parse() })
	if err := parsed.page.Execute(&b, newPage(NewDocument(v, o), o.Calls)); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// page is what the template shows.
type page struct {
	Document
	Headline, Banner, Made, Basis, Shelf string

	Next       []string // the next act; empty: nothing is left to do
	Rules      []ruleRow
	Endpoints  []endpointRow
	Timeline   *timeline // nil: no calls are known
	Errors     []errorGroup
	Foreseen   bool        // there is a forecast that says more than Shelf
	SideBySide []policyRow // with the report's own first; nil: there is nothing to compare
	Left       int         // calls that are known and not listed
	Matrix     *matrixView // nil: the matrix is not known
	Glossary   []term
	Style      template.CSS
	Script     template.JS
}

func newPage(d Document, calls []Call) page {
	p := page{
		Document: d, Headline: d.headline(), Banner: d.Origin.banner(), Made: d.Origin.made(), Basis: d.basis(),
		Shelf: d.shelf(), Next: d.next(calls), Rules: ruleRows(d), Glossary: glossary(),
		Foreseen: d.foreseen(), SideBySide: d.sideBySide(),
		Style: template.CSS(look.CSS + pageStyle), Script: template.JS(pageScript),
	}
	listed, left := shown(calls)
	p.Left = left
	p.Matrix = newMatrixView(d)
	p.Endpoints = endpointRows(d, calls, listed)
	if len(calls) > 0 {
		p.Timeline = newTimeline(d, calls)
		p.Errors = errorGroups(calls)
	}
	return p
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
