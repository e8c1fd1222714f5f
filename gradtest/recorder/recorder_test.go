package recorder

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// TestMain is also the program that the tests record.
func TestMain(m *testing.M) {
	if task := os.Getenv("RECORDED_TASK"); task != "" {
		os.Exit(perform(task))
	}
	for _, v := range os.Environ() { // what the developer has set is none of the tests' business
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "RC_") || strings.HasPrefix(name, "RINGCENTRAL_") ||
			strings.HasPrefix(name, "GRADTEST_") || strings.HasSuffix(strings.ToLower(name), "_proxy") {
			_ = os.Unsetenv(name)
		}
	}
	os.Exit(m.Run())
}

// getenv returns a Config.Getenv with these variables.
func getenv(pairs ...string) func(string) string {
	return func(name string) string { return valueOf(pairs, name) }
}

// startedAt starts a recorder of a server, whose evidence is in memory unless the config says otherwise.
func startedAt(t testing.TB, server string, change ...func(*Config)) (*Recorder, *ledger.Memory) {
	t.Helper()
	memory := ledger.NewMemory()
	cfg := Config{
		Upstream: server, ClientID: "app", Getenv: getenv(),
		Open: func(string) (ledger.Store, error) { return memory, nil },
	}
	return started(t, cfg, change...), memory
}

func started(t testing.TB, cfg Config, change ...func(*Config)) *Recorder {
	t.Helper()
	for _, c := range change {
		c(&cfg)
	}
	r, err := Start(cfg)
	require.NoError(t, err)
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// serve starts an upstream.
func serve(t testing.TB, h http.HandlerFunc) string {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// records returns the evidence of attempts.
func records(t testing.TB, s ledger.Store) (all []ledger.Record) {
	t.Helper()
	for r, err := range s.Records(context.Background(), time.Time{}) {
		require.NoError(t, err)
		if r.Kind == ledger.Done {
			all = append(all, r)
		}
	}
	return all
}

const account = "/restapi/v1.0/account/~"

// authorized returns a client of the program in the recorder's environment.
func authorized(t testing.TB, r *Recorder) *http.Client {
	t.Helper()
	env := r.Environ(nil)
	cfg := clientcredentials.Config{
		ClientID: valueOf(env, "RC_APP_CLIENT_ID"), ClientSecret: valueOf(env, "RC_APP_CLIENT_SECRET"),
		TokenURL:  valueOf(env, "RC_SERVER_URL") + "/restapi/oauth/token",
		AuthStyle: oauth2.AuthStyleInHeader,
		EndpointParams: url.Values{
			"grant_type": {rctest.GrantJWT}, "assertion": {valueOf(env, "RC_USER_JWT")},
		},
	}
	return cfg.Client(t.Context())
}

func get(t testing.TB, c *http.Client, url string) (int, string) {
	t.Helper()
	resp, err := c.Get(url)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, string(body)
}

func TestEmulator(t *testing.T) {
	r := started(t, Config{Getenv: getenv()})
	c := authorized(t, r)
	for range 3 {
		status, body := get(t, c, r.URL()+account)
		require.Equal(t, 200, status, body)
		var info struct{ URI string }
		require.NoError(t, json.Unmarshal([]byte(body), &info))
		assert.True(t, strings.HasPrefix(info.URI, r.URL()+"/"), "absolute URLs lead to the recorder: %s", info.URI)
	}
	status, _ := get(t, c, r.URL()+"/restapi/v1.0/account/~/extension/~/message-stores?secret=hush")
	assert.Equal(t, 404, status)
	status, _ = get(t, c, r.URL()+"/emulator/v1/limits")
	assert.NotZero(t, status)

	s := r.Summary()
	require.Len(t, s.Operations, 1)
	op := s.Operations[0]
	assert.Equal(t, "readAccountInfo", op.ID)
	assert.Equal(t, map[string]int{"200": 3}, op.Statuses)
	assert.Equal(t, []string{"Go-http-client/1.1"}, op.Clients)
	assert.Equal(t, 2, op.First, "the token was requested before")
	require.Len(t, s.Authorizations, 1)
	assert.Equal(t, map[string]int{"jwt-bearer": 1}, s.Grants)
	require.Len(t, s.Unknown, 1)
	assert.Equal(t, "listMessages", s.Unknown[0].Nearest)
	assert.Equal(t, `rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/extension/{extensionId}/message-stores")`,
		s.Unknown[0].Parse)
	assert.Equal(t, []string{"ReadAccounts"}, s.Scopes)
	assert.True(t, s.Emulator)
	assert.Contains(t, fmt.Sprint(s.Notes), "They count for no real app")
	assert.Equal(t, []string{"getToken", "readAccountInfo", "readAccountInfo", "readAccountInfo", ""}, ids(s.Calls))
	text, err := json.Marshal(s)
	require.NoError(t, err)
	for _, secret := range []string{"hush", r.up.emulator.Credentials().ClientSecret, r.up.emulator.Credentials().JWT} {
		assert.NotContains(t, string(text), secret)
	}
}

func ids(calls []Call) (all []string) {
	for _, c := range calls {
		all = append(all, c.Operation)
	}
	return all
}
