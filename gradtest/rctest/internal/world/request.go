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

// body is the request's JSON object; nil when it has none. Reading a nil Object is fine.
func (q *Request) body() Object {
	o, _ := q.Body.(Object)
	return o
}

// text is a member of an object if it is a string.
func text(o Object, name string) string {
	s, _ := o[name].(string)
	return s
}

// object is a member of an object if it is one itself.
func object(o Object, name string) Object {
	in, _ := o[name].(Object)
	return in
}

// objects are the objects in a member that is an array.
func objects(o Object, name string) []Object {
	switch all := o[name].(type) {
	case []Object:
		return all
	case []any:
		out := make([]Object, 0, len(all))
		for _, v := range all {
			if in, ok := v.(Object); ok {
				out = append(out, in)
			}
		}
		return out
	}
	return nil
}

// texts are the strings in a member that is an array.
func texts(o Object, name string) []string {
	switch all := o[name].(type) {
	case []string:
		return all
	case []any:
		var out []string
		for _, v := range all {
			if s, ok := v.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}
