package rctest

import "net/http"

// Values of the headers by which browsers let pages of other origins call an API. No source says what the platform
// sends; its JavaScript client is made to run in pages, so it has to allow them. The control endpoints do not.
var (
	corsAnyOrigin = []string{"*"}
	corsMethods   = []string{"GET, HEAD, POST, PUT, PATCH, DELETE"}
	corsMaxAge    = []string{"600"}
	corsExposed   = []string{"Content-Language, ETag, Location, RCRequestId, Retry-After, " +
		"X-Rate-Limit-Group, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Window"}
)

// cors prepares the response to a page of another origin and reports whether the request was a preflight, which it has
// answered. A preflight needs no token, counts against no limit and is no call.
func cors(w http.ResponseWriter, r *http.Request) (preflight bool) {
	if len(r.Header["Origin"]) == 0 {
		return false
	}
	head := w.Header()
	head["Access-Control-Allow-Origin"] = corsAnyOrigin
	if r.Method != http.MethodOptions || len(r.Header["Access-Control-Request-Method"]) == 0 {
		head["Access-Control-Expose-Headers"] = corsExposed
		return false
	}
	head["Access-Control-Allow-Methods"], head["Access-Control-Max-Age"] = corsMethods, corsMaxAge
	if asked := r.Header["Access-Control-Request-Headers"]; len(asked) > 0 {
		head["Access-Control-Allow-Headers"] = asked
	}
	w.WriteHeader(http.StatusNoContent)
	return true
}
