package appstable

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var apps = []gradtest.App{
	{
		Name:      "profile",
		Scopes:    []rcapi.Scope{rcapi.ScopeReadAccounts},
		Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}},
	},
	{
		Name:   "calls",
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, // want "missing-scope ReadCallLog"
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadUserCallLog},
			{Op: rcapi.ReadCompanyCallLog}, // want "uncalled readCompanyCallLog"
		},
	},
}

var byName = map[string]gradtest.App{
	"messages": {Scopes: []rcapi.Scope{rcapi.ScopeReadMessages}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ListMessages}}},
}

func TestGraduation(t *testing.T) {
	for _, app := range apps {
		t.Run(app.Name, func(t *testing.T) { gradtest.Run(t, app) })
	}
	gradtest.Run(t, byName["messages"])
}
