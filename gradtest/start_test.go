package gradtest_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rcauth"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// own is a name of no other round's app: the tests of a process share the evidence of an app, with -count too.
func own(name string) string { return fmt.Sprint(name, time.Now().UnixNano()) }

// TestStartManyAtOnce: the parallel tests of a package share one session on the embedded emulator, which like the
// platform drops the oldest of more than five.
func TestStartManyAtOnce(t *testing.T) {
	app := gradtest.App{Name: own("many"), Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}}}
	t.Run("tests", func(t *testing.T) {
		for range 12 {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				s := gradtest.Start(t, app)
				for _, rt := range []http.RoundTripper{s.Client().Transport, s.Transport(nil)} {
					resp, err := (&http.Client{Transport: rt}).Get(s.URL() + "/restapi/v1.0/account/~/extension/~")
					require.NoError(t, err)
					resp.Body.Close()
					assert.Equal(t, http.StatusOK, resp.StatusCode)
				}
			})
		}
	})
	v := gradtest.Start(t, app).Verdict()
	assert.True(t, v.Ready, "24 calls of 12 tests count together")
	assert.Equal(t, 24, v.Successes)
}

// TestStartThroughTheGateway: code that cannot be given a client authorizes itself, through the session's proxy.
func TestStartThroughTheGateway(t *testing.T) {
	app := gradtest.App{Name: own("proxied"), Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}}}
	s := gradtest.Start(t, app)
	assert.NotContains(t, s.Credentials().String(), s.Credentials().JWT)
	resp, err := http.Get(s.Gateway() + "/restapi/v1.0/account/~/extension/~")
	require.NoError(t, err)
	resp.Body.Close()
	assert.Equal(t, http.StatusUnauthorized, resp.StatusCode, "the gateway adds nothing")
	found := false
	for _, e := range s.Verdict().Endpoints {
		found = found || e.Op.ID == "readExtension" && e.Errors == 1
	}
	assert.True(t, found, "but it records")
}

// TestRecordsSayWhereACallCameFrom: the test, and the line of the app's code.
func TestRecordsSayWhereACallCameFrom(t *testing.T) {
	store := ledger.NewMemory()
	server := rctest.NewServer(t)
	app := gradtest.App{
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}}, Store: store,
		Target: gradtest.Target{
			URL: server.URL, ClientID: server.ClientID, PrivateToken: true,
			Token: rcauth.JWT(t.Context(), rcauth.Config{
				URL: server.URL, ClientID: server.ClientID, ClientSecret: server.ClientSecret,
			}, server.JWT),
		},
	}
	s := gradtest.Start(t, app)
	resp, err := s.Client().Get(s.URL() + "/restapi/v1.0/account/~/extension/~")
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	found := 0
	for r, err := range store.Records(t.Context(), time.Time{}) {
		require.NoError(t, err)
		if r.Kind == ledger.Done && !r.OAuth {
			found++
			assert.Equal(t, t.Name(), r.Test)
			assert.Regexp(t, `^gradtest/start_test\.go:\d+$`, r.Site)
		}
	}
	assert.Equal(t, 1, found)
}

// TestSweepsHaveACallSite: a call that gradtest makes by itself has the line that runs the sweep.
func TestSweepsHaveACallSite(t *testing.T) {
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
		_, err := gradtest.Sweep(t.Context(), s.app(gradtest.Endpoint{Op: rcapi.ReadExtension}))
		require.NoError(t, err)
		for r, err := range s.store.Records(t.Context(), time.Time{}) {
			require.NoError(t, err)
			if r.Kind == ledger.Done && !r.OAuth {
				assert.Regexp(t, `^gradtest/start_test\.go:\d+$`, r.Site)
			}
		}
	})
}

// FuzzStart: the session of a fuzz test serves its fuzz target.
func FuzzStart(f *testing.F) {
	app := gradtest.App{Name: own("fuzz"), Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}}}
	s := gradtest.Start(f, app)
	f.Add("a b")
	f.Fuzz(func(t *testing.T, query string) {
		resp, err := s.Client().Get(s.URL() + "/restapi/v1.0/account/~/extension/~?" + url.Values{"q": {query}}.Encode())
		require.NoError(t, err)
		resp.Body.Close()
		assert.Equal(t, http.StatusOK, resp.StatusCode)
		assert.Positive(t, s.Verdict().Successes)
		assert.NotEmpty(t, s.Gateway())
		_, err = s.Client().Get("http://127.0.0.1:1/") // a note
		assert.Error(t, err)
	})
}

// TestBenchmark: the calls of a benchmark count.
func TestBenchmark(t *testing.T) {
	app := gradtest.App{Name: own("bench"), Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}}}
	calls := flag.Lookup("test.benchtime")
	former := calls.Value.String()
	require.NoError(t, calls.Value.Set("3x"))
	defer func() { require.NoError(t, calls.Value.Set(former)) }()
	result := testing.Benchmark(func(b *testing.B) {
		s := gradtest.Start(b, app)
		for b.Loop() {
			resp, err := s.Client().Get(s.URL() + "/restapi/v1.0/account/~/extension/~")
			require.NoError(b, err)
			resp.Body.Close()
		}
	})
	assert.Equal(t, 3, result.N)
	assert.GreaterOrEqual(t, gradtest.Start(t, app).Verdict().Successes, 3)
}
