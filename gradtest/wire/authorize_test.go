package wire

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"
)

// renewing returns a new token after one was rejected.
type renewing struct {
	tokens   []string
	rejected []string
}

func (r *renewing) Token() (*oauth2.Token, error) {
	return &oauth2.Token{AccessToken: r.tokens[min(len(r.rejected), len(r.tokens)-1)]}, nil
}

func (r *renewing) Reject(t *oauth2.Token) bool {
	r.rejected = append(r.rejected, t.AccessToken)
	return len(r.rejected) < len(r.tokens)
}

func TestARejectedTokenIsRenewedOnce(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Header.Get("Authorization") != "Bearer good" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = w.Write(body)
	}))
	defer server.Close()
	for _, tt := range []struct {
		name   string
		tokens []string
		body   io.Reader
		status int
		calls  int
	}{
		{"an old one", []string{"old", "good"}, nil, 200, 2},
		{"with a body", []string{"old", "good"}, strings.NewReader("{}"), 200, 2},
		{"a body that cannot be sent again", []string{"old", "good"}, io.NopCloser(strings.NewReader("{}")), 401, 1},
		{"only once", []string{"old", "older", "good"}, nil, 401, 2},
		{"no other to be had", []string{"old"}, nil, 401, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newScene(t, server.URL, func(c *Config) { c.Token = &renewing{tokens: tt.tokens} })
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/restapi/v1.0/account/~/extension/~/sms", tt.body)
			require.NoError(t, err)
			resp, err := w.RoundTrip(req)
			require.NoError(t, err)
			defer resp.Body.Close()
			assert.Equal(t, tt.status, resp.StatusCode)
			records := w.store.all()
			assert.Len(t, records, tt.calls, "a refusal is recorded like any other answer")
			assert.Equal(t, http.StatusUnauthorized, records[0].Status)
			if tt.status == 200 && tt.body != nil {
				echo, err := io.ReadAll(resp.Body)
				require.NoError(t, err)
				assert.Equal(t, "{}", string(echo))
			}
		})
	}
}
