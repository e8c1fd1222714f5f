package allops

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestGraduation(t *testing.T) {
	var endpoints []gradtest.Endpoint
	for op := range rcapi.Operations(rcapi.ScopeReadAccounts) {
		if op.Reads() {
			endpoints = append(endpoints, gradtest.Endpoint{Op: op}) // want "unresolved"
		}
	}
	gradtest.Run(t, gradtest.App{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: endpoints})
}
