package world

import (
	"net/url"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Request is one call that has passed the checks of token, limits and scope.
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

	plan     *Plan
	Resource *Resource // that the path names last; nil: it names none
}

// Param is one parameter of a path.
type Param struct{ Name, Value string }

// NewParam returns a parameter.
func NewParam(name, value string) Param { return Param{name, value} }

// File is content that came with a request.
type File struct {
	Name    string // of the file; empty: none was given
	Type    string // content type
	Content []byte
}

// Param returns a path parameter; empty if the path has none of that name.
func (q *Request) Param(name string) string {
	for i := range q.Params {
		if q.Params[i].Name == name {
			return q.Params[i].Value
		}
	}
	return ""
}

// Extension returns the extension of the path, or else the caller's.
func (q *Request) Extension() string {
	if id := q.Param("extensionId"); id != "" {
		return id
	}
	return q.User
}

// Kind returns the kind of resource that the operation lists, creates or names.
func (q *Request) Kind() string { return q.plan.kind }

// Operation returns the operation of the catalogue.
func (q *Request) Operation() rcapi.Operation { return q.plan.op }

// HasAnswer reports whether a success of the operation has a JSON body.
func (q *Request) HasAnswer() bool { return q.plan.answer != nil }

// Empty returns a success without content.
func (q *Request) Empty() Reply { return EmptyReply(q.plan.status) }

// Object returns the request's JSON object; nil if it has none. A nil Object can be read.
func (q *Request) Object() Object {
	o, _ := q.Body.(Object)
	return o
}
