package rctest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAddressesAreCanonical(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	account := "http://example.com/restapi/v1.0/account/" + accountID
	for path, want := range map[string]struct {
		uri string
		id  any
	}{
		"/restapi/v1.0/account/~":             {account, 37439510.0},
		own + "/":                             {account + "/extension/" + extensionID, 62264425.0},
		own + "/message-store/77":             {account + "/extension/" + extensionID + "/message-store/77", 77.0},
		own + "/call-log/7b":                  {account + "/extension/" + extensionID + "/call-log/7b", "7b"},
		own + "/call-log/77":                  {account + "/extension/" + extensionID + "/call-log/77", "77"},
		own + "/message-store/a%2fb":          {account + "/extension/" + extensionID + "/message-store/a%2fb", "a/b"},
		own + "/message-store/007":            {account + "/extension/" + extensionID + "/message-store/007", "007"},
		"/team-messaging/v1/chats/~":          {"http://example.com/team-messaging/v1/chats/9" + extensionID, "9" + extensionID},
		"/restapi/v1.0/account/5/extension/6": {"http://example.com/restapi/v1.0/account/5/extension/6", 6.0},
	} {
		m := a.call("GET " + path).json(t)
		assert.Equal(t, want.uri, m["uri"], path)
		assert.Equal(t, want.id, m["id"], path)
	}
}

func TestThingsMadeHaveIDsOfTheirOwn(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	seen := map[any]bool{}
	for range 5 {
		for _, path := range []string{own + "/sms", own + "/ring-out", own + "/answering-rule", "/restapi/v1.0/subscription", "/team-messaging/v1/chats/1/posts"} {
			m := a.call("POST "+path, "{}").json(t)
			assert.NotContains(t, seen, m["id"], path)
			seen[m["id"]] = true
			where := strings.TrimPrefix(m["uri"].(string), "http://example.com")
			assert.Less(t, a.call("GET "+where).status, 300, where)
		}
	}
	renewed := a.call("POST /restapi/v1.0/subscription/abc/renew").json(t)
	assert.Equal(t, "abc", renewed["id"], "renewing makes nothing new")
}
