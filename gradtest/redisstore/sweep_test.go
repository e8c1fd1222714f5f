package redisstore_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
	"github.com/graduationkit/ringcentral/gradtest/redisstore"
)

// live points the environment at an emulator for this test.
func live(t *testing.T) *rctest.Server {
	platform := rctest.NewServer(t, rctest.Config{Scopes: app.Scopes})
	for name, value := range map[string]string{
		"RC_SERVER_URL": platform.URL, "RC_APP_CLIENT_ID": platform.ClientID, "RC_APP_CLIENT_SECRET": platform.ClientSecret, "RC_USER_JWT": platform.JWT,
		"GRADTEST_DIR": t.TempDir(), "GRADTEST_REDIS": "",
	} {
		t.Setenv(name, value)
	}
	return platform
}

// TestStoreGivenByHand sweeps twice with a store that the app sets: once with the gate of the store, once with a second
// one.
func TestStoreGivenByHand(t *testing.T) {
	server := redistest.Start(t)
	platform := live(t)
	store, err := redisstore.New(server.Client(), "app", redisstore.Config{Quarantine: -1})
	require.NoError(t, err)
	defer store.Close()
	app := app
	app.Store = store
	for range 2 {
		v, err := gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		assert.True(t, v.Ready)
		app.Gate = store.Gate(nil)
		app.Repeat = true
	}
	tokens, sent := 0, platform.Calls()
	for _, c := range sent {
		if c.Path == "/restapi/oauth/token" {
			tokens++
		}
	}
	assert.Equal(t, 1, tokens)
	assert.Zero(t, platform.Verdict().TooManyRequests)
	recorded := 0
	for r, err := range store.Records(t.Context(), time.Time{}) {
		require.NoError(t, err)
		if r.Kind == ledger.Done {
			recorded++
		}
	}
	assert.Len(t, sent, recorded)
}

// TestRedisDiesInASweep: the sweep stops with one error that says what to do.
func TestRedisDiesInASweep(t *testing.T) {
	server := redistest.Start(t)
	live(t)
	store, err := redisstore.Open(t.Context(), server.URL()+"?quarantine=none&patience=200ms", "app")
	require.NoError(t, err)
	defer store.Close()
	app := app
	app.Store = store
	app.Progress = func(gradtest.Progress) { server.Kill() }
	_, err = gradtest.Sweep(t.Context(), app)
	_, ok := errors.AsType[*gradtest.StoppedError](err)
	require.True(t, ok, "%v", err)
	assert.ErrorContains(t, err, "start it, or correct GRADTEST_REDIS, then run again")
	assert.LessOrEqual(t, strings.Count(err.Error(), "Redis at"), 2, "the sweep's end and the verdict's: %v", err)
}
