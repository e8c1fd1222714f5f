// Package methodvalues passes methods as values.
package methodvalues

import "net/http"

type client struct{ host string }

func (c client) get(path string) (*http.Response, error) { return http.Get(c.host + path) }
func (c client) post(path string) (*http.Response, error) {
	return http.Post(c.host+path, "application/json", nil)
}

func each(f func(string) (*http.Response, error), paths ...string) {
	for _, p := range paths {
		f(p)
	}
}

// Run calls.
func Run() {
	c := client{"https://platform.ringcentral.com/restapi/v1.0/account/~/extension/~"}
	each(c.get, "/message-store", "/presence") // want "listMessages" "readUserPresenceStatus"
	each(c.post, "/sms")                       // want "createSMSMessage"
}
