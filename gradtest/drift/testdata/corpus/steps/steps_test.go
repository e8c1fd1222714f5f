package steps

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// What the suite calls for its endpoints is called, though the app does not call it.
var app = gradtest.App{
	Scopes: []rcapi.Scope{rcapi.ScopeReadMessages, rcapi.ScopeContacts, rcapi.ScopeRingOut, rcapi.ScopeReadAccounts},
	Endpoints: []gradtest.Endpoint{
		{Op: rcapi.ReadMessage, Prepare: gradtest.FromList(rcapi.ListMessages, "records.0.id", "messageId")},
		{
			Op: rcapi.UpdateContact,
			Prepare: gradtest.InOrder(
				gradtest.FromNew(rcapi.CreateContact, map[string]string{"firstName": "Ada"}, "id", "contactId"),
				gradtest.SendBack(rcapi.ReadContact, "firstName"),
			),
			Cleanup: gradtest.Delete(rcapi.DeleteContact, "", "contactId"),
		},
		{Op: rcapi.CreateRingOutCall, Prepare: func(c *gradtest.Call) {
			phone := c.Value(rcapi.ListExtensionPhoneNumbers, "records.0.phoneNumber")
			c.Body = map[string]any{"from": phone, "to": phone}
		}},
		{Op: rcapi.ListMessages},
		{Op: rcapi.CreateContact},
		{Op: rcapi.ReadContact},
		{Op: rcapi.DeleteContact},
		{Op: rcapi.ListExtensionPhoneNumbers},
		{Op: rcapi.ListContacts}, // want "uncalled listContacts"
	},
}

func TestGraduation(t *testing.T) { gradtest.Run(t, app) }
