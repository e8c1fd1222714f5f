package oncevalue

import (
	"sync"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var app = sync.OnceValue(func() gradtest.App {
	return gradtest.App{
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog, rcapi.ScopeReadMessages},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension},
			{Op: rcapi.ReadUserCallLog},
			{Op: rcapi.ListMessages}, // want "uncalled listMessages"
		},
	}
})

func TestGraduation(t *testing.T) { gradtest.Run(t, app()) }
