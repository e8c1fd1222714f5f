package exempt

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var app = gradtest.App{
	Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeCallControl, rcapi.ScopeReadCallLog},
	Endpoints: []gradtest.Endpoint{
		{Op: rcapi.ReadExtension},
		{Op: rcapi.CreateCallOutCallSession, Exempt: "needs a device"},
		{Op: rcapi.ReadUserCallLog, Exempt: "needs a caller"}, // want "uncalled readUserCallLog"
	},
}

func TestGraduation(t *testing.T) { gradtest.Run(t, app) }
