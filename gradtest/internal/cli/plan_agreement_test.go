package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/internal/cli"
	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// These tests are not in package gradtest, since go mod tidy downloads what the tests of an imported package import:
// every module that uses gradtest would get the command's libraries into its go.sum.

// TestPlanAndCommandAgree: gradtest.Plan and gradtest plan answer from the same evidence alike, for 500 random ledgers.
func TestPlanAndCommandAgree(t *testing.T) {
	const server = "http://127.0.0.1:9"
	for name, value := range map[string]string{
		"RC_SERVER_URL": server, "RC_APP_CLIENT_ID": "id", "RC_APP_CLIENT_SECRET": "secret", "RC_USER_JWT": "a.b.c", "GRADTEST_TARGET": "", "GRADTEST_REDIS": "",
	} {
		t.Setenv(name, value)
	}
	origin, err := url.Parse(server)
	require.NoError(t, err)
	for seed := range uint64(500) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			rnd := rand.New(rand.NewPCG(seed, 8))
			dir := t.TempDir()
			t.Setenv("GRADTEST_DIR", dir)
			app := randomApp(rnd)
			store, err := ledger.Open(filepath.Join(dir, evidence.AppName(origin.Host, "id")))
			require.NoError(t, err)
			require.NoError(t, store.Append(t.Context(), randomRecords(rnd, app)...))
			require.NoError(t, store.Close())
			gradtest.Start(t, app) // declares the app in the ledger and sends nothing

			want, err := gradtest.Plan(app)
			require.NoError(t, err)
			var out, stderr bytes.Buffer
			cli.Main([]string{"plan", "--json"}, &out, &stderr, os.Getenv)
			var got struct {
				Calls, Side int
				Seconds     float64
				Endpoints   []struct {
					Name             string
					Have, Send, Side int
				}
			}
			require.NoError(t, json.Unmarshal(out.Bytes(), &got), stderr.String())
			assert.Equal(t, want.Calls, got.Calls)
			assert.Equal(t, want.Side, got.Side)
			assert.InDelta(t, want.Duration.Seconds(), got.Seconds, 5, "slots become free between the two questions")
			require.GreaterOrEqual(t, len(got.Endpoints), len(want.Endpoints))
			for i, a := range want.Endpoints {
				e := got.Endpoints[i]
				assert.Equal(t, []any{a.Name, a.Have, a.Send, a.Side}, []any{e.Name, e.Have, e.Send, e.Side})
			}
		})
	}
}

// randomApp declares one to five endpoints, some with code of their own.
func randomApp(rnd *rand.Rand) gradtest.App {
	code := func(*gradtest.Call) {}
	pool := []gradtest.Endpoint{
		{Op: rcapi.ReadExtension}, {Op: rcapi.ReadUserCallLog}, {Op: rcapi.ListMessages}, {Op: rcapi.ReadCompanyCallLog},
		{Op: rcapi.CreateSMSMessage, Body: map[string]any{}, Prepare: code}, {Op: rcapi.CreateContact, Body: map[string]any{}, Cleanup: code},
		{Op: rcapi.ReadMessage, Prepare: code}, {Op: rcapi.ReadExtension, Name: "own", Do: code},
	}
	rnd.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	app := gradtest.App{Name: "random", Endpoints: pool[:1+rnd.IntN(5)]}
	for i := range app.Endpoints {
		app.Endpoints[i].Calls = rnd.IntN(2) * rnd.IntN(12)
	}
	app.Scopes = scopesOf(app.Endpoints)
	return app
}

// randomRecords are calls of the last three days: mostly successes of the declared endpoints, some errors, some by the
// endpoints' own code, some of operations that are not declared.
func randomRecords(rnd *rand.Rand, app gradtest.App) (records []ledger.Record) {
	others := []rcapi.Operation{rcapi.DeleteContact, rcapi.ReadContact, rcapi.ReadAccountInfo}
	statuses := []int{200, 200, 200, 200, 200, 200, 200, 200, 401, 404, 429, 503, 0}
	now := time.Now()
	for i := range rnd.IntN(40) {
		e := app.Endpoints[rnd.IntN(len(app.Endpoints))]
		r := ledger.Record{Kind: ledger.Done, ID: fmt.Sprint("call-", i), Endpoint: e.Name, Stage: ledger.StageCall}
		if r.Endpoint == "" {
			r.Endpoint = e.Op.ID
		}
		op := e.Op
		if rnd.IntN(5) == 0 {
			op, r.Stage = others[rnd.IntN(len(others))], ledger.StageCleanup
		}
		ago := time.Duration(rnd.Int64N(int64(72 * time.Hour)))
		if rnd.IntN(3) == 0 {
			ago = time.Duration(rnd.Int64N(int64(2 * time.Minute)))
		}
		r.At = now.Add(-ago)
		r.Sent = r.At
		r.Op, r.Method, r.Path, r.Groups, r.Status = op.ID, op.Method, op.Path, op.Groups(), statuses[rnd.IntN(len(statuses))]
		if r.Status == 0 {
			r.Code, r.Latest = "timeout", r.At
		}
		if r.Status == 200 && op.Scope != "" {
			r.Scopes = []string{string(op.Scope)}
		}
		records = append(records, r)
	}
	return records
}

// scopesOf are the scopes that endpoints need.
func scopesOf(endpoints []gradtest.Endpoint) []rcapi.Scope {
	var scopes []rcapi.Scope
	seen := map[rcapi.Scope]bool{"": true}
	for _, e := range endpoints {
		if !seen[e.Op.Scope] {
			seen[e.Op.Scope] = true
			scopes = append(scopes, e.Op.Scope)
		}
	}
	return scopes
}

// TestExemptIsShown: each verb shows an exempt endpoint with its reason.
func TestExemptIsShown(t *testing.T) {
	app := gradtest.App{
		Scopes:    []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeCallControl},
		Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}, {Op: rcapi.AnswerCallParty, Exempt: "needs a caller"}},
	}
	server := rctest.NewServer(t, rctest.Config{Scopes: app.Scopes, Limits: rctest.Unlimited()})
	for name, value := range map[string]string{
		"RC_SERVER_URL": server.URL, "RC_APP_CLIENT_ID": server.ClientID, "RC_APP_CLIENT_SECRET": server.ClientSecret,
		"RC_USER_JWT": server.JWT, "GRADTEST_DIR": t.TempDir(), "GRADTEST_TARGET": "", "GRADTEST_REDIS": "",
	} {
		t.Setenv(name, value)
	}
	_, err := gradtest.Sweep(t.Context(), app)
	require.NoError(t, err)
	for _, verb := range [][]string{{"status"}, {"plan"}, {"report", "-f", "markdown"}, {"report", "-f", "html"}, {"report", "-f", "json"}} {
		var out, stderr bytes.Buffer
		assert.Zero(t, cli.Main(verb, &out, &stderr, os.Getenv), "%v: %s", verb, stderr.String())
		assert.Contains(t, out.String(), "needs a caller", verb)
	}
}
