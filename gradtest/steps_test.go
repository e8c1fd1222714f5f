package gradtest_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

var addressBook = []rcapi.Scope{rcapi.ScopeContacts, rcapi.ScopeReadContacts}

// swept sweeps an app in virtual time, and counts the successes and failures by operation.
func swept(t *testing.T, app gradtest.App) (good, bad map[string]int, err error) {
	t.Helper()
	good, bad = make(map[string]int), make(map[string]int)
	onStage(t, rctest.Config{Scopes: app.Scopes}, func(t *testing.T, s *stage) {
		app.Name, app.Store, app.Target.Base = "staged", s.store, s.base
		_, err = gradtest.Sweep(t.Context(), app)
		for r, err := range s.store.Records(t.Context(), time.Time{}) {
			require.NoError(t, err)
			switch {
			case r.Kind != ledger.Done:
			case r.Succeeded():
				good[r.Op]++
			default:
				bad[r.Op]++
			}
		}
	})
	return good, bad, err
}

func TestFromNewCreatesForEachCall(t *testing.T) {
	ada := map[string]string{"firstName": "Ada"}
	good, bad, err := swept(t, gradtest.App{Scopes: addressBook, Endpoints: []gradtest.Endpoint{
		{Op: rcapi.ListContacts},
		{Op: rcapi.CreateContact, Body: ada},
		{
			Op: rcapi.ReadContact, Cleanup: gradtest.Delete(rcapi.DeleteContact, "", "contactId"),
			Prepare: gradtest.FromNew(rcapi.CreateContact, func(*gradtest.Call) any { return ada }, "id", "contactId"),
		},
		{Op: rcapi.DeleteContact, Prepare: gradtest.FromNew(rcapi.CreateContact, ada, "id", "contactId")},
	}})
	require.NoError(t, err)
	assert.Empty(t, bad)
	assert.GreaterOrEqual(t, good["createContact"], good["readContact"])
	assert.GreaterOrEqual(t, good["deleteContact"], good["readContact"])
}

// An operation that costs money is exempt where the Prepare of another endpoint makes its calls: they are enough.
func TestPaidCallsOfPrepareAreEnough(t *testing.T) {
	const number = "+16505550100"
	ring := map[string]any{"from": map[string]string{"phoneNumber": number}, "to": map[string]string{"phoneNumber": number}}
	good, bad, err := swept(t, gradtest.App{
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeRingOut},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension},
			{Op: rcapi.CreateRingOutCall, Exempt: "deleteRingOutCall calls it in Prepare"},
			{Op: rcapi.DeleteRingOutCall, Prepare: gradtest.FromNew(rcapi.CreateRingOutCall, ring, "id", "ringoutId")},
		},
	})
	require.NoError(t, err)
	assert.Empty(t, bad)
	assert.Equal(t, 5, good["createRingOutCall"])
	assert.Equal(t, 5, good["deleteRingOutCall"])
}

func TestSendBackChangesNothing(t *testing.T) {
	good, bad, err := swept(t, gradtest.App{Scopes: addressBook, Endpoints: []gradtest.Endpoint{
		{Op: rcapi.UpdateContact, Prepare: gradtest.InOrder(
			gradtest.FromList(rcapi.ListContacts, "records.0.id", "contactId"),
			gradtest.SendBack(rcapi.ReadContact, "firstName", "lastName", "noSuchMember"),
		)},
		{Op: rcapi.ListContacts},
		{Op: rcapi.ReadContact, Prepare: gradtest.FromList(rcapi.ListContacts, "records.0.id", "contactId")},
	}})
	require.NoError(t, err)
	assert.Empty(t, bad)
	assert.GreaterOrEqual(t, good["updateContact"], 5)
	_, bad, err = swept(t, gradtest.App{Scopes: addressBook, Endpoints: []gradtest.Endpoint{
		{Op: rcapi.UpdateContact, Prepare: gradtest.InOrder(
			gradtest.FromList(rcapi.ListContacts, "records.0.id", "contactId"),
			gradtest.SendBack(rcapi.ReadContact, "noSuchMember"),
		)},
		{Op: rcapi.ListContacts},
	}})
	require.ErrorContains(t, err, "in Prepare: the response of readContact has no noSuchMember")
	assert.Empty(t, bad)
}

// A chain whose first id only the second step has in its path: a task is created in a chat, and read without it.
func TestInOrderHandsIDsOn(t *testing.T) {
	task := func(c *gradtest.Call) any {
		return map[string]any{"subject": "x", "assignees": []any{map[string]string{"id": c.Value(rcapi.ReadExtension, "id")}}}
	}
	good, bad, err := swept(t, gradtest.App{
		Scopes: []rcapi.Scope{rcapi.ScopeTeamMessaging, rcapi.ScopeReadAccounts},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension}, {Op: rcapi.ReadGlipChatNew},
			{Op: rcapi.ReadTaskNew, Prepare: gradtest.InOrder(
				gradtest.FromList(rcapi.ReadGlipChatNew, "id", "chatId"),
				gradtest.FromNew(rcapi.CreateTaskNew, task, "id", "taskId"),
			), Cleanup: gradtest.Delete(rcapi.DeleteTaskNew, "", "taskId")},
		},
	})
	require.NoError(t, err)
	assert.Empty(t, bad)
	assert.GreaterOrEqual(t, good["readTaskNew"], 5)
	assert.GreaterOrEqual(t, good["createTaskNew"], good["readTaskNew"])
	_, _, err = swept(t, gradtest.App{Scopes: []rcapi.Scope{rcapi.ScopeTeamMessaging}, Endpoints: []gradtest.Endpoint{
		{Op: rcapi.ReadTaskNew, Prepare: gradtest.FromList(rcapi.ReadGlipChatNew, "id", "taskID")},
	}})
	assert.ErrorContains(t, err, "taskId is missing", "a misspelt parameter is not lost")
}

// A value that was found in one resource is not used for another.
func TestFromListLooksUpAgainInAnotherPlace(t *testing.T) {
	create := func(c *gradtest.Call) any {
		return map[string]any{
			"from": map[string]string{"deviceId": c.Value(rcapi.ListExtensionDevices, "records.0.id")},
			"to":   map[string]string{"phoneNumber": c.Value(rcapi.ListExtensionPhoneNumbers, "records.0.phoneNumber")},
		}
	}
	_, bad, err := swept(t, gradtest.App{
		Scopes: []rcapi.Scope{rcapi.ScopeCallControl, rcapi.ScopeReadAccounts},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ListExtensionDevices},
			{Op: rcapi.ReadCallPartyStatus, Prepare: gradtest.InOrder(
				gradtest.FromNew(rcapi.CreateCallOutCallSession, create, "session.id", "telephonySessionId"),
				gradtest.FromList(rcapi.ReadCallSessionStatus, "parties.0.id", "partyId"),
			), Cleanup: gradtest.Delete(rcapi.DeleteCallSession, "", "telephonySessionId")},
		},
	})
	require.NoError(t, err)
	assert.Empty(t, bad)
}

func TestFromListSendsAQuery(t *testing.T) {
	_, bad, err := swept(t, gradtest.App{Scopes: []rcapi.Scope{rcapi.ScopeReadMessages}, Endpoints: []gradtest.Endpoint{
		{
			Op: rcapi.ReadMessage,
			Prepare: gradtest.FromList(rcapi.ListMessages, "records.[type=Fax].id", "messageId",
				url.Values{"messageType": {"SMS"}}),
		},
		{Op: rcapi.ListMessages},
	}})
	require.ErrorContains(t, err, "none with type Fax", "the list has only what the query asks for")
	assert.Empty(t, bad)
}
