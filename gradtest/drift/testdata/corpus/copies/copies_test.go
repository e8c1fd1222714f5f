package copies

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var original = gradtest.App{
	Name:      "base",
	Scopes:    []rcapi.Scope{rcapi.ScopeReadAccounts},
	Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}},
}

func TestMore(t *testing.T) {
	app := original
	app.Name = "more"
	app.Endpoints = append(app.Endpoints[:len(app.Endpoints):len(app.Endpoints)],
		gradtest.Endpoint{Op: rcapi.ReadUserCallLog},
		gradtest.Endpoint{Op: rcapi.ListMessages},
		gradtest.Endpoint{Op: rcapi.ListExtensionDevices}, // want "uncalled listExtensionDevices"
	)
	app.Scopes = append(app.Scopes, rcapi.ScopeReadCallLog) // want "missing-scope ReadMessages"
	gradtest.Run(t, app)
}
