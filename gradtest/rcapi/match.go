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
func Match(method, path string) (Operation, bool) { return match(platform(), method, path) }

// MatchRequest finds the operation of a request by its effective method (see [Method]) and path. It looks at the path alone:
// whether the host is the platform's is the caller's to know.
func MatchRequest(r *http.Request) (Operation, bool) { return matchRequest(platform(), r) }

func match(t *tree, method, path string) (Operation, bool) {
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path = path[:i]
	}
	return find(t, method, path, strings.IndexByte(path, '%') >= 0)
}

func matchRequest(t *tree, r *http.Request) (Operation, bool) {
	if r.URL == nil {
		return Operation{}, false
	}
	// Without a RawPath the decoded path is unambiguous: none of its segments held an encoded slash.
	if r.URL.RawPath == "" {
		return find(t, Method(r), r.URL.Path, false)
	}
	return find(t, Method(r), r.URL.RawPath, true)
}

func find(t *tree, method, path string, escaped bool) (Operation, bool) {
	if path == "" || path[0] != '/' {
		return Operation{}, false
	}
	if method == "" {
		method = "GET"
	}
	if o := t.find(method, path[1:], escaped); o != nil {
		return *o, true
	}
	return Operation{}, false
}
