package rctest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestExtension(t *testing.T) {
	a := newApp(t, Config{})
	m := a.call(getOwn).json(t)
	for key, want := range map[string]any{"id": 62264425.0, "extensionNumber": "101", "status": "Enabled", "type": "User", "name": userName} {
		assert.Equal(t, want, m[key], key)
	}
	others := a.call("GET /restapi/v1.0/account/~/extension").json(t)["records"].([]any)
	require.Len(t, others, 3)
	assert.Equal(t, m["id"], others[0].(map[string]any)["id"], "the user's own")
	second := a.call("GET /restapi/v1.0/account/~/extension/" + extensionAt(1)).json(t)
	assert.Equal(t, "102", second["extensionNumber"])
}

func TestPhoneNumbers(t *testing.T) {
	a := newApp(t, Config{})
	records := a.call("GET " + own + "/phone-number").json(t)["records"].([]any)
	require.Len(t, records, 2)
	var senders []any
	for _, r := range records {
		m := r.(map[string]any)
		assert.Regexp(t, `^\+1650555\d{4}$`, m["phoneNumber"])
		for _, f := range m["features"].([]any) {
			if f == "SmsSender" {
				senders = append(senders, m["phoneNumber"])
			}
		}
	}
	assert.Equal(t, []any{ownNumber}, senders, "one can send messages")
}

func TestPresence(t *testing.T) {
	a := newApp(t, Config{})
	assert.Equal(t, "Available", a.call("GET " + own + "/presence").json(t)["presenceStatus"])
	assert.Len(t, a.call("GET " + own + "/address-book/contact").json(t)["records"], 2)
	assert.NotEmpty(t, a.call("GET /restapi/v1.0/account/~").json(t)["mainNumber"])
}
