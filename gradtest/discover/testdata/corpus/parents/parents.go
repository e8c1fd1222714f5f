// Package parents has resources that know their parents.
package parents

import "net/http"

type resource struct {
	parent *resource
	name   string
}

func (r *resource) child(name string) *resource { return &resource{parent: r, name: name} }

func (r *resource) path() string {
	if r.parent == nil {
		return r.name
	}
	return r.parent.path() + "/" + r.name
}

func (r *resource) get() (*http.Response, error) { return http.Get(r.path()) }

// Run calls.
func Run(id string) {
	root := &resource{name: "https://platform.ringcentral.com/restapi/v1.0"}
	account := root.child("account").child("~")
	account.get()                                                     // want "readAccountInfo"
	account.child("extension").child(id).child("message-store").get() // want "listMessages"
}
