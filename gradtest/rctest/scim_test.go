package rctest

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSCIM(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	got := a.call("GET /scim/v2/Users")
	assert.Equal(t, "application/scim+json;charset=utf-8", got.header.Get("Content-Type"))
	m := got.json(t)
	assert.EqualValues(t, 1, m["totalResults"])
	user := m["Resources"].([]any)[0].(map[string]any)
	assert.Equal(t, extensionID, user["id"])
	assert.Equal(t, []any{"urn:ietf:params:scim:schemas:core:2.0:User"}, user["schemas"])
	assert.Equal(t, "http://example.com/scim/v2/Users/"+extensionID, user["meta"].(map[string]any)["location"])
	assert.EqualValues(t, 1, a.call("POST /scim/v2/Users/.search", "{}").json(t)["totalResults"])

	made := a.call("POST /scim/v2/Users", "{}")
	assert.Equal(t, 201, made.status)
	assert.NotEqual(t, extensionID, made.json(t)["id"])
	assert.Equal(t, "77", a.call("GET /scim/v2/Users/77").json(t)["id"])
	assert.Contains(t, a.call("GET /scim/v2/ServiceProviderConfig").json(t), "patch")

	broken := a.request("POST /scim/v2/Users", "{")
	broken.Header.Set("Content-Type", "application/scim+json")
	got = a.send(broken)
	assert.Equal(t, 400, got.status)
	assert.Equal(t, "invalidSyntax", got.json(t)["scimType"])
}
