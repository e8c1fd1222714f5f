package ownop

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

type op = rcapi.Operation

var secret = op{ID: "secret", Method: "GET", Path: "/restapi/v1.0/account/{accountId}/secret"}

func TestGraduation(t *testing.T) {
	gradtest.Run(t, gradtest.App{
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension},
			{Op: secret},
			{Op: op{ID: "other", Method: "POST", Path: "/restapi/v1.0/account/{accountId}/other"}}, // want "uncalled other"
		},
	})
}
