// Package functionfields replaces functions for tests.
package functionfields

import "net/http"

type poller struct {
	fetch func(url string) (*http.Response, error)
	make  func(path string) string
}

// New returns a poller.
func New() *poller {
	return &poller{fetch: http.Get, make: func(p string) string { return "https://platform.ringcentral.com/restapi/v1.0" + p }}
}

// Poll polls.
func (p *poller) Poll() {
	p.fetch(p.make("/account/~/presence")) // want "readAccountPresence"
}
