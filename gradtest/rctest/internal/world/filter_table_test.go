package world_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestEventFilters(t *testing.T) {
	const extension, account = "/restapi/v1.0/account/~/extension/~", "/restapi/v1.0/account/~"
	s := newScene(t)
	for _, filter := range []string{
		extension + "/message-store", extension + "/message-store?type=Fax&direction=Outbound",
		extension + "/message-store/instant?type=SMS", extension + "/presence?detailedTelephonyState=true&sipData=true",
		extension + "/presence/dnd", extension + "/missed-calls", extension + "/telephony/sessions?missedCall=true",
		worldtest.AccountPath + "/presence", account + "/extension/" + worldtest.OtherUser + "/presence",
		account + "/call-queues/5/presence", account + "/a2p-sms/batches/" + "7", "/team-messaging/v1/posts",
		"/restapi/v1.0/glip/groups", "/restapi/v1.0/subscription/~?threshold=60&interval=15",
		account + "/phone-number?usageType=ContactCenterNumber",
	} {
		assert.Equal(t, 200, s.Call("POST "+worldtest.SubscriptionPath, worldtest.Webhook(filter)).Status, filter)
	}
	for _, filter := range []string{
		extension + "/mesage-store", extension + "/message-store?messageType=SMS", extension + "/message-store?type=Sms",
		extension + "/presence?detailedTelephonyPresence=true", extension + "/presence?sipData=yes",
		extension + "/presence/", extension + "/message-store/instant/more", account + "/message-store",
		"/restapi/v1.0/account/5/extension/~/presence", account + "/extension/7/presence", account + "/presense",
		"/restapi/v1.0/account/~/extension/~/call-log", "/restapi/v2/accounts/~/presence", "/restapi/v1.0/glip/",
		"presence", "", "/", "/restapi/v1.0/subscription/5",
	} {
		got := s.Call("POST "+worldtest.SubscriptionPath, worldtest.Webhook(extension+"/presence", filter))
		assert.Equal(t, 400, got.Status, filter)
		if filter != "" {
			assert.Equal(t, "CMN-101", got.Code(), filter)
		}
	}
}

func TestSubscriptionMaxima(t *testing.T) {
	s := newScene(t)
	for mode, most := range map[string]float64{
		`{"transportType":"WebHook","address":"https://hook.example/x"}`:         315_360_000,
		`{"transportType":"PubNub","encryption":true}`:                           900,
		`{"transportType":"RC/APNS","certificateName":"c","registrationId":"r"}`: 7_776_000,
	} {
		s.Older = !strings.Contains(mode, "WebHook")
		body := `{"eventFilters":["/restapi/v1.0/account/~/extension/~/presence"],"expiresIn":2000000000,"deliveryMode":` + mode + `}`
		made := s.Call("POST "+worldtest.SubscriptionPath, body).OK()
		assert.EqualValues(t, most, made["expiresIn"], mode)
		path := worldtest.SubscriptionPath + "/" + worldtest.IDOf(made)
		assert.EqualValues(t, most, s.Call("PUT "+path, `{"eventFilters":["/restapi/v1.0/account/~/extension/~/presence"],"expiresIn":2000000000}`).OK()["expiresIn"])
		renewed := s.Call("POST " + path + "/renew").OK()["expiresIn"]
		assert.EqualValues(t, min(most, 604_799), renewed)
		assert.EqualValues(t, renewed, s.Call("PUT " + path).OK()["expiresIn"], "without a body")
		assert.Equal(t, made["deliveryMode"], s.Call("GET " + path).OK()["deliveryMode"])
	}
}

// TestPubNub is the transport of the editions until 2024.
func TestPubNub(t *testing.T) {
	s := newScene(t)
	s.Older = true
	body := `{"eventFilters":["/restapi/v1.0/account/~/extension/~/presence"],"deliveryMode":{"transportType":"PubNub","encryption":true}}`
	mode := s.Call("POST "+worldtest.SubscriptionPath, body).OK()["deliveryMode"]
	for _, member := range []string{"address", "subscriberKey", "secretKey", "encryptionKey", "encryptionAlgorithm"} {
		assert.Contains(t, mode, member)
	}
	hook := s.Call("POST "+worldtest.SubscriptionPath, worldtest.Webhook("/restapi/v1.0/account/~/extension/~/presence")).OK()
	assert.NotContains(t, hook["deliveryMode"], "verificationToken", "it is a secret")
}
