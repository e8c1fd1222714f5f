package byids

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestGraduation(t *testing.T) {
	app := gradtest.App{Scopes: rcapi.ParseScopes("ReadAccounts ReadCallLog")}
	for _, id := range []string{
		"readExtension",
		"readUserCallLog",
		"readCompanyCallLog", // want "uncalled readCompanyCallLog"
	} {
		op, ok := rcapi.Lookup(id)
		if !ok {
			t.Fatalf("no operation %s", id)
		}
		app.Endpoints = append(app.Endpoints, gradtest.Endpoint{Op: op, Name: "test-" + id})
	}
	gradtest.Run(t, app)
}
