package wire

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestGrantedScopesAreRecorded: the record of a token request has the names of the scopes that the response grants, and
// nothing else of its body.
func TestGrantedScopesAreRecorded(t *testing.T) {
	for name, tt := range map[string]struct {
		path, body string
		status     int
		want       []string
	}{
		"granted":           {tokenPath, `{"access_token":"secret","scope":"SMS Glip ReadCallLog"}`, 200, []string{"ReadCallLog", "SMS", "TeamMessaging"}},
		"not said":          {tokenPath, `{"access_token":"secret"}`, 200, nil},
		"a list":            {tokenPath, `{"access_token":"secret","scope":["SMS"]}`, 200, nil},
		"a secret among it": {tokenPath, `{"access_token":"secret","scope":"secret SMS +16505550100"}`, 200, []string{"SMS"}},
		"refused":           {tokenPath, `{"error":"invalid_grant","scope":"SMS"}`, 400, nil},
		"another path":      {"/restapi/v1.0/account/~", `{"scope":"SMS"}`, 200, nil},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.body)
			}))
			defer server.Close()
			w := newScene(t, server.URL)
			req, err := http.NewRequest("POST", server.URL+tt.path, nil)
			require.NoError(t, err)
			resp, err := w.RoundTrip(req)
			require.NoError(t, err)
			body, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			assert.Equal(t, tt.body, string(body), "the caller gets the whole body")
			assert.Equal(t, tt.want, w.only(t).Granted)
		})
	}
}
