package apperror

import (
	"errors"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func load(full bool) (gradtest.App, error) {
	if !full {
		return gradtest.App{}, errors.New("not full")
	}
	return gradtest.App{
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, // want "missing-scope ReadCallLog"
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension},
			must(rcapi.Parse("GET /restapi/v1.0/account/{accountId}/extension/{extensionId}/call-log")),
			must(rcapi.Parse("GET /restapi/v1.0/account/{accountId}/secret")), // want "uncalled GET /restapi/v1.0/account/{accountId}/secret"
		},
	}, nil
}

func must(op rcapi.Operation, err error) gradtest.Endpoint {
	if err != nil {
		panic(err)
	}
	return gradtest.Endpoint{Op: op}
}

func TestGraduation(t *testing.T) {
	app, err := load(true)
	if err != nil {
		t.Fatal(err)
	}
	gradtest.Run(t, app)
}
