package sprintfops

import (
	"fmt"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func path(rest string) string {
	return "GET /restapi/v1.0/account/{accountId}/extension/{extensionId}" + rest
}

func TestGraduation(t *testing.T) {
	var list []gradtest.Endpoint
	for _, kind := range []string{"message-store", "call-log"} {
		list = append(list, gradtest.Endpoint{
			Op: rcapi.MustParse(fmt.Sprintf("%s/restapi/v1.0/account/{accountId}/extension/{extensionId}/%s", "GET ", kind)), // want "unresolved"
		})
	}
	list = append(list, gradtest.Endpoint{Op: rcapi.MustParse(path(""))})
	gradtest.Run(t, gradtest.App{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: list})
}
