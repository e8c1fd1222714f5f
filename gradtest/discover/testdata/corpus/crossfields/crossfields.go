// Package crossfields fills one struct in several functions.
package crossfields

import (
	"net/http"
	"net/url"
)

type op struct {
	verb string
	url  url.URL
}

func (o *op) target(path string) { o.url.Path = path }
func (o *op) as(verb string)     { o.verb = verb }

func prepare(kind string) *op {
	o := &op{verb: http.MethodGet, url: url.URL{Scheme: "https", Host: "platform.ringcentral.com"}}
	switch kind {
	case "in":
		o.target("/restapi/v1.0/account/~/extension/~/message-store")
	case "out":
		o.as(http.MethodPost)
		o.target("/restapi/v1.0/account/~/extension/~/sms")
	}
	return o
}

func (o *op) run() {
	req, _ := http.NewRequest(o.verb, o.url.String(), nil)
	http.DefaultClient.Do(req)
}

// Run calls.
func Run() {
	prepare("in").run()  // want "listMessages"
	prepare("out").run() // want "createSMSMessage"
}
