package reach

import (
	"net/http"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var app = gradtest.App{
	Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeFaxes, rcapi.ScopeReadMessages},
	Endpoints: []gradtest.Endpoint{
		{Op: rcapi.ReadExtension},
		{Op: rcapi.CreateFaxMessage}, // want "uncalled createFaxMessage"
		{Op: rcapi.ListMessages},     // a test calls it
	},
}

func TestGraduation(t *testing.T) { gradtest.Run(t, app) }

func TestMessages(t *testing.T) {
	s := gradtest.Start(t, app)
	s.Client().Get(s.URL() + "/restapi/v1.0/account/~/extension/~/message-store")
	http.Get(base + "/extension/~/presence")
}
