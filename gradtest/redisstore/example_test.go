package redisstore_test

import (
	"context"
	"os"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/redisstore"
)

var app = gradtest.App{
	Name:      "crm-sync",
	Scopes:    []rcapi.Scope{rcapi.ScopeReadAccounts},
	Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}},
}

// Set App.Store for a Redis that a URL cannot describe, such as a cluster. For all others GRADTEST_REDIS is enough.
func Example() {
	cluster := redis.NewClusterClient(&redis.ClusterOptions{Addrs: []string{"redis-1:6379", "redis-2:6379"}})
	defer cluster.Close()
	store, err := redisstore.New(cluster, "platform.ringcentral.com-"+os.Getenv("RC_APP_CLIENT_ID"), redisstore.Config{})
	if err != nil {
		panic(err)
	}
	defer store.Close()
	app := app
	app.Store = store // its gate keeps the limits, and its token cache the token
	_, _ = gradtest.Sweep(context.Background(), app)
}
