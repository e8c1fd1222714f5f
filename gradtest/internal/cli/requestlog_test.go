package cli

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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
			name: "a numbered code beside a wordy one", target: "/x",
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
