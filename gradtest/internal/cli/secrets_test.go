package cli

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// bearer sees the token that calls are sent with.
type bearer struct{ token atomic.Value }

func (b *bearer) RoundTrip(req *http.Request) (*http.Response, error) {
	if token, ok := strings.CutPrefix(req.Header.Get("Authorization"), "Bearer "); ok {
		b.token.Store(token)
	}
	return http.DefaultTransport.RoundTrip(req)
}

// TestNoCommandShowsTheToken has a sweep leave evidence and a token side by side, and looks at all that the commands
// and the evidence say.
func TestNoCommandShowsTheToken(t *testing.T) {
	server := rctest.NewServer(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}})
	dir := t.TempDir()
	env := map[string]string{
		"GRADTEST_DIR": dir, "RC_SERVER_URL": server.URL, "RC_APP_CLIENT_ID": server.ClientID, "RC_APP_CLIENT_SECRET": server.ClientSecret, "RC_USER_JWT": server.JWT,
	}
	for name, value := range env {
		t.Setenv(name, value)
	}
	var seen bearer
	_, err := gradtest.Sweep(t.Context(), gradtest.App{
		Name: "crm", Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}},
		Target: gradtest.Target{Base: &seen},
	})
	require.NoError(t, err)
	token, _ := seen.token.Load().(string)
	require.Greater(t, len(token), 20)
	files, err := filepath.Glob(filepath.Join(dir, "tokens", "*.json"))
	require.NoError(t, err)
	require.Len(t, files, 1)

	clean := func(what, text string) {
		for name, secret := range map[string]string{"token": token, "client secret": server.ClientSecret, "JWT": server.JWT} {
			assert.NotContains(t, text, secret, "%s in %s", name, what)
		}
	}
	name := filepath.Base(strings.TrimSuffix(files[0], ".json"))
	for _, args := range [][]string{
		{"status"}, {"status", "--json"}, {"plan"}, {"plan", "--json"}, {"report", "-f", "text"}, {"report", "-f", "markdown"}, {"report", "-f", "html"}, {"report", "-f", "json"},
		{"ledger"}, {"ledger", "verify"}, {"ledger", "verify", "--json"}, {"ledger", "export"}, {"ledger", "export", "-o", filepath.Join(dir, "e.jsonl"), "--json"},
		{"ledger", "import", filepath.Join(dir, "e.jsonl"), "--json"}, {"ledger", "import", files[0]}, {"ledger", "prune", "--json"},
		{"bundle", "-o", filepath.Join(dir, "evidence.zip"), "--json"}, {"verify", filepath.Join(dir, "evidence.zip"), "--json"},
		{"ledger", "verify", "--dir", filepath.Join(dir, "tokens")}, {"ledger", "verify", "--app", "tokens"}, {"ledger", "export", "--app", name},
	} {
		var out, errs bytes.Buffer
		Main(args, &out, &errs, func(name string) string { return env[name] })
		require.NotZero(t, out.Len()+errs.Len(), "%v", args)
		clean(strings.Join(args, " "), out.String()+errs.String())
	}
	z, err := zip.OpenReader(filepath.Join(dir, "evidence.zip"))
	require.NoError(t, err)
	defer z.Close()
	require.Len(t, z.File, 7)
	for _, f := range z.File {
		in, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(in)
		require.NoError(t, err)
		require.NotEmpty(t, text, f.Name)
		clean(f.Name, string(text))
		assert.NotContains(t, string(text), server.ClientID, "client id in %s", f.Name)
	}
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		clean(path, string(text))
		return err
	})
	require.NoError(t, err)
}
