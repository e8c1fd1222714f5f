package cli

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

func TestRequestLog(t *testing.T) {
	for _, c := range []struct {
		name, target string
		answer       http.HandlerFunc
		want         string // a regular expression
	}{
		{
			name: "nothing written is 200", target: "/restapi/v1.0/account/~", answer: func(http.ResponseWriter, *http.Request) {},
			want: `^\d\d:\d\d:\d\d\.\d{3} GET    /restapi/v1\.0/account/~ 200 readAccountInfo \S+s\n$`,
		},
		{
			name: "rate headers", target: "/restapi/v1.0/account/~/extension/~/call-log",
			answer: func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Rate-Limit-Group", "heavy")
				w.Header().Set("X-Rate-Limit-Remaining", "0")
				w.Header().Set("X-Rate-Limit-Limit", "10")
				w.Header().Set("Retry-After", "60")
				w.WriteHeader(429)
				io.WriteString(w, `{"errorCode" : "CMN-301", "message":"too many"}`)
			},
			want: ` 429 CMN-301 readUserCallLog heavy:0/10 retry-after:60s `,
		},
		{
			name: "a code far down a long body, and written in pieces", target: "/x",
			answer: func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(400)
				io.WriteString(w, `{"errorCo`)
				io.WriteString(w, `de":"AGW-404"}`+strings.Repeat(" ", 5000))
				io.WriteString(w, `"errorCode":"CMN-999"`)
			},
			want: ` /x 400 AGW-404 \S+\n$`,
		},
		{
			name: "a numbered code next to a name", target: "/x",
			answer: func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(403)
				io.WriteString(w, `{"errorCode":"InsufficientPermissions","errors":[{"errorCode":"CMN-401"}]}`)
			},
			want: ` /x 403 CMN-401 \S+\n$`,
		},
		{
			name: "what a success says is no code", target: "/x",
			answer: func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `{"errorCode":"CMN-1"}`) },
			want:   ` /x 200 \S+\n$`,
		},
		{
			name: "a body is not kept whole", target: "/x",
			answer: func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(400)
				io.WriteString(w, strings.Repeat(" ", longestRefusal))
				io.WriteString(w, `{"errorCode":"CMN-1"}`)
			},
			want: ` /x 400 \S+\n$`,
		},
		{
			name: "a wordy code alone", target: "/x",
			answer: func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(400)
				io.WriteString(w, `{"errorCode":"InvalidParameter"}`)
			},
			want: ` /x 400 InvalidParameter \S+\n$`,
		},
		{
			name: "the query stays out", target: "/restapi/oauth/revoke?token=hush", answer: func(w http.ResponseWriter, _ *http.Request) {},
			want: ` /restapi/oauth/revoke 200 \S+\n$`,
		},
		{
			name: "no line is broken", target: "/a%0Ab%1B[31m", answer: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) },
			want: ` /a%0Ab%1B\[31m 404 \S+\n$`,
		},
		{
			name: "a fault", target: "/x",
			answer: func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Emulator-Fault", "status")
				w.WriteHeader(503)
			},
			want: ` /x 503 fault:status `,
		},
		{
			name: "an interim answer is none", target: "/x",
			answer: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(103); w.WriteHeader(204) },
			want:   ` /x 204 `,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var log bytes.Buffer
			rec := httptest.NewRecorder()
			newRequestLog(&log, c.answer).ServeHTTP(rec, httptest.NewRequest("GET", c.target, nil))
			assert.Regexp(t, c.want, log.String())
			assert.NotContains(t, log.String(), "hush")
		})
	}
}

// The log changes nothing of the answer.
func TestRequestLogIsTransparent(t *testing.T) {
	answer := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X", "y")
		w.WriteHeader(403)
		io.WriteString(w, strings.Repeat("z", 3*longestRefusal))
		require.NoError(t, http.NewResponseController(w).Flush())
	})
	got := httptest.NewRecorder()
	newRequestLog(io.Discard, answer).ServeHTTP(got, httptest.NewRequest("GET", "/", nil))
	assert.Equal(t, 403, got.Code)
	assert.Equal(t, "y", got.Header().Get("X"))
	assert.Equal(t, 3*longestRefusal, got.Body.Len())
	assert.True(t, got.Flushed)
}

// TestRequestLogOfBrokenConnections is a line for what no answer came of, or half of one.
func TestRequestLogOfBrokenConnections(t *testing.T) {
	for _, c := range []struct{ fault, want string }{
		{"drop", `^\S+ GET    /restapi 0 readAPIVersions fault:drop \S+\n$`},
		{"truncate", `^\S+ GET    /restapi 200 readAPIVersions fault:truncate \S+\n$`},
	} {
		h, err := rctest.NewHandler(rctest.Config{})
		require.NoError(t, err)
		fault, err := rctest.ParseFault(c.fault)
		require.NoError(t, err)
		_, err = h.Fail(fault)
		require.NoError(t, err)
		var log lockedBuffer
		done := make(chan struct{}, 1)
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer func() { done <- struct{}{} }()
			newRequestLog(&log, h).ServeHTTP(w, r)
		}))
		resp, err := s.Client().Get(s.URL + "/restapi")
		if err == nil {
			_, err = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
		assert.Error(t, err, c.fault)
		<-done
		s.Close()
		assert.Regexp(t, c.want, log.String())
	}
	// Without a connection to close, the handler panics.
	h, err := rctest.NewHandler(rctest.Config{})
	require.NoError(t, err)
	_, err = h.Fail(rctest.Fault{Drop: true})
	require.NoError(t, err)
	var log bytes.Buffer
	assert.Panics(t, func() {
		newRequestLog(&log, h).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/restapi", nil))
	})
	assert.Contains(t, log.String(), " 0 readAPIVersions fault:drop ")
}

// lockedBuffer is written by a server and read by the test.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
