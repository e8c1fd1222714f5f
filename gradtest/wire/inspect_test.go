package wire

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestErrorBodiesReachTheCallerWhole(t *testing.T) {
	long := `{"errorCode":"CMN-101","message":"` + strings.Repeat("x", 3*errorPeek) + `"}`
	for _, tt := range []struct {
		name, accept, body, media, want string
		status                          int
		zip                             bool
	}{
		{"plain", "", `{"errorCode":"CMN-102"}`, "application/json;charset=UTF-8", "CMN-102", 404, false},
		{"long", "", long, "application/json", "CMN-101", 400, false},
		{"compressed, unknown to the caller", "", `{"errorCode":"CMN-102"}`, "application/json", "CMN-102", 404, true},
		{"compressed, as the caller asked", "gzip", `{"errorCode":"CMN-102"}`, "application/json", "CMN-102", 404, true},
		{"says gzip and is not", "gzip", `{"errorCode":"CMN-102"}`, "application/json", "", 404, false},
		{"HTML", "", `<html>CMN-102</html>`, "text/html", "", 502, false},
		{"JSON in name only", "", `<html>`, "application/json", "", 500, false},
		{"duplicate write", "", `{"errorCode":"CMN-304"}`, "application/json", "CMN-304", 429, false},
		{"rate", "", `{"errorCode":"CMN-301"}`, "application/json", "CMN-301", 429, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sent := []byte(tt.body)
			if tt.zip {
				var b bytes.Buffer
				z := gzip.NewWriter(&b)
				_, _ = z.Write(sent)
				_ = z.Close()
				sent = b.Bytes()
			}
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", tt.media)
				if tt.zip || strings.HasPrefix(tt.name, "says") {
					w.Header().Set("Content-Encoding", "gzip")
				}
				w.WriteHeader(tt.status)
				_, _ = w.Write(sent)
			}))
			defer server.Close()
			w := newScene(t, server.URL)
			req, _ := http.NewRequest("GET", server.URL+"/restapi/v1.0/account/~", nil)
			want := tt.body
			if tt.accept != "" {
				req.Header.Set("Accept-Encoding", tt.accept)
				want = string(sent)
			}
			resp, err := w.RoundTrip(req)
			require.NoError(t, err)
			body, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			assert.Equal(t, want, string(body))
			r := w.only(t)
			assert.Equal(t, tt.want, r.Code)
			assert.Equal(t, tt.status == 429 && tt.want != "CMN-304", r.Signal.Refused)
		})
	}
}
