package gradtest_test

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/internal/declared"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestDeclareOnlySendsNothing: with GRADTEST_DECLARE there is no session, with any target of the app, so no call can be
// sent, also not with a server and a token of the app's own, and no record is written, also not into its own store.
func TestDeclareOnlySendsNothing(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a call was sent") }))
	defer server.Close()
	dir, err := declared.Create()
	require.NoError(t, err)
	t.Setenv("GRADTEST_DECLARE", dir)
	evidence := filepath.Join(t.TempDir(), "evidence")
	t.Setenv("GRADTEST_DIR", evidence)
	store := ledger.NewMemory()
	app := gradtest.App{
		Name: "crm", Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts},
		Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}},
		Target:    gradtest.Target{URL: server.URL, Token: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "hush"})},
	}
	const says = "GRADTEST_DECLARE is set: the declaration was read, and nothing is sent"
	_, err = gradtest.Sweep(t.Context(), app)
	require.ErrorContains(t, err, says)
	_, err = gradtest.Plan(app)
	require.ErrorContains(t, err, says)
	app.Store = store
	_, err = gradtest.Open(t.Context(), app)
	require.ErrorContains(t, err, says)
	skipped := t.Run("Start", func(t *testing.T) {
		gradtest.Start(t, app)
		t.Error("the test goes on")
	})
	assert.True(t, skipped)
	t.Run("Run", func(t *testing.T) {
		gradtest.Run(t, app)
		t.Error("the test goes on")
	})
	entries, err := declared.Read(dir)
	require.NoError(t, err)
	require.Len(t, entries, 5)
	assert.Equal(t, "readExtension", entries[0].Declaration.Endpoints[0].Op)
	assert.Equal(t, "TestDeclareOnlySendsNothing/Start", entries[4].Test)
	assert.NoDirExists(t, evidence)
	for range store.Records(t.Context(), time.Time{}) {
		t.Error("a record was written")
	}
}

// TestDeclareOnlyIsNoSwitch: a variable that was left in the environment fails the suite instead of skipping it.
func TestDeclareOnlyIsNoSwitch(t *testing.T) {
	for _, dir := range []string{"1", t.TempDir()} {
		t.Setenv("GRADTEST_DECLARE", dir)
		_, err := gradtest.Open(t.Context(), gradtest.App{Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}}})
		require.ErrorContains(t, err, "GRADTEST_DECLARE is for gradtest plan, which runs tests with it: unset it")
	}
}
