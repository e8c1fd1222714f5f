package world_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestSubscriptionIsMadeReadRenewedAndRemoved(t *testing.T) {
	s := newScene(t)
	made := s.Call("POST "+worldtest.SubscriptionPath,
		worldtest.Webhook("/restapi/v1.0/account/~/extension/~/message-store")).OK()
	assert.Equal(t, []string{worldtest.ExtensionPath + "/message-store"}, world.Texts(made, "eventFilters"),
		"real ids in the place of ~")
	assert.Equal(t, "Active", made["status"])
	assert.EqualValues(t, world.DefaultSubscription, made["expiresIn"])
	path := worldtest.SubscriptionPath + "/" + world.Text(made, "id")
	s.At = s.At.Add(time.Minute)
	assert.EqualValues(t, world.DefaultSubscription-60, s.Call("GET " + path).OK()["expiresIn"])
	assert.EqualValues(t, world.DefaultSubscription, s.Call("POST " + path + "/renew").OK()["expiresIn"])
	assert.EqualValues(t, 100,
		s.Call("PUT "+path,
			`{"eventFilters":["/restapi/v1.0/account/~/extension/~/presence"],"expiresIn":100}`).OK()["expiresIn"])
	assert.Len(t, world.Children(s.Call("GET "+worldtest.SubscriptionPath).OK(), "records"), 1)

	s.User = worldtest.OtherUser
	assert.Equal(t, "CMN-102", s.Call("GET "+path).Code(), "somebody else's")
	assert.Empty(t, world.Children(s.Call("GET "+worldtest.SubscriptionPath).OK(), "records"))
	s.User = worldtest.User
	s.At = s.At.Add(100 * time.Second)
	assert.Equal(t, "SUB-507", s.Call("GET "+path).Code(), "expired")

	again := world.Text(s.Call("POST "+worldtest.SubscriptionPath,
		worldtest.Webhook("/restapi/v1.0/account/~/extension/~/presence")).OK(), "id")
	assert.Equal(t, 204, s.Call("DELETE "+worldtest.SubscriptionPath+"/"+again).Status)
	assert.Equal(t, "CMN-102", s.Call("GET "+worldtest.SubscriptionPath+"/"+again).Code())
}

func TestSubscriptionRefusals(t *testing.T) {
	address := func(a string) string {
		return fmt.Sprintf(`{"eventFilters":["/restapi/v1.0/account/~/extension/~/presence"],"deliveryMode":{"transportType":"WebHook","address":%q}}`, a)
	}
	for _, c := range []struct {
		name, body string
		grants     []rcapi.Scope
		status     int
		code       string
	}{
		{name: "no such filter", body: worldtest.Webhook("presence"), status: 400, code: "CMN-101"},
		{name: "no filter", body: `{"eventFilters":[],"deliveryMode":{"transportType":"WebSocket"}}`, status: 400,
			code: "CMN-101"},
		{name: "no delivery mode", body: `{"eventFilters":["/restapi/v1.0/account/~/extension/~/presence"]}`, status: 400,
			code: "CMN-100"},
		{name: "no https", body: address("http://hook.example/x"), status: 400, code: "SUB-523"},
		{name: "no address", body: address(""), status: 400, code: "CMN-100"},
		{name: "transport not permitted", body: worldtest.Webhook("/restapi/v1.0/account/~/extension/~/presence"),
			grants: []rcapi.Scope{rcapi.ScopeReadPresence}, status: 403, code: "SUB-528"},
		{name: "filter not permitted", body: worldtest.Webhook("/restapi/v1.0/account/~/extension/~/presence"),
			grants: []rcapi.Scope{rcapi.ScopeSubscriptionWebhook}, status: 403, code: "SUB-406"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := &world.Request{}
			require.NoError(t, json.Unmarshal([]byte(c.body), &q.Body))
			if c.grants != nil {
				q.Grants = func(s rcapi.Scope) bool {
					for _, g := range c.grants {
						if g == s {
							return true
						}
					}
					return false
				}
			}
			got := newScene(t).Send("POST "+worldtest.SubscriptionPath, q)
			assert.Equal(t, c.code, got.Code())
			assert.Equal(t, c.status, got.Status)
		})
	}
}

func TestSubscriptionsAreLimited(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Subscriptions = 2 })
	for range 2 {
		s.Call("POST "+worldtest.SubscriptionPath, worldtest.Webhook("/restapi/v1.0/account/~/extension/~/presence")).OK()
	}
	assert.Equal(t, "SUB-505", s.Call("POST "+worldtest.SubscriptionPath,
		worldtest.Webhook("/restapi/v1.0/account/~/extension/~/presence")).Code())
}

func TestFiltersThatAreNotPermittedAreListedApart(t *testing.T) {
	s := newScene(t)
	q := &world.Request{Grants: func(s rcapi.Scope) bool { return s != rcapi.ScopeReadPresence }}
	require.NoError(t, json.Unmarshal([]byte(worldtest.Webhook("/restapi/v1.0/account/~/extension/~/presence",
		"/restapi/v1.0/account/~/extension/~/message-store")), &q.Body))
	got := s.Send("POST "+worldtest.SubscriptionPath, q).OK()
	assert.Equal(t, []string{worldtest.ExtensionPath + "/message-store"}, world.Texts(got, "eventFilters"))
	assert.Equal(t, worldtest.ExtensionPath+"/presence", world.Children(got, "disabledFilters")[0]["filter"])
	assert.True(t, q.Webhook)
}

func TestSubscribersAreTold(t *testing.T) {
	s := newScene(t)
	id := world.Text(s.Call("POST "+worldtest.SubscriptionPath,
		worldtest.Webhook("/restapi/v1.0/account/~/extension/~")).OK(), "id")
	s.Call("POST "+worldtest.SubscriptionPath, worldtest.Webhook("/restapi/v1.0/account/~/extension/~/presence")).OK()
	s.Call("PUT "+worldtest.ExtensionPath, `{"contact":{"firstName":"New"}}`).OK()
	require.Len(t, s.Notifications, 1, "the other one asked for something else")
	n := s.Notifications[0]
	assert.Equal(t, "https://hook.example/x", n.Address)
	assert.Equal(t, "v", n.Token)
	var body world.Object
	require.NoError(t, json.Unmarshal(n.Body, &body))
	assert.Equal(t, worldtest.ExtensionPath, body["event"])
	assert.Equal(t, id, body["subscriptionId"])
	assert.Equal(t, worldtest.User, body["ownerId"])
	assert.Equal(t, "Update", world.Child(body, "body")["eventType"])

	s.Call("DELETE " + worldtest.SubscriptionPath + "/" + id).OK()
	s.Call("PUT "+worldtest.ExtensionPath, `{"contact":{"firstName":"Newer"}}`).OK()
	assert.Len(t, s.Notifications, 1)
}

func TestReserved(t *testing.T) {
	for address, want := range map[string]bool{
		"https://hook.example/x": true, "https://example.com": true, "https://a.b.example.org:8443/": true,
		"https://x.invalid":            true,
		"https://example.com.evil.net": false, "https://notexample.com": false, "http://127.0.0.1:80": false,
	} {
		assert.Equal(t, want, world.Reserved(address), address)
	}
}

func TestUpdateKeepsTheDeliveryMode(t *testing.T) {
	s := newScene(t)
	filter := "/restapi/v1.0/account/~/extension/~/message-store"
	path := worldtest.SubscriptionPath + "/" + worldtest.IDOf(s.Call("POST "+worldtest.SubscriptionPath,
		worldtest.Webhook(filter)).OK())
	before := world.Child(s.Call("GET "+path).OK(), "deliveryMode")
	for _, mode := range []string{`null`, `{"address":"https://other.example"}`, `{"transportType":"WebSocket"}`} {
		s.Call("PUT "+path, `{"eventFilters":["`+filter+`"],"deliveryMode":`+mode+`}`).OK()
		assert.Equal(t, before, world.Child(s.Call("GET "+path).OK(), "deliveryMode"), mode)
	}
}

// TestExpiredSubscriptionsAreForgotten, in the end: until then they are told to have expired.
func TestExpiredSubscriptionsAreForgotten(t *testing.T) {
	s := newScene(t)
	var ids []string
	for range world.MaxExpired + 2 {
		body := `{"expiresIn":1,` + worldtest.Webhook("/restapi/v1.0/account/~/extension/~/presence")[1:]
		ids = append(ids, world.Text(s.Call("POST "+worldtest.SubscriptionPath, body).OK(), "id"))
		s.At = s.At.Add(2 * time.Second)
	}
	assert.Equal(t, "CMN-102", s.Call("GET "+worldtest.SubscriptionPath+"/"+ids[0]).Code())
	assert.Equal(t, "SUB-507", s.Call("GET "+worldtest.SubscriptionPath+"/"+ids[1]).Code())
}
