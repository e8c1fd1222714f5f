package pointers

import (
	"context"
	"os"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var session *gradtest.Session

func TestMain(m *testing.M) {
	app := &gradtest.App{Name: "pointers"} // want "missing-scope ReadMessages" "missing-scope SMS"
	app.Endpoints = make([]gradtest.Endpoint, 4)
	app.Endpoints[0] = gradtest.Endpoint{Op: rcapi.ReadExtension}
	app.Endpoints[1].Op = rcapi.ReadUserCallLog
	declare(app)
	scopes(&app.Scopes)
	session, _ = gradtest.Open(context.Background(), *app)
	os.Exit(m.Run())
}

func declare(a *gradtest.App) {
	e := &a.Endpoints[2]
	e.Op = rcapi.ListMessages
	copy(a.Endpoints[3:], []gradtest.Endpoint{{Op: rcapi.ListSites}}) // want "uncalled listSites"
}

func scopes(list *[]rcapi.Scope) {
	*list = append(*list, rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog)
}
