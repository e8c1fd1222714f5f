package rcapi

import (
	"net/http"
	"strings"
)

// Match finds the operation of a concrete path, such as GET /restapi/v1.0/account/~/extension/1234/call-log?perPage=10.
//
// A parameter stands for any one segment that is not empty: ~, an id, several ids with commas. Literal segments come before
// parameters, so the most specific template wins. One trailing slash, a query and a fragment are ignored; percent-encoded
// bytes of a literal segment are decoded. Method is upper case; empty means GET, as in net/http. A HEAD request is no GET.
//
// Match does not allocate and is safe for concurrent use. The first call builds its index, well under a millisecond.
func Match(method, path string) (Operation, bool) { return platform().match(method, path).found() }

// MatchRequest finds the operation of a request by its effective method (see [Method]) and path. It looks at the path alone:
// whether the host is the platform's is the caller's to know.
func MatchRequest(r *http.Request) (Operation, bool) { return platform().matchRequest(r).found() }

func (t *tree) match(method, path string) *Operation {
	path = pathOnly(path)
	return t.locate(method, path, strings.IndexByte(path, '%') >= 0)
}

func (t *tree) matchRequest(r *http.Request) *Operation {
	if r.URL == nil {
		return nil
	}
	// Without a RawPath the decoded path is unambiguous: none of its segments held an encoded slash.
	if r.URL.RawPath == "" {
		return t.locate(Method(r), r.URL.Path, false)
	}
	return t.locate(Method(r), r.URL.RawPath, true)
}

func (t *tree) locate(method, path string, escaped bool) *Operation {
	if path == "" || path[0] != '/' {
		return nil
	}
	if method == "" {
		method = "GET"
	}
	return t.find(method, path[1:], escaped)
}

// found copies what a search came to. Only the exported doors copy: an Operation is large.
func (o *Operation) found() (Operation, bool) {
	if o == nil {
		return Operation{}, false
	}
	return *o, true
}

// pathOnly cuts off query and fragment. Two searches for a byte take a fraction of one for any of two.
func pathOnly(path string) string {
	if i := strings.IndexByte(path, '?'); i >= 0 {
		path = path[:i]
	}
	if i := strings.IndexByte(path, '#'); i >= 0 {
		path = path[:i]
	}
	return path
}
