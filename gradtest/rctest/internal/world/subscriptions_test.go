package world

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestSubscriptionIsMadeReadRenewedAndRemoved(t *testing.T) {
	s := newScene(t)
	made := s.call("POST "+subscriptionPath, hook("/restapi/v1.0/account/~/extension/~/message-store")).ok()
	assert.Equal(t, []string{extension + "/message-store"}, texts(made, "eventFilters"), "real ids in the place of ~")
	assert.Equal(t, "Active", made["status"])
	assert.EqualValues(t, subscriptionDefault, made["expiresIn"])
	path := subscriptionPath + "/" + text(made, "id")
	s.at = s.at.Add(time.Minute)
	assert.EqualValues(t, subscriptionDefault-60, s.call("GET " + path).ok()["expiresIn"])
	assert.EqualValues(t, subscriptionDefault, s.call("POST " + path + "/renew").ok()["expiresIn"])
	assert.EqualValues(t, 100, s.call("PUT "+path, `{"eventFilters":["/restapi/v1.0/account/~/extension/~/presence"],"expiresIn":100}`).ok()["expiresIn"])
	assert.Len(t, objects(s.call("GET "+subscriptionPath).ok(), "records"), 1)

	s.user = otherUser
	assert.Equal(t, "CMN-102", s.call("GET "+path).code(), "somebody else's")
	assert.Empty(t, objects(s.call("GET "+subscriptionPath).ok(), "records"))
	s.user = testUser
	s.at = s.at.Add(100 * time.Second)
	assert.Equal(t, "SUB-507", s.call("GET "+path).code(), "expired")

	again := text(s.call("POST "+subscriptionPath, hook("/restapi/v1.0/account/~/extension/~/presence")).ok(), "id")
	assert.Equal(t, 204, s.call("DELETE "+subscriptionPath+"/"+again).status)
	assert.Equal(t, "CMN-102", s.call("GET "+subscriptionPath+"/"+again).code())
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
		{name: "no such filter", body: hook("presence"), status: 400, code: "SUB-508"},
		{name: "no filter", body: `{"eventFilters":[],"deliveryMode":{"transportType":"WebSocket"}}`, status: 400, code: "CMN-101"},
		{name: "no delivery mode", body: `{"eventFilters":["/restapi/v1.0/account/~/extension/~/presence"]}`, status: 400, code: "CMN-100"},
		{name: "no https", body: address("http://hook.example/x"), status: 400, code: "SUB-523"},
		{name: "no address", body: address(""), status: 400, code: "CMN-100"},
		{name: "transport not permitted", body: hook("/restapi/v1.0/account/~/extension/~/presence"), grants: []rcapi.Scope{rcapi.ScopeReadPresence}, status: 403, code: "SUB-528"},
		{name: "filter not permitted", body: hook("/restapi/v1.0/account/~/extension/~/presence"), grants: []rcapi.Scope{rcapi.ScopeSubscriptionWebhook}, status: 403, code: "SUB-406"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := &Request{}
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
			got := newScene(t).send("POST "+subscriptionPath, q)
			assert.Equal(t, c.code, got.code())
			assert.Equal(t, c.status, got.status)
		})
	}
}

func TestSubscriptionsAreLimited(t *testing.T) {
	s := newScene(t, func(c *Config) { c.Subscriptions = 2 })
	for range 2 {
		s.call("POST "+subscriptionPath, hook("/restapi/v1.0/account/~/extension/~/presence")).ok()
	}
	assert.Equal(t, "SUB-505", s.call("POST "+subscriptionPath, hook("/restapi/v1.0/account/~/extension/~/presence")).code())
}

func TestFiltersThatAreNotPermittedAreListedApart(t *testing.T) {
	s := newScene(t)
	q := &Request{Grants: func(s rcapi.Scope) bool { return s != rcapi.ScopeReadPresence }}
	require.NoError(t, json.Unmarshal([]byte(hook("/restapi/v1.0/account/~/extension/~/presence", "/restapi/v1.0/account/~/extension/~/message-store")), &q.Body))
	got := s.send("POST "+subscriptionPath, q).ok()
	assert.Equal(t, []string{extension + "/message-store"}, texts(got, "eventFilters"))
	assert.Equal(t, extension+"/presence", objects(got, "disabledFilters")[0]["filter"])
	assert.True(t, q.Webhook)
}

func TestSubscribersAreTold(t *testing.T) {
	s := newScene(t)
	id := text(s.call("POST "+subscriptionPath, hook("/restapi/v1.0/account/~/extension/~")).ok(), "id")
	s.call("POST "+subscriptionPath, hook("/restapi/v1.0/account/~/extension/~/presence")).ok()
	s.call("PUT "+extension, `{"contact":{"firstName":"New"}}`).ok()
	require.Len(t, s.told, 1, "the other one asked for something else")
	n := s.told[0]
	assert.Equal(t, "https://hook.example/x", n.Address)
	assert.Equal(t, "v", n.Token)
	var body Object
	require.NoError(t, json.Unmarshal(n.Body, &body))
	assert.Equal(t, extension, body["event"])
	assert.Equal(t, id, body["subscriptionId"])
	assert.Equal(t, testUser, body["ownerId"])
	assert.Equal(t, "Update", object(body, "body")["eventType"])

	s.call("DELETE " + subscriptionPath + "/" + id).ok()
	s.call("PUT "+extension, `{"contact":{"firstName":"Newer"}}`).ok()
	assert.Len(t, s.told, 1)
}

func TestReserved(t *testing.T) {
	for address, want := range map[string]bool{
		"https://hook.example/x": true, "https://example.com": true, "https://a.b.example.org:8443/": true, "https://x.invalid": true,
		"https://example.com.evil.net": false, "https://notexample.com": false, "http://127.0.0.1:80": false,
	} {
		assert.Equal(t, want, Reserved(address), address)
	}
}

func TestUpdateKeepsTheDeliveryMode(t *testing.T) {
	s := newScene(t)
	filter := "/restapi/v1.0/account/~/extension/~/message-store"
	path := subscriptionPath + "/" + idOf(s.call("POST "+subscriptionPath, hook(filter)).ok())
	before := object(s.call("GET "+path).ok(), "deliveryMode")
	for _, mode := range []string{`null`, `{"address":"https://other.example"}`, `{"transportType":"WebSocket"}`} {
		s.call("PUT "+path, `{"eventFilters":["`+filter+`"],"deliveryMode":`+mode+`}`).ok()
		assert.Equal(t, before, object(s.call("GET "+path).ok(), "deliveryMode"), mode)
	}
}

// TestExpiredSubscriptionsAreForgotten, in the end: until then they are told to have expired.
func TestExpiredSubscriptionsAreForgotten(t *testing.T) {
	s := newScene(t)
	var ids []string
	for range expiredKept + 2 {
		body := `{"expiresIn":1,` + hook("/restapi/v1.0/account/~/extension/~/presence")[1:]
		ids = append(ids, text(s.call("POST "+subscriptionPath, body).ok(), "id"))
		s.at = s.at.Add(2 * time.Second)
	}
	assert.Equal(t, "CMN-102", s.call("GET "+subscriptionPath+"/"+ids[0]).code())
	assert.Equal(t, "SUB-507", s.call("GET "+subscriptionPath+"/"+ids[1]).code())
}
