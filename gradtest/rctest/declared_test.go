package rctest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestDeclaredOperations(t *testing.T) {
	calendars := rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/extension/{extensionId}/cloud-calendars").
		In(rcapi.Light).Needs(rcapi.ScopeReadPresence)
	a := newApp(t, Config{
		Scopes:     []rcapi.Scope{rcapi.ScopeReadPresence, rcapi.ScopeReadAccounts},
		Operations: []rcapi.Operation{calendars, rcapi.ReadExtension.In(rcapi.Heavy)},
	})
	const path = "GET /restapi/v1.0/account/~/extension/~/cloud-calendars"
	got := a.call(path)
	assert.Equal(t, 200, got.status, got.body)
	assert.Contains(t, got.json(t)["uri"], "/cloud-calendars")
	assert.Equal(t, "light", got.header.Get("X-Rate-Limit-Group"))
	assert.Equal(t, "light", a.call("GET /restapi/v1.0/account/~/extension/~").header.Get("X-Rate-Limit-Group"), "the catalogue's own stay")
	assert.Equal(t, 404, a.call("GET /restapi/v1.0/account/5/extension/~/cloud-calendars").status)
	assert.Equal(t, 404, a.call(path+"/7").status, "not declared yet")

	a.h.Declare(
		rcapi.MustParse("DELETE /restapi/v1.0/account/{accountId}/extension/{extensionId}/cloud-calendars/{calendarId}"),
		rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/extension/{extensionId}/cloud-calendars/{calendarId}").Needs(rcapi.ScopeSMS),
	)
	got = a.call("DELETE /restapi/v1.0/account/~/extension/~/cloud-calendars/7")
	assert.Equal(t, 200, got.status, got.body)
	assert.Equal(t, "7", got.json(t)["id"])
	assert.Equal(t, "medium", got.header.Get("X-Rate-Limit-Group"), "where the platform booked unknown addresses")
	assert.Equal(t, 200, a.call(path).status, "earlier ones stay")
	got = a.call(path + "/7")
	assert.Equal(t, 403, got.status)
	assert.Contains(t, got.body, "[SMS]")

	_, err := a.h.Fail(Fault{Method: "GET", Path: "/restapi/v1.0/account", Status: 503, Times: 1})
	require.NoError(t, err)
	assert.Equal(t, 503, a.call(path).status)
	r := a.request(path)
	r.Header.Del("Authorization")
	assert.Equal(t, 401, a.send(r).status)
}

func TestSameTemplate(t *testing.T) {
	assert.True(t, sameTemplate("/a/{b}/c", "/a/{x}/c"))
	assert.False(t, sameTemplate("/a/{b}", "/a/b"))
	assert.False(t, sameTemplate("/a/{b}", "/a/{b}/c"))
}
