package suiteonly

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// The app is written in another language.
var app = gradtest.App{ // want "unresolved"
	Scopes:    []rcapi.Scope{rcapi.ScopeReadCallLog}, // want "missing-scope ReadAccounts"
	Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}, {Op: rcapi.ReadUserCallLog}},
}

func TestGraduation(t *testing.T) { gradtest.Run(t, app) }
