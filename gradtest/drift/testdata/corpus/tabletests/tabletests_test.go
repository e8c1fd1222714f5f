package tabletests

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestAll(t *testing.T) {
	for name, tc := range map[string]struct {
		scopes    []rcapi.Scope
		endpoints []gradtest.Endpoint
	}{
		"own":  {[]rcapi.Scope{rcapi.ScopeReadAccounts}, []gradtest.Endpoint{{Op: rcapi.ReadExtension}}},
		"logs": {[]rcapi.Scope{rcapi.ScopeReadCallLog, "SMS"}, []gradtest.Endpoint{{Op: rcapi.ReadUserCallLog}, {Op: rcapi.ListMessages}}},
		"fax": {
			scopes: []rcapi.Scope{rcapi.ScopeFaxes},
			endpoints: []gradtest.Endpoint{
				{Op: rcapi.CreateFaxMessage}, // want "uncalled createFaxMessage"
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			gradtest.Run(t, gradtest.App{Name: name, Scopes: tc.scopes, Endpoints: tc.endpoints})
		})
	}
}
