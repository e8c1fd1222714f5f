package variables

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var (
	own      = rcapi.ReadExtension
	messages = gradtest.Endpoint{
		Name: "messages",
		Op:   rcapi.ListMessages, // want "uncalled listMessages"
	}
	scopes = []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog, rcapi.ScopeReadMessages}
	app    = gradtest.App{Scopes: scopes, Endpoints: []gradtest.Endpoint{{Op: own}, messages, log()}}
)

func log() gradtest.Endpoint {
	op := rcapi.ReadUserCallLog
	e := gradtest.Endpoint{Name: "log"}
	e.Op = op
	return e
}

func TestGraduation(t *testing.T) { gradtest.Run(t, app) }
