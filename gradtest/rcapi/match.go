package rcapi

import (
	"net/http"
	"strings"
)

// Match finds the operation of a concrete path, such as GET /restapi/v1.0/account/~/extension/1234/call-log?perPage=10.
//
// A parameter matches any one segment that is not empty: ~, an id, several ids with commas. Literal segments are
// preferred to parameters, so the most specific template wins. One trailing slash, a query and a fragment are
// ignored; percent-encoded bytes of a literal segment are decoded. The method is upper case; empty means GET, as in
// net/http. HEAD does not match GET.
//
// Match does not allocate and is safe for concurrent use. The first call builds the index in less than a millisecond.
func Match(method, path string) (Operation, bool) { return platform().match(method, path).found() }

// MatchRequest finds the operation of a request by its effective method (see [Method]) and path. It does not check the
// host.
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

// found copies the result of a search. Only exported functions copy, since an Operation is large.
func (o *Operation) found() (Operation, bool) {
	if o == nil {
		return Operation{}, false
	}
	return *o, true
}

// pathOnly cuts off query and fragment. Two searches for one byte are faster than one search for either.
func pathOnly(path string) string {
	if i := strings.IndexByte(path, '?'); i >= 0 {
		path = path[:i]
	}
	if i := strings.IndexByte(path, '#'); i >= 0 {
		path = path[:i]
	}
	return path
}
