package redisstore_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
	"github.com/graduationkit/ringcentral/gradtest/redisstore"
)

var app = gradtest.App{
	Name:      "crm-sync",
	Scopes:    []rcapi.Scope{rcapi.ScopeReadAccounts},
	Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}},
}

// A store of one's own making, such as on a cluster, is given to the app. Without one, GRADTEST_REDIS does the same.
func Example() {
	cluster := redis.NewClusterClient(&redis.ClusterOptions{Addrs: []string{"redis-1:6379", "redis-2:6379"}})
	defer cluster.Close()
	store, err := redisstore.New(cluster, "platform.ringcentral.com-"+os.Getenv("RC_APP_CLIENT_ID"), redisstore.Config{})
	if err != nil {
		panic(err)
	}
	defer store.Close()
	app := app
	app.Store = store // its gate keeps the limits, and its cabinet the token
	_, _ = gradtest.Sweep(context.Background(), app)
}

// TestStoreGivenByHand sweeps twice over a store that the app brings along: once with its gate, once with one of another
// making beside it.
func TestStoreGivenByHand(t *testing.T) {
	server := redistest.Start(t)
	platform := rctest.NewServer(t, rctest.Config{Scopes: app.Scopes})
	for name, value := range map[string]string{
		"RC_SERVER_URL": platform.URL, "RC_APP_CLIENT_ID": platform.ClientID, "RC_APP_CLIENT_SECRET": platform.ClientSecret, "RC_USER_JWT": platform.JWT,
		"GRADTEST_DIR": t.TempDir(), "GRADTEST_REDIS": "",
	} {
		t.Setenv(name, value)
	}
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
