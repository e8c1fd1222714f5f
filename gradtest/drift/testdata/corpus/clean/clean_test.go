package clean

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var app = gradtest.App{
	Name:   "clean",
	Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog, rcapi.ScopeReadMessages},
	Endpoints: []gradtest.Endpoint{
		{Op: rcapi.ReadExtension, Do: func(*gradtest.Call) { Extension() }},
		{Op: rcapi.ReadUserCallLog},
		{Op: rcapi.ListMessages},
	},
}

func TestGraduation(t *testing.T) { gradtest.Run(t, app) }
