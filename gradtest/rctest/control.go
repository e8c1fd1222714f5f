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

// controlPrefix is where the emulator's own endpoints are, beside those of the platform. What is asked there needs no
// token, meets no limit and no fault, and is no call.
const controlPrefix = "/emulator/"

// endpoint is one of the emulator's own endpoints.
type endpoint struct {
	method, path string // as patterns of http.ServeMux have them
	help         string // what it is for, for the index
	serve        func(h *Handler, w http.ResponseWriter, r *http.Request)
}

// endpoints are all of them, in the order of the index.
func endpoints() []endpoint {
	return slices.Concat(
		consoleEndpoints(), callEndpoints(), faultEndpoints(), stateEndpoints(), receiveEndpoints(), userEndpoints(),
	)
}

// control makes the emulator's own endpoints. Pages of other origins that a browser shows cannot use them: a developer's
// emulator is on the same machine as the developer's browser.
func (h *Handler) control() http.Handler {
	mux := http.NewServeMux()
	all := endpoints()
	for _, e := range all {
		mux.HandleFunc(e.method+" "+e.path, func(w http.ResponseWriter, r *http.Request) { e.serve(h, w, r) })
	}
	mux.HandleFunc("GET /emulator/{$}", func(w http.ResponseWriter, r *http.Request) { index(w, r, all) })
	mux.HandleFunc(controlPrefix, func(w http.ResponseWriter, r *http.Request) { unknownEndpoint(mux, w, r) })
	return http.NewCrossOriginProtection().Handler(mux)
}

// isControl reports whether a request is for the emulator and not for the platform.
func isControl(r *http.Request) bool {
	return r.URL != nil && strings.HasPrefix(r.URL.Path, controlPrefix)
}

// jsonEndpoint makes an endpoint of a function that is asked with the request's body and answers with JSON, or with nothing.
// Its error is the client's fault.
func jsonEndpoint(ask func(h *Handler, r *http.Request, body []byte) (any, error)) func(*Handler, http.ResponseWriter, *http.Request) {
	return func(h *Handler, w http.ResponseWriter, r *http.Request) {
		body, err := readBody(r, formLimit)
		if err != nil {
			writeControlError(w, http.StatusBadRequest, "the request body cannot be read, or is larger than 1 MiB")
			return
		}
		said, err := ask(h, r, body)
		switch {
		case errors.Is(err, errNotFound):
			writeControlError(w, http.StatusNotFound, err.Error())
		case err != nil:
			writeControlError(w, http.StatusBadRequest, err.Error())
		case said == nil:
			w.WriteHeader(http.StatusNoContent)
		default:
			writeControl(w, http.StatusOK, said)
		}
	}
}

// errNotFound is the error for what an address names and is not there; wrap it.
var errNotFound = errors.New("there is no such thing here: see " + controlPrefix)

// writeControl answers with JSON that a person can read too.
func writeControl(w http.ResponseWriter, status int, said any) {
	body, err := json.MarshalIndent(said, "", "  ")
	if err != nil { // no value of ours has none
		status, body = http.StatusBadRequest, []byte(`{"error": "the answer has no form in JSON"}`)
	}
	w.Header()["Content-Type"] = typeJSON
	w.Header()["Cache-Control"] = noStore
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n'))
}

// writeControlError answers with one sentence.
func writeControlError(w http.ResponseWriter, status int, reason string) {
	reason = strings.ReplaceAll(strings.ReplaceAll(reason, "rctest: ", ""), "\n", "; ")
	writeControl(w, status, struct {
		Error string `json:"error"`
	}{reason})
}

// unknownEndpoint answers what no endpoint is for.
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
		writeControlError(w, http.StatusNotFound, "the emulator has no endpoint "+r.URL.Path+": see "+controlPrefix)
		return
	}
	w.Header().Set("Allow", strings.Join(allow, ", "))
	writeControlError(w, http.StatusMethodNotAllowed, r.URL.Path+" takes "+strings.Join(allow, ", "))
}

// index lists the endpoints: as a page for browsers, as JSON for everybody else.
func index(w http.ResponseWriter, r *http.Request, all []endpoint) {
	if strings.Contains(r.Header.Get("Accept"), "text/html") {
		indexPage(w, all)
		return
	}
	type row struct {
		Method string `json:"method"`
		Path   string `json:"path"`
		Says   string `json:"says"`
	}
	rows := make([]row, 0, len(all))
	for _, e := range all {
		rows = append(rows, row{e.method, e.path, e.help})
	}
	writeControl(w, http.StatusOK, map[string]any{"endpoints": rows})
}

func indexPage(w http.ResponseWriter, all []endpoint) {
	var b strings.Builder
	b.WriteString("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Emulator</title>\n" +
		"<style>body{font:16px/1.5 sans-serif;margin:2em}td{padding:.1em 1em .1em 0;vertical-align:top}</style></head>\n" +
		"<body><h1>Emulator</h1>\n<p>Its own endpoints, beside those of the platform:</p>\n<table>\n")
	for _, e := range all {
		path := html.EscapeString(e.path)
		if e.method == http.MethodGet && !strings.Contains(e.path, "{") {
			path = `<a href="` + path + `">` + path + `</a>`
		}
		b.WriteString("<tr><td>" + e.method + "</td><td><code>" + path + "</code></td><td>" + html.EscapeString(e.help) + "</td></tr>\n")
	}
	b.WriteString("</table></body></html>\n")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, b.String())
}
