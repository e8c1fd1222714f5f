// Package valuebuilder builds with copies.
package valuebuilder

import (
	"net/http"
	"net/url"
)

type call struct {
	method string
	path   string
	query  url.Values
}

func get(path string) call       { return call{method: "GET", path: path} }
func (c call) put() call         { c.method = "PUT"; return c }
func (c call) sub(p string) call { c.path += "/" + p; return c }
func (c call) with(k, v string) call {
	q := url.Values{}
	for k, v := range c.query {
		q[k] = v
	}
	q.Set(k, v)
	c.query = q
	return c
}

func (c call) send() {
	req, _ := http.NewRequest(c.method, "https://platform.ringcentral.com/restapi/v1.0"+c.path+"?"+c.query.Encode(), nil)
	http.DefaultClient.Do(req)
}

// Run calls.
func Run(id string) {
	account := get("/account/~")
	account.send()                                                         // want "readAccountInfo"
	account.sub("extension").with("perPage", "1").send()                   // want "listExtensions"
	account.sub("extension").sub(id).put().send()                          // want "updateExtension"
	account.sub("extension").sub(id).sub("call-log").with("a", "b").send() // want "readUserCallLog"
}
