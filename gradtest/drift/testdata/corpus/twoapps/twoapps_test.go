package twoapps

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var first = gradtest.App{
	Name:      "first",
	Scopes:    []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeSMS},
	Endpoints: []gradtest.Endpoint{read(rcapi.ReadExtension)},
}

var second = gradtest.App{
	Name:   "second",
	Scopes: []rcapi.Scope{rcapi.ScopeReadCallLog}, // want "missing-scope ReadMessages" "missing-scope EditMessages"
	Endpoints: []gradtest.Endpoint{
		read(rcapi.ReadUserCallLog),
		read(rcapi.ListMessages),
		read(rcapi.DeleteMessage), // want "uncalled deleteMessage"
	},
}

func read(op rcapi.Operation) gradtest.Endpoint { return gradtest.Endpoint{Op: op} }

func TestFirst(t *testing.T)  { gradtest.Run(t, first) }
func TestSecond(t *testing.T) { gradtest.Run(t, second) }
