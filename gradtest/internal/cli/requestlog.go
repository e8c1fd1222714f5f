package cli

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// requestLog writes one line per request: time, method, path, status, error code, operation, what is left of the rate
// limit, what a fault did, and how long it took. A status of 0 is a call without an answer. Queries, headers and bodies
// stay out of it: tokens and secrets are there.
type requestLog struct {
	next http.Handler
	log  *log.Logger
}

func newRequestLog(w io.Writer, next http.Handler) *requestLog {
	return &requestLog{next: next, log: log.New(w, "", 0)}
}

func (l *requestLog) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	a := &answer{ResponseWriter: w}
	over := false
	defer func() { // also of a call that ends in net/http's panic for it
		a.hungUp = a.hungUp || !over
		l.log.Print(line(began, time.Since(began), r, a))
	}()
	l.next.ServeHTTP(a, r)
	over = true
}

// line renders a request and its response.
func line(began time.Time, took time.Duration, r *http.Request, a *answer) string {
	parts := []string{
		began.Format("15:04:05.000"), fmt.Sprintf("%-6s", r.Method), r.URL.EscapedPath(), fmt.Sprint(a.final()),
	}
	if code := a.code(); code != "" {
		parts = append(parts, code)
	}
	if op, ok := rcapi.MatchRequest(r); ok {
		parts = append(parts, op.ID)
	}
	h := a.Header()
	if g := h.Get("X-Rate-Limit-Group"); g != "" {
		parts = append(parts, fmt.Sprintf("%s:%s/%s", g, h.Get("X-Rate-Limit-Remaining"), h.Get("X-Rate-Limit-Limit")))
	}
	if after := h.Get("Retry-After"); after != "" {
		parts = append(parts, "retry-after:"+after+"s")
	}
	if fault := h.Get(rctest.FaultHeader); fault != "" {
		parts = append(parts, "fault:"+fault)
	}
	parts = append(parts, took.Round(10*time.Microsecond).String())
	return safetext.Clean(strings.Join(parts, " "))
}

// answer records the status of a response and the beginning of an error body.
type answer struct {
	http.ResponseWriter
	status int
	body   []byte
	hungUp bool // the connection was closed
}

// longestRefusal bounds how much of an error body is searched for its code.
const longestRefusal = 2048

func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= 200 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	a.status = cmp.Or(a.status, http.StatusOK)
	if a.status >= 400 {
		a.body = append(a.body, b[:min(len(b), longestRefusal-len(a.body))]...)
	}
	return a.ResponseWriter.Write(b)
}

// final returns the status that the client received: 200 if none was written, 0 if there was no response.
func (a *answer) final() int {
	if a.hungUp {
		return a.status
	}
	return cmp.Or(a.status, http.StatusOK)
}

// Hijack implements http.Hijacker if the connection supports it.
func (a *answer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(a.ResponseWriter).Hijack()
	a.hungUp = a.hungUp || err == nil
	return conn, rw, err
}

// Unwrap serves http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

var (
	errorCode = regexp.MustCompile(`"errorCode"\s*:\s*"([A-Za-z0-9_-]{1,32})"`)
	numbered  = regexp.MustCompile(`^[A-Z]+-\d+$`)
)

// code is the platform's error code in a refusal's body: a numbered one such as CMN-401 if there is one, else a name
// as older services use.
func (a *answer) code() string {
	first := ""
	for _, m := range errorCode.FindAllSubmatch(a.body, -1) {
		if numbered.Match(m[1]) {
			return string(m[1])
		}
		first = cmp.Or(first, string(m[1]))
	}
	return first
}
