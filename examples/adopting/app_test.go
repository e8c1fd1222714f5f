// Package adopting has one file for each way in which an app's own tests make calls that count. The app under test is
// package crm; docs/adopting.md shows the files.
package adopting

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// app is the declaration that all files share.
var app = gradtest.App{
	Name:      "adopting",
	Scopes:    []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog},
	Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}, {Op: rcapi.ReadUserCallLog}},
}

// TestGraduation sends what the other tests have not sent.
func TestGraduation(t *testing.T) { gradtest.Run(t, app) }
