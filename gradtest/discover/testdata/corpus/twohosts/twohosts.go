// Package twohosts has one client for two companies.
package twohosts

import "net/http"

type client struct{ base string }

func (c *client) get(path string) { http.Get(c.base + path) }

// Run calls.
func Run() {
	rc := &client{base: "https://platform.ringcentral.com"}
	crm := &client{base: "https://api.example-crm.com"}
	rc.get("/restapi/v1.0/account/~/extension") // want "listExtensions"
	crm.get("/restapi/v1.0/account/~/call-log")
	crm.get("/contacts/v3")
}
