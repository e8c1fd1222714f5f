package rctest

import (
	"errors"
	"mime"
	"net/http"
	"strings"
)

// ConsolePath is where the page of [Handler.Console] is on an emulator; with .json behind it, the same as JSON.
const ConsolePath = controlPrefix + "console"

func consoleEndpoints() []endpoint {
	return []endpoint{
		{"GET", ConsolePath, "the console's page Status & Review; ?follow=1 loads it anew every few seconds", (*Handler).serveConsole},
		{"GET", ConsolePath + ".json", "the same as JSON", (*Handler).serveConsoleJSON},
		{"POST", ConsolePath + "/apply", "applies for production; 409 with what is missing if the console's figures are not green", (*Handler).serveApply},
	}
}

// serveConsole answers with the page. With ?follow=1 the page loads itself anew.
func (h *Handler) serveConsole(w http.ResponseWriter, r *http.Request) {
	writeConsole(w, http.StatusOK, consolePage{consoleDocument: newConsoleDocument(h.Console()), Follow: r.URL.Query().Get("follow") == "1"})
}

// serveConsoleJSON answers with the same as JSON.
func (h *Handler) serveConsoleJSON(w http.ResponseWriter, _ *http.Request) {
	writeControl(w, http.StatusOK, newConsoleDocument(h.Console()))
}

// serveApply applies. A form is sent back to the page, a program gets JSON: 200 with the console as it is then, or 409
// with what is missing.
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
		writeConsole(w, http.StatusConflict, consolePage{consoleDocument: d, Refused: refusal})
	default:
		http.Redirect(w, r, ConsolePath, http.StatusSeeOther)
	}
}

// wantsJSON tells a program from a browser's form: browsers ask for HTML.
func wantsJSON(r *http.Request) bool {
	sent, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return sent == "application/json" || !strings.Contains(r.Header.Get("Accept"), "text/html")
}

func writeConsole(w http.ResponseWriter, status int, p consolePage) {
	page, err := p.html()
	if err != nil { // a fault of the template, which the tests would have shown
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
