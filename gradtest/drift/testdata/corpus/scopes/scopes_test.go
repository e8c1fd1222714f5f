package scopes

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestGraduation(t *testing.T) {
	gradtest.Run(t, gradtest.App{
		Name: "scopes",
		// SMS includes ReadMessages, EditAccounts ReadAccounts.
		Scopes: append(rcapi.ParseScopes("EditAccounts SMS"), more()...), // want "missing-scope ReadPresence"
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension}, {Op: rcapi.ReadUserCallLog}, {Op: rcapi.ListMessages}, {Op: rcapi.CreateSMSMessage},
			{Op: rcapi.ReadUserPresenceStatus},
		},
	})
}

func more() []rcapi.Scope { return []rcapi.Scope{"Read Call Log"} }
