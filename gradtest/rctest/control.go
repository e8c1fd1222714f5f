package rctest

import (
	"encoding/json"
	"errors"
	"html"
	"io"
	"net/http"
	"slices"
	"strings"
)

// controlPrefix is the path of the emulator's own endpoints. Requests to them need no token, count against no limit,
// meet no fault and are not recorded as calls.
const controlPrefix = "/emulator/"

// endpoint is one of the emulator's own endpoints.
type endpoint struct {
	method, path string // as in a pattern of http.ServeMux
	help         string // description for the index
	serve        func(h *Handler, w http.ResponseWriter, r *http.Request)
}

// endpoints lists all control endpoints in the order of the index.
func endpoints() []endpoint {
	return slices.Concat(
		consoleEndpoints(), callEndpoints(), faultEndpoints(), stateEndpoints(), receiveEndpoints(), userEndpoints(),
	)
}

// control returns the handler of the control endpoints. Pages of other origins cannot use them: a developer's emulator
// and browser run on the same machine, so any page could otherwise send requests to the emulator.
func (h *Handler) control() http.Handler {
	mux := http.NewServeMux()
	all := endpoints()
	for _, e := range all {
		mux.HandleFunc(e.method+" "+e.path, func(w http.ResponseWriter, r *http.Request) { e.serve(h, w, r) })
	}
	mux.HandleFunc("GET /emulator/{$}", func(w http.ResponseWriter, r *http.Request) { index(w, r, all) })
	mux.HandleFunc("GET "+openAPIPath, func(w http.ResponseWriter, r *http.Request) {
		writeControl(w, http.StatusOK, describe(all, (&exchange{h: h, r: r}).base()))
	})
	mux.HandleFunc(controlPrefix, func(w http.ResponseWriter, r *http.Request) { unknownEndpoint(mux, w, r) })
	return http.NewCrossOriginProtection().Handler(mux)
}

// isControl reports whether a request is for the emulator and not for the platform.
func isControl(r *http.Request) bool {
	return r.URL != nil && strings.HasPrefix(r.URL.Path, controlPrefix)
}

// jsonEndpoint makes an endpoint of a function that takes the request's body and returns a value for the response, or
// nil for a response without body. Its errors are reported as 400, or as 404 if they wrap errNotFound.
func jsonEndpoint(run jsonFunc) func(*Handler, http.ResponseWriter, *http.Request) {
	return func(h *Handler, w http.ResponseWriter, r *http.Request) {
		body, err := readBody(r, formLimit)
		if err != nil {
			writeControlError(w, http.StatusBadRequest, "the request body cannot be read, or is larger than 1 MiB")
			return
		}
		result, err := run(h, r, body)
		switch {
		case errors.Is(err, errNotFound):
			writeControlError(w, http.StatusNotFound, err.Error())
		case err != nil:
			writeControlError(w, http.StatusBadRequest, err.Error())
		case result == nil:
			w.WriteHeader(http.StatusNoContent)
		default:
			writeControl(w, http.StatusOK, result)
		}
	}
}

// errNotFound is wrapped by the errors of endpoints whose path names something that does not exist.
var errNotFound = errors.New("not found: see " + controlPrefix + " for the endpoints")

// jsonFunc is the function behind a jsonEndpoint.
type jsonFunc func(h *Handler, r *http.Request, body []byte) (any, error)

// writeControl writes a response of indented JSON.
func writeControl(w http.ResponseWriter, status int, value any) {
	body, err := json.MarshalIndent(value, "", "  ")
	if err != nil { // no value of this package causes one
		status, body = http.StatusBadRequest, []byte(`{"error": "the response cannot be written as JSON"}`)
	}
	w.Header()["Content-Type"] = typeJSON
	w.Header()["Cache-Control"] = noStore
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n'))
}

// writeControlError writes a response with an error message.
func writeControlError(w http.ResponseWriter, status int, reason string) {
	reason = strings.ReplaceAll(strings.ReplaceAll(reason, "rctest: ", ""), "\n", "; ")
	writeControl(w, status, struct {
		Error string `json:"error"`
	}{reason})
}

// unknownEndpoint responds to a request that matches no endpoint: 405 if another method would, else 404.
func unknownEndpoint(mux *http.ServeMux, w http.ResponseWriter, r *http.Request) {
	var allow []string
	for _, method := range httpMethods {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := mux.Handler(other); pattern != controlPrefix {
			allow = append(allow, method)
		}
	}
	if len(allow) == 0 {
		writeControlError(w, http.StatusNotFound,
			"the emulator has no endpoint "+r.URL.Path+": see "+controlPrefix+" for the endpoints")
		return
	}
	w.Header().Set("Allow", strings.Join(allow, ", "))
	writeControlError(w, http.StatusMethodNotAllowed,
		r.URL.Path+" does not allow "+r.Method+": use "+strings.Join(allow, " or "))
}

// index lists the endpoints, as a page for browsers and as JSON for programs.
func index(w http.ResponseWriter, r *http.Request, all []endpoint) {
	if strings.Contains(r.Header.Get("Accept"), "text/html") {
		indexPage(w, all)
		return
	}
	type row struct {
		Method string `json:"method"`
		Path   string `json:"path"`
		Help   string `json:"help"`
	}
	rows := make([]row, 0, len(all))
	for _, e := range all {
		rows = append(rows, row{e.method, e.path, e.help})
	}
	writeControl(w, http.StatusOK, map[string]any{"endpoints": rows, "openapi": openAPIPath})
}

func indexPage(w http.ResponseWriter, all []endpoint) {
	var b strings.Builder
	b.WriteString("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Emulator</title>\n" +
		"<style>body{font:16px/1.5 sans-serif;margin:2em}td{padding:.1em 1em .1em 0;vertical-align:top}</style></head>\n" +
		"<body><h1>Emulator</h1>\n<p>Control endpoints, in addition to those of the platform (<a href=\"" + openAPIPath + "\">OpenAPI</a>):</p>\n<table>\n")
	for _, e := range all {
		path := html.EscapeString(e.path)
		if e.method == http.MethodGet && !strings.Contains(e.path, "{") {
			path = `<a href="` + path + `">` + path + `</a>`
		}
		b.WriteString("<tr><td>" + e.method + "</td><td><code>" + path + "</code></td><td>" +
			html.EscapeString(e.help) + "</td></tr>\n")
	}
	b.WriteString("</table></body></html>\n")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, b.String())
}
