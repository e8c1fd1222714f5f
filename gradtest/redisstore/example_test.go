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
	app.Store = store // its gate keeps the limits, and its token cache the token
	_, _ = gradtest.Sweep(context.Background(), app)
}
