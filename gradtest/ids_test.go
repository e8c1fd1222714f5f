package gradtest

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestMemberOf(t *testing.T) {
	const body = `{"id":12345678901234567890,"records":[{"id":"a","tags":["x"]}],"empty":[],"on":true}`
	for path, want := range map[string]string{"id": "12345678901234567890", "records.0.id": "a", "records.0.tags.0": "x"} {
		got, err := memberOf([]byte(body), path)
		require.NoError(t, err, path)
		assert.Equal(t, want, got)
	}
	for path, want := range map[string]string{
		"name": "the response has no member name", "records.id": `records is a list: write the index of an item instead of "id"`,
		"empty.0.id": "empty has 0 items: create one first", "on": "on is neither a string nor a number", "on.x": "on has no members",
		"records.-1": "records is a list", "records": "neither a string nor a number",
	} {
		_, err := memberOf([]byte(body), path)
		assert.ErrorContains(t, err, want)
	}
	_, err := memberOf([]byte("<html>"), "id")
	assert.ErrorContains(t, err, "not JSON")
}

// sent counts the successes and failures by operation.
func sent(t *testing.T, app App) (good, bad map[string]int, err error) {
	t.Helper()
	store := ledger.NewMemory()
	app.Store = store
	_, err = Sweep(t.Context(), app)
	good, bad = make(map[string]int), make(map[string]int)
	for r, err := range store.Records(t.Context(), time.Time{}) {
		require.NoError(t, err)
		if r.Kind == ledger.Done {
			if r.Succeeded() {
				good[r.Op]++
			} else {
				bad[r.Op]++
			}
		}
	}
	return good, bad, err
}

func TestFromListLooksUpOnce(t *testing.T) {
	good, bad, err := sent(t, App{Scopes: []rcapi.Scope{rcapi.ScopeReadMessages}, Endpoints: []Endpoint{
		{Op: rcapi.ReadMessage, Prepare: FromList(rcapi.ListMessages, "records.0.id", "messageId")},
		{Op: rcapi.ListMessages},
	}})
	require.NoError(t, err)
	assert.Empty(t, bad)
	assert.LessOrEqual(t, good["listMessages"]+good["readMessage"], 22)
}

func TestFromListSaysWhatIsMissing(t *testing.T) {
	_, bad, err := sent(t, App{Scopes: []rcapi.Scope{rcapi.ScopeReadMessages}, Endpoints: []Endpoint{
		{Op: rcapi.ReadMessage, Prepare: FromList(rcapi.ListMessages, "records.9999.id", "messageId")},
		{Op: rcapi.ListMessages},
	}})
	require.ErrorContains(t, err, "in Prepare: the response of listMessages has no records.9999.id: records has")
	assert.Empty(t, bad)
	_, _, err = sent(t, App{Scopes: []rcapi.Scope{rcapi.ScopeReadMessages}, Endpoints: []Endpoint{
		{Op: rcapi.ReadMessage, Prepare: FromList(rcapi.ReadMessage, "id", "messageId")}, {Op: rcapi.ListMessages},
	}})
	assert.ErrorContains(t, err, "messageId is missing")
}

func TestDeleteRemovesWhatWasCreated(t *testing.T) {
	good, bad, err := sent(t, App{Scopes: []rcapi.Scope{rcapi.ScopeContacts, rcapi.ScopeReadContacts}, Endpoints: []Endpoint{
		{Op: rcapi.CreateContact, Body: map[string]string{"firstName": "Ada"}, Cleanup: Delete(rcapi.DeleteContact, "id", "contactId")},
		{Op: rcapi.ListContacts},
	}})
	require.NoError(t, err)
	assert.Empty(t, bad)
	assert.Equal(t, good["createContact"], good["deleteContact"])

	_, bad, err = sent(t, App{Scopes: []rcapi.Scope{rcapi.ScopeReadContacts}, Endpoints: []Endpoint{
		{Op: rcapi.ListContacts, Do: func(c *Call) {
			resp, err := c.Client().Get(c.URL() + "/restapi/v1.0/account/~/extension/~/address-book/contact")
			require.NoError(c, err)
			resp.Body.Close()
		}, Cleanup: Delete(rcapi.DeleteContact, "id", "contactId")},
	}})
	assert.ErrorContains(t, err, "Delete without a response")
	assert.Empty(t, bad[http.MethodDelete])
}

func FuzzMemberOf(f *testing.F) {
	f.Add(`{"records":[{"id":1}]}`, "records.0.id")
	f.Add(`[[]]`, "0.0")
	f.Add(`{"":""}`, "")
	f.Fuzz(func(t *testing.T, body, path string) {
		value, err := memberOf([]byte(body), path)
		if err != nil {
			assert.Empty(t, value)
		}
	})
}
