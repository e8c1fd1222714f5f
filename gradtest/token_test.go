package gradtest_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// tokenRequests are those that a server has seen.
func tokenRequests(s *rctest.Server) (n int) {
	for _, c := range s.Calls() {
		if c.Path == "/restapi/oauth/token" {
			n++
		}
	}
	return n
}

// TestTokenFile has two sessions, as two processes have them: they share a file, unless the app keeps its token to
// itself, in which case there is none; and another user or app has another.
func TestTokenFile(t *testing.T) {
	for _, private := range []bool{false, true} {
		server := rctest.NewServer(t)
		dir := t.TempDir()
		t.Setenv("GRADTEST_DIR", dir)
		t.Setenv("RC_SERVER_URL", server.URL)
		t.Setenv("RC_APP_CLIENT_ID", server.ClientID)
		t.Setenv("RC_APP_CLIENT_SECRET", server.ClientSecret)
		t.Setenv("RC_USER_JWT", server.JWT)
		app := gradtest.App{
			Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}},
			Target: gradtest.Target{PrivateToken: private},
		}
		call := func(want int) {
			t.Helper()
			s := gradtest.Start(t, app)
			resp, err := s.Client().Get(s.URL() + "/restapi/v1.0/account/~/extension/~")
			if want == 0 {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			assert.Equal(t, http.StatusOK, resp.StatusCode)
		}
		call(http.StatusOK)
		call(http.StatusOK)
		files, err := filepath.Glob(filepath.Join(dir, "tokens", "*.json"))
		require.NoError(t, err)
		if private {
			assert.Equal(t, 2, tokenRequests(server), "each has its own")
			assert.NoDirExists(t, filepath.Join(dir, "tokens"))
			continue
		}
		assert.Equal(t, 1, tokenRequests(server), "one for both")
		require.Len(t, files, 1)
		info, err := os.Stat(files[0])
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
		text, err := os.ReadFile(files[0])
		require.NoError(t, err)
		for _, secret := range []string{server.ClientSecret, server.JWT} {
			assert.NotContains(t, string(text), secret)
		}
		assert.NotContains(t, string(text), "refresh")

		t.Setenv("RC_USER_JWT", "another user's")
		call(0)
		assert.Equal(t, 2, tokenRequests(server), "the token of one user is not given to another")
	}
}
