// Package fluent builds requests by chained calls.
package fluent

import (
	"fmt"
	"net/http"
)

// Builder collects a request.
type Builder struct {
	verb, path string
	args       []any
}

// New returns a Builder of a GET.
func New() *Builder { return &Builder{verb: "GET"} }

// Verb sets the method.
func (b *Builder) Verb(v string) *Builder { b.verb = v; return b }

// Path sets the path.
func (b *Builder) Path(p string) *Builder { b.path = p; return b }

// Do sends it.
func (b *Builder) Do() (*http.Response, error) {
	req, err := http.NewRequest(b.verb, "https://platform.ringcentral.com/restapi/v1.0"+b.path, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

// Run makes requests.
func Run(id int) {
	New().Path("/account/~/extension/~/address-book/contact").Do()                                    // want "listContacts"
	New().Verb("POST").Path("/account/~/extension/~/address-book/contact").Do()                       // want "createContact"
	New().Path(fmt.Sprintf("/account/~/extension/~/address-book/contact/%d", id)).Verb("DELETE").Do() // want "deleteContact"
	b := New()
	b.Verb("PUT")
	b.Path("/account/~/extension/~/presence")
	b.Do() // want "updateUserPresenceStatus"
}
