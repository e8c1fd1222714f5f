package rctest

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

const (
	viaWebhook = `{"eventFilters":["/restapi/v1.0/account/~/extension/~/message-store"],"deliveryMode":{"transportType":"WebHook","address":"https://hook.example/x"}}`
	viaSocket  = `{"eventFilters":["/restapi/v1.0/account/~/extension/~/presence"],"deliveryMode":{"transportType":"WebSocket"}}`
)

func TestWebhookNeedsItsScope(t *testing.T) {
	a := newApp(t, Config{Scopes: []rcapi.Scope{rcapi.ScopeReadMessages}})
	got := a.call("POST /restapi/v1.0/subscription", viaWebhook)
	assert.Equal(t, 403, got.status)
	assert.Equal(t, [2]string{"SUB-528", "SUB-528"}, got.codes(t))
	assert.Equal(t, "SubscriptionWebhook", got.json(t)["permissionName"])
	assert.Equal(t, 200, a.call("POST /restapi/v1.0/subscription", viaSocket).status)

	a = newApp(t, Config{Scopes: []rcapi.Scope{"WebhookSubscriptions"}})
	assert.Equal(t, 200, a.call("POST /restapi/v1.0/subscription", viaWebhook).status, "by its other name")
}

func TestSubscription(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{})
		m := a.call("POST /restapi/v1.0/subscription", viaWebhook).json(t)
		assert.Len(t, m["id"], 36, "a UUID")
		assert.Equal(t, "Active", m["status"])
		assert.Len(t, m["eventFilters"], 1)
		assert.Equal(t, "2000-01-01T00:00:00.000Z", m["creationTime"])
		assert.Equal(t, "2000-01-07T23:59:59.000Z", m["expirationTime"])
		assert.Equal(t, "https://hook.example/x", m["deliveryMode"].(map[string]any)["address"])
		assert.Empty(t, a.call("GET /restapi/v1.0/subscription").json(t)["records"])
	})
}
