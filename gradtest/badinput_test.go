package gradtest_test

import (
	"bytes"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

const (
	secret = "hush-hush-secret"
	jwt    = "eyJhbGciOiJub25lIn0.eyJodXNoIjoxfQ.c2lnbmF0dXJl"
)

// pointAt sets credentials for a server, and a ledger of the test's own.
func pointAt(t *testing.T, url string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, value := range map[string]string{
		"RC_SERVER_URL": url, "RC_APP_CLIENT_ID": "id", "RC_APP_CLIENT_SECRET": secret, "RC_USER_JWT": jwt,
		"GRADTEST_DIR": dir, "GRADTEST_TARGET": "", "GRADTEST_REPEAT": "",
	} {
		t.Setenv(name, value)
	}
	return dir
}

// sweepQuietly sweeps a small app and returns the error's text. No secret is in the error, the log or
// the ledger.
func sweepQuietly(t *testing.T, dir string) string {
	t.Helper()
	var log bytes.Buffer
	_, err := gradtest.Sweep(t.Context(), gradtest.App{
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}, {Op: rcapi.ListExtensionDevices}},
		Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	require.Error(t, err)
	everything := err.Error() + log.String() + contents(t, dir)
	for _, s := range []string{secret, jwt, "YWNjZXNz", strings.Split(jwt, ".")[1]} {
		assert.NotContains(t, everything, s)
	}
	return err.Error()
}

// contents is all that lies in a directory.
func contents(t *testing.T, dir string) string {
	var all strings.Builder
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all.Write(data)
		return err
	}))
	return all.String()
}

func TestTokenEndpointFaults(t *testing.T) {
	for _, tc := range []struct {
		name    string
		handler http.HandlerFunc
		err     []string
	}{
		{"400", answer(400, "application/json", `{"error":"invalid_grant","error_description":"bad `+jwt+`","errors":[{"errorCode":"OAU-345"}]}`), []string{"400", "invalid_grant", "OAU-345"}},
		{"401", answer(401, "application/json", `{"error":"invalid_client","errors":[{"errorCode":"OAU-146"}]}`), []string{"401", "invalid_client"}},
		{"HTML", answer(200, "text/html", "<html>login here</html>"), []string{"text/html"}},
		{"garbage", answer(200, "application/json", `{"access_`), []string{"not an OAuth answer"}},
		{"no token in it", answer(200, "application/json", `{"token_type":"bearer"}`), []string{"without an access token"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			hits := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				hits++
				tc.handler(w, r)
			}))
			defer server.Close()
			got := sweepQuietly(t, pointAt(t, server.URL))
			for _, part := range tc.err {
				assert.Contains(t, got, part)
			}
			assert.NotContains(t, got, "\n", "one error")
			assert.Equal(t, 1, hits, "a failed token request stops the sweep")
		})
	}
}

func TestServerCannotBeReached(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, closed.Close())
	tls := httptest.NewTLSServer(http.NotFoundHandler())
	defer tls.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	for _, tc := range []struct{ name, url, err string }{
		{"nobody listens", "http://" + closed.Addr().String(), "check that the server runs"},
		{"unknown certificate", tls.URL, "certificate"},
		{"no TLS there", strings.Replace(plain.URL, "http:", "https:", 1), "speaks TLS"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := sweepQuietly(t, pointAt(t, tc.url))
			assert.Contains(t, got, tc.err)
			assert.Contains(t, got, "RC_SERVER_URL")
			assert.NotContains(t, got, "\n", "one error")
		})
	}
}

// garbler overwrites the headers that a rate limit is learned from.
type garbler struct {
	next  http.RoundTripper
	value string
}

func (g *garbler) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := g.next.RoundTrip(req)
	if err == nil {
		for _, name := range []string{"X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Window", "Retry-After"} {
			resp.Header.Set(name, g.value)
		}
	}
	return resp, err
}

func TestOddHeadersAreSurvived(t *testing.T) {
	for _, value := range []string{"many", "-5", "99999999999999999999", "", "0", "1e9", "10, 20"} {
		t.Run(value, func(t *testing.T) {
			onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
				app := s.app(gradtest.Endpoint{Op: rcapi.ReadExtension})
				app.Target.Base = &garbler{s.base, value}
				v, err := gradtest.Sweep(t.Context(), app)
				require.NoError(t, err)
				assert.True(t, v.Ready)
			})
		})
	}
}

func TestLedgerCannotBeUsed(t *testing.T) {
	emulator := rctest.NewServer(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}})
	dir := pointAt(t, emulator.URL)
	t.Setenv("RC_APP_CLIENT_ID", emulator.ClientID)
	t.Setenv("RC_APP_CLIENT_SECRET", emulator.ClientSecret)
	t.Setenv("RC_USER_JWT", emulator.JWT)
	app := gradtest.App{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}}}

	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	t.Setenv("GRADTEST_DIR", file)
	_, err := gradtest.Sweep(t.Context(), app)
	assert.ErrorContains(t, err, "GRADTEST_DIR")
	assert.Empty(t, emulator.Calls(), "no evidence, no traffic")

	t.Setenv("GRADTEST_DIR", dir)
	v, err := gradtest.Sweep(t.Context(), app)
	require.NoError(t, err)
	require.True(t, v.Ready)
	for _, s := range []string{emulator.ClientSecret, emulator.JWT, "Bearer"} {
		assert.NotContains(t, contents(t, dir), s)
	}

	days, err := filepath.Glob(filepath.Join(dir, "*", "*.jsonl"))
	require.NoError(t, err)
	require.Len(t, days, 1)
	good, err := os.ReadFile(days[0])
	require.NoError(t, err)

	require.NoError(t, os.WriteFile(days[0], append(good, `{"v":1,"torn`...), 0o600))
	v, err = gradtest.Sweep(t.Context(), app)
	require.NoError(t, err, "a torn last line is no loss")
	assert.True(t, v.Ready)

	bad := bytes.Clone(good)
	bad[len(bad)/2] ^= 1
	require.NoError(t, os.WriteFile(days[0], bad, 0o600))
	before := len(emulator.Calls())
	_, err = gradtest.Sweep(t.Context(), app)
	require.ErrorContains(t, err, filepath.Base(days[0]))
	assert.ErrorContains(t, err, "damaged line at byte")
	assert.Len(t, emulator.Calls(), before, "no judgement, no traffic")
}

func answer(status int, media, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", media)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// answered is a JSON answer without a server.
func answered(status int, body string) *http.Response {
	rec := httptest.NewRecorder()
	answer(status, "application/json", body)(rec, nil)
	return rec.Result()
}
