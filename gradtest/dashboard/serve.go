package dashboard

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// keepAlive is how often a stream without news shows that it lives; sendTime is how long a reader may take for one
// event.
const (
	keepAlive = 15 * time.Second
	sendTime  = 10 * time.Second
)

// ServeHTTP answers GET and HEAD for the paths of the package documentation.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	head := w.Header()
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Referrer-Policy", "no-referrer")
	head.Set("Cross-Origin-Resource-Policy", "same-origin")
	head.Set("Cache-Control", "no-store")
	switch {
	case !h.hosts.Addressed(r):
		http.Error(w, "the dashboard answers only to localhost, to its own address and to the names of Config.Hosts "+
			"(gradtest dashboard --host NAME): use one of them in the URL", http.StatusMisdirectedRequest)
		return
	case foreign(r):
		http.Error(w, "the dashboard takes no requests of other sites' pages", http.StatusForbidden)
		return
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		head.Set("Allow", "GET, HEAD")
		http.Error(w, "the dashboard only shows: use GET", http.StatusMethodNotAllowed)
		return
	}
	state, _ := h.state()
	switch r.URL.Path {
	case "/":
		page, err := state.Page()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		head.Set("Content-Security-Policy", contentPolicy(page))
		send(w, r, "text/html; charset=utf-8", page)
	case "/live.js":
		send(w, r, "text/javascript; charset=utf-8", []byte(liveScript))
	case "/report.json":
		send(w, r, "application/json", state.Report())
	case "/progress.json":
		text, _ := json.MarshalIndent(state.Progress(), "", "  ") // plain data
		send(w, r, "application/json", append(text, '\n'))
	case "/events":
		h.stream(w, r)
	default:
		http.Error(w, "there is nothing here: the page is at /", http.StatusNotFound)
	}
}

func send(w http.ResponseWriter, r *http.Request, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

// foreign reports whether a page of another site sent the request. A link there may lead here: the page that it opens
// cannot be read by the other one, nor framed.
func foreign(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		return err != nil || u.Host != r.Host
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return false
	}
	return r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document"
}

var inline = regexp.MustCompile(`(?s)<script>(.*?)</script>`)

// contentPolicy allows the page its own scripts and no others.
func contentPolicy(page []byte) string {
	scripts := []string{"'self'"}
	for _, m := range inline.FindAllSubmatch(page, -1) {
		sum := sha256.Sum256(m[1])
		scripts = append(scripts, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	}
	return "default-src 'none'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; script-src " + strings.Join(
		scripts,
		" ",
	) +
		"; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// stream sends an event for the current state and one for each further one, until the reader leaves or the Handler is
// closed.
func (h *Handler) stream(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	out := http.NewResponseController(w)
	alive := time.NewTicker(keepAlive)
	defer alive.Stop()
	text := "retry: 1000\n\n"
	for {
		state, changed := h.state()
		if state != nil {
			text += fmt.Sprintf("event: state\ndata: %s\n\n", state.Event())
		}
		for waiting := true; waiting; {
			_ = out.SetWriteDeadline(time.Now().Add(sendTime)) // where the server has none, a stuck reader is kept
			if _, err := w.Write([]byte(text)); err != nil {
				return
			}
			if out.Flush() != nil {
				return
			}
			text = ": alive\n\n"
			select {
			case <-r.Context().Done():
				return
			case <-h.done:
				return
			case <-changed:
				text, waiting = "", false
			case <-alive.C:
			}
		}
	}
}
