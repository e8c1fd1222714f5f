package rctest

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"sync"
)

// pages renders the pages for people. Only the functions of htmlPages refer to package html/template: a program that
// does not call htmlPages is linked without it.
type pages struct {
	console func(w http.ResponseWriter, status int, p consolePage)
	consent func(b *bytes.Buffer, p page) bool // false: there is none
}

func htmlPages() pages { return pages{console: writeConsole, consent: writeConsent} }

// noPage is the answer in place of a page.
const noPage = "This emulator runs inside a program and has no pages: start one with go tool gradtest emulator. " +
	"The data of the console page is at " + ConsolePath + ".json."

func noPages() pages {
	return pages{
		console: func(w http.ResponseWriter, _ int, _ consolePage) {
			http.Error(w, noPage, http.StatusNotImplemented)
		},
		consent: func(*bytes.Buffer, page) bool { return false },
	}
}

// parsed is a template that is parsed on first use. A sync.OnceValue would be called at start-up, and then the linker
// could not leave the template out.
type parsed struct {
	once sync.Once
	t    *template.Template
}

func (p *parsed) get(parse func() *template.Template) *template.Template {
	p.once.Do(func() { p.t = parse() })
	return p.t
}

var consoleParsed, consentParsed parsed

//go:embed oauth_consent.html.tmpl
var consentHTML string

func parseConsent() *template.Template {
	return template.Must(template.New("consent").Parse(consentHTML))
}

func writeConsent(b *bytes.Buffer, p page) bool {
	_ = consentParsed.get(parseConsent).Execute(b, p) // a fixed template into a buffer cannot fail
	return true
}
