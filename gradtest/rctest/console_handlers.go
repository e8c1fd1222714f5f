package rctest

import (
	"errors"
	"mime"
	"net/http"
	"strings"
)

// ConsolePath is the path of the console page of [Handler.Console]. With the suffix .json it is the path of the same
// data as JSON.
const ConsolePath = controlPrefix + "console"

func consoleEndpoints() []endpoint {
	return []endpoint{
		{"GET", ConsolePath, "console page Status & Review; ?follow=1: reloads itself", (*Handler).serveConsole},
		{"GET", ConsolePath + ".json", "the data of the console page", (*Handler).serveConsoleJSON},
		{
			"POST", ConsolePath + "/apply", "applies for production; 409 with what is missing if the lagging figures fall short",
			(*Handler).serveApply,
		},
	}
}

// serveConsole sends the page. With ?follow=1 the page reloads itself.
func (h *Handler) serveConsole(w http.ResponseWriter, r *http.Request) {
	follow := r.URL.Query().Get("follow") == "1"
	h.pages.console(w, http.StatusOK, consolePage{consoleDocument: newConsoleDocument(h.Console()), Follow: follow})
}

func (h *Handler) serveConsoleJSON(w http.ResponseWriter, _ *http.Request) {
	writeControl(w, http.StatusOK, newConsoleDocument(h.Console()))
}

// serveApply applies for production. A browser's form is redirected to the page. A program gets JSON: 200 with the
// console, or 409 with what is missing.
func (h *Handler) serveApply(w http.ResponseWriter, r *http.Request) {
	_, err := h.Apply()
	refusal, refused := errors.AsType[*Refusal](err)
	d := newConsoleDocument(h.Console())
	switch {
	case wantsJSON(r) && refused:
		writeControl(w, http.StatusConflict, struct {
			Error   string          `json:"error"`
			Missing []string        `json:"missing"`
			Console consoleDocument `json:"console"`
		}{refusal.reason(), append([]string{}, refusal.Missing...), d})
	case wantsJSON(r):
		writeControl(w, http.StatusOK, d)
	case refused:
		h.pages.console(w, http.StatusConflict, consolePage{consoleDocument: d, Refused: refusal})
	default:
		http.Redirect(w, r, ConsolePath, http.StatusSeeOther)
	}
}

// wantsJSON reports whether the request is from a program. The form of a browser accepts HTML.
func wantsJSON(r *http.Request) bool {
	sent, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return sent == "application/json" || !strings.Contains(r.Header.Get("Accept"), "text/html")
}

func writeConsole(w http.ResponseWriter, status int, p consolePage) {
	page, err := p.html()
	if err != nil { // an error in the template, which the tests would show
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	head := w.Header()
	head.Set("Content-Security-Policy", consolePolicy())
	head.Set("Referrer-Policy", "same-origin")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Content-Type", "text/html; charset=utf-8")
	head["Cache-Control"] = noStore
	w.WriteHeader(status)
	_, _ = w.Write(page)
}
