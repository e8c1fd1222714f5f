package graduation

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestGraduation(t *testing.T) {
	gradtest.Run(t, gradtest.App{
		Name:   "several",
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeFaxes}, // want "missing-scope SMS" "missing-scope ReadCallLog"
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension},
			{Op: rcapi.CreateSMSMessage},
			{Op: rcapi.CreateFaxMessage}, // want "uncalled createFaxMessage"
		},
	})
}
