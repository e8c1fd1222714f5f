// Package shortpaths is an SDK whose users write paths without their beginning.
package shortpaths

import (
	"net/http"
	"strings"
)

// Platform adds what is missing of a path.
type Platform struct{ Server string }

func (p *Platform) expand(u string) string {
	if strings.HasPrefix(u, "http://") || strings.HasPrefix(u, "https://") {
		return u
	}
	if !strings.HasPrefix(u, "/restapi") {
		u = "/restapi/v1.0" + u
	}
	return p.Server + u
}

// Get reads.
func (p *Platform) Get(u string) (*http.Response, error) { return p.send("GET", u) }

// Post creates.
func (p *Platform) Post(u string) (*http.Response, error) { return p.send("POST", u) }

func (p *Platform) send(method, u string) (*http.Response, error) {
	req, err := http.NewRequest(method, p.expand(u), nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

// Use uses it.
func Use(p *Platform) {
	p.Get("/account/~/extension/~/call-log")                  // want "readUserCallLog"
	p.Post("/account/~/extension/~/sms")                      // want "createSMSMessage"
	p.Get("/restapi/v1.0/account/~/presence")                 // want "readAccountPresence"
	p.Get("https://api.othervendor.io/account/~/extension/1") // another company
}
