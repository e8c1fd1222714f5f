package rctest

import (
	"net/http"
	"strings"
)

// controlPrefix is where the emulator's own endpoints are, beside those of the platform. What is asked there needs no token, meets no
// limit and is no call.
const controlPrefix = "/emulator/"

// control makes the emulator's own endpoints.
func (h *Handler) control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+consentPath, h.decide)
	return mux
}

// isControl reports whether a request is for the emulator and not for the platform.
func isControl(r *http.Request) bool {
	return r.URL != nil && strings.HasPrefix(r.URL.Path, controlPrefix)
}
