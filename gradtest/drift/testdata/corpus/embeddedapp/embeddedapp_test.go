package embeddedapp

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

type fixture struct {
	gradtest.App
	retries int
}

func newFixture() *fixture {
	f := &fixture{retries: 2}
	f.Name = "embedded"
	f.Scopes = []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog, rcapi.ScopeSMS}
	f.Endpoints = []gradtest.Endpoint{
		{Op: rcapi.ReadExtension},
		{Op: rcapi.ReadUserCallLog},
		{Op: rcapi.ListSites}, // want "uncalled listSites"
	}
	return f
}

func TestGraduation(t *testing.T) { gradtest.Run(t, newFixture().App) }
