package rcapi

import (
	"net/http"
	"net/url"
	"strings"
)

const overrideHeader = "X-Http-Method-Override" // canonical form, as in http.Header

// Method returns the effective method of a request: the platform accepts another method for a POST in the header
// X-HTTP-Method-Override or in the query parameter _method. If both are set and differ, the platform answers 400, and
// Method returns POST; see [MethodConflict]. It does not allocate for the usual methods.
func Method(r *http.Request) string {
	if r.Method == "" {
		return http.MethodGet
	}
	if r.Method != http.MethodPost {
		return r.Method
	}
	header, query := overrides(r)
	switch {
	case header == "" && query == "", header != "" && query != "" && header != query:
		return http.MethodPost
	case header != "":
		return header
	}
	return query
}

// MethodConflict reports whether a POST has two different override methods, which the platform answers with 400.
func MethodConflict(r *http.Request) bool {
	if r.Method != http.MethodPost {
		return false
	}
	header, query := overrides(r)
	return header != "" && query != "" && header != query
}

func overrides(r *http.Request) (header, query string) {
	if values := r.Header[overrideHeader]; len(values) > 0 {
		header = upper(strings.TrimSpace(values[0]))
	}
	if r.URL != nil && strings.Contains(r.URL.RawQuery, "_method=") {
		query = upper(queryValue(r.URL.RawQuery, "_method"))
	}
	return header, query
}

// queryValue returns the first value of a query parameter without parsing the others.
func queryValue(raw, name string) string {
	for raw != "" {
		var pair string
		pair, raw, _ = strings.Cut(raw, "&")
		key, value, _ := strings.Cut(pair, "=")
		if key != name {
			continue
		}
		if plain, err := url.QueryUnescape(value); err == nil {
			return plain
		}
		return value
	}
	return ""
}

func upper(method string) string {
	for _, m := range methods {
		if strings.EqualFold(m, method) {
			return m
		}
	}
	return strings.ToUpper(method)
}

var methods = [...]string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
