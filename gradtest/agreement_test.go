package gradtest_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// TestVerdictsAgree drives random apps with random traffic over some virtual days and holds the local verdict, from the
// ledger, against the emulator's, from what it saw: two implementations of the same rules that share no code.
func TestVerdictsAgree(t *testing.T) {
	ready := 0
	for seed := range uint64(150) {
		onStage(t, rctest.Config{Scopes: pool(seed), Exempt: exempt(seed)}, func(t *testing.T, s *stage) {
			rnd := rand.New(rand.NewPCG(seed, 7))
			var endpoints []gradtest.Endpoint
			for _, scope := range pool(seed) {
				e := gradtest.Endpoint{Op: byScope[scope]}
				if slices.Contains(exempt(seed), scope) {
					e.Exempt = "needs a caller"
				}
				endpoints = append(endpoints, e)
			}
			app := s.app(endpoints...)
			compare := func(v criteria.Verdict) {
				theirs := s.Verdict()
				at := fmt.Sprintf("seed %d at %v:\n%+v\n%+v", seed, time.Now().UTC(), v.Findings, theirs.Open)
				require.Equal(t, theirs.Ready, v.Ready, at)
				require.Equal(t, theirs.Successes, v.Successes, at)
				if v.Ready {
					ready++
				}
			}
			session := gradtest.Start(t, app)
			for range 1 + rnd.IntN(3) {
				time.Sleep(time.Duration(rnd.Int64N(int64(40 * time.Hour))))
				for range rnd.IntN(25) * rnd.IntN(2) {
					stray(t, session, rnd, pool(seed))
				}
				compare(session.Verdict())
				if rnd.IntN(2) == 0 {
					v, _ := gradtest.Sweep(t.Context(), app) // an app that fails is as good a case
					compare(v)
				}
			}
			for range 5 { // as the evidence ages
				time.Sleep(time.Duration(rnd.Int64N(int64(20 * time.Hour))))
				compare(session.Verdict())
			}
		})
	}
	assert.Greater(t, ready, 100, "the two also have to agree on apps that are ready")
}

// byScope has a read without ids for some scopes.
var byScope = map[rcapi.Scope]rcapi.Operation{
	rcapi.ScopeReadAccounts: rcapi.ReadExtension, rcapi.ScopeReadMessages: rcapi.ListMessages, rcapi.ScopeReadCallLog: rcapi.ReadUserCallLog,
	rcapi.ScopeReadPresence: rcapi.ReadUserPresenceStatus, rcapi.ScopeTeamMessaging: rcapi.ListGlipChatsNew,
}

// pool is a few of those scopes.
func pool(seed uint64) []rcapi.Scope {
	all := []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadMessages, rcapi.ScopeReadCallLog, rcapi.ScopeReadPresence, rcapi.ScopeTeamMessaging}
	rnd := rand.New(rand.NewPCG(seed, 11))
	rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:1+rnd.IntN(len(all))]
}

// exempt is one of them in every third app with several: its endpoint is declared, but no sweep calls it.
func exempt(seed uint64) []rcapi.Scope {
	if all := pool(seed); len(all) > 1 && seed%3 == 0 {
		return all[:1]
	}
	return nil
}

// stray is one call of an app under development: most are good, some lack a scope, some a token, some are nonsense.
func stray(t *testing.T, s *gradtest.Session, rnd *rand.Rand, declared []rcapi.Scope) {
	method, path, token := http.MethodGet, "", ""
	switch n := rnd.IntN(100); {
	case n < 90:
		path = mustExpand(t, byScope[declared[rnd.IntN(len(declared))]])
	case n < 94:
		path = mustExpand(t, byScope[pool(rnd.Uint64())[0]])
	case n < 95:
		path, token = mustExpand(t, rcapi.ReadExtension), "Bearer nonsense"
	case n < 96:
		path = "/restapi/v1.0/account/~/extension/~/nonsense"
	case n < 97:
		method, path = http.MethodPost, mustExpand(t, rcapi.CreateContact)
	case n < 98:
		method, path, token = http.MethodPost, "/restapi/oauth/token", "Basic bm9ib2R5Om5vdGhpbmc="
	default:
		path = "/restapi/v1.0/dictionary/timezone"
	}
	req, err := http.NewRequestWithContext(t.Context(), method, s.URL()+path, bytes.NewReader(nil))
	require.NoError(t, err)
	client := s.Client()
	if token != "" {
		req.Header.Set("Authorization", token)
		client = &http.Client{Transport: s.Transport(nil)}
	}
	resp, err := client.Do(req)
	require.NoError(t, err)
	_, _ = io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
}

func mustExpand(t *testing.T, op rcapi.Operation) string {
	path, err := op.Expand(nil)
	require.NoError(t, err)
	return path
}
