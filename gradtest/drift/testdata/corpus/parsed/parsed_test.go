package parsed

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

const own = "GET /restapi/v1.0/account/{accountId}/extension/{extensionId}"

func TestGraduation(t *testing.T) {
	log, err := rcapi.Parse(own + "/call-log")
	if err != nil {
		t.Fatal(err)
	}
	extension, _ := rcapi.Lookup("readExtension")
	gradtest.Run(t, gradtest.App{
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog}, // want "missing-scope Meetings"
		Endpoints: []gradtest.Endpoint{
			{Op: extension},
			{Op: log}, // want "uncalled readUserCallLog"
			{Op: rcapi.MustParse(own + "/calendar").Needs(rcapi.ScopeMeetings).In(rcapi.Light)},
		},
	})
}
