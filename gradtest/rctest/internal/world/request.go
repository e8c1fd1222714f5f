package world

import (
	"net/url"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Request is one call that has passed token, limits and scope.
type Request struct {
	Path   string     // canonical: real ids in the place of ~, escaped, without the query
	Params []Param    // of the path, in its order, decoded, ~ resolved
	Query  url.Values // nil: none
	Body   any        // the JSON of the request, or its JSON part; nil: none
	Parts  bool       // the body is a multipart one; the specification describes those in a way that no client sends
	Form   url.Values // the fields of a form
	Files  []File     // the other parts of a multipart body, or a body that is no JSON
	Accept string
	Range  string
	Base   string    // scheme and host that the client came by
	At     time.Time // of arrival
	User   string    // extension id of who asks
	Grants func(rcapi.Scope) bool

	// Webhook is set when a subscription with that transport was made: a success exercises its scope.
	Webhook bool

	plan  *Plan
	thing *thing // that the path names last; nil: it names none
}

// Param is one parameter of a path.
type Param struct{ Name, Value string }

// File is content that came with a request.
type File struct {
	Name    string // of the file; empty: none was given
	Type    string // content type
	Content []byte
}

// param is the value of a path parameter; empty if the path has none of that name.
func (q *Request) param(name string) string {
	for i := range q.Params {
		if q.Params[i].Name == name {
			return q.Params[i].Value
		}
	}
	return ""
}

// extension is the extension that the path speaks of, or else that of who asks.
func (q *Request) extension() string {
	if id := q.param("extensionId"); id != "" {
		return id
	}
	return q.User
}

// kind is the kind of resource that the operation lists, creates or names.
func (q *Request) kind() string { return q.plan.kind }

// op is the operation of the catalogue.
func (q *Request) op() rcapi.Operation { return q.plan.op }

// answered reports whether a success of the operation has a JSON body.
func (q *Request) answered() bool { return q.plan.answer != nil }

// empty is a success without content.
func (q *Request) empty() Reply { return empty(q.plan.status) }

// body is the request's JSON object; nil when it has none. Reading a nil Object is fine.
func (q *Request) body() Object {
	o, _ := q.Body.(Object)
	return o
}
