package conditional

import (
	"os"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func app() gradtest.App {
	a := gradtest.App{
		Scopes:    []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog, rcapi.ScopeFaxes},
		Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}, {Op: rcapi.ReadUserCallLog}},
	}
	if os.Getenv("PAID") != "" {
		a.Endpoints = append(a.Endpoints, gradtest.Endpoint{Op: rcapi.CreateSMSMessage})
		a.Scopes = append(a.Scopes, rcapi.ScopeSMS)
	}
	switch os.Getenv("EDITION") {
	case "old":
		a.Endpoints[0].Op = rcapi.ListMessages // want "uncalled listMessages"
	}
	return a
}

func TestGraduation(t *testing.T) { gradtest.Run(t, app()) }
