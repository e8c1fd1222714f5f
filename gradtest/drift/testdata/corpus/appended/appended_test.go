package appended

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var app = gradtest.App{
	Name:      "appended",
	Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}},
}

func init() {
	app.Endpoints = append(app.Endpoints, gradtest.Endpoint{Op: rcapi.ReadUserCallLog})
	app.Scopes = append(app.Scopes, rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog) // want "missing-scope RingOut"
	more := []rcapi.Operation{
		rcapi.ListMessages,
		rcapi.CreateSMSMessage,
		rcapi.CreateFaxMessage, // want "uncalled createFaxMessage"
	}
	for _, op := range more {
		app.Endpoints = append(app.Endpoints, gradtest.Endpoint{Op: op})
	}
	app.Scopes = append(app.Scopes, []rcapi.Scope{"Read Messages", "SMS", "faxes"}...)
}

func TestGraduation(t *testing.T) { gradtest.Run(t, app) }
