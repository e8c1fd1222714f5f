package interfaces

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

type feature interface{ endpoints() []gradtest.Endpoint }

type calls struct{}

func (calls) endpoints() []gradtest.Endpoint {
	return []gradtest.Endpoint{{Op: rcapi.ReadUserCallLog}}
}

type profile struct{ op rcapi.Operation }

func (p *profile) endpoints() []gradtest.Endpoint { return []gradtest.Endpoint{{Op: p.op}} }

type both struct {
	*profile
	own []gradtest.Endpoint
}

func (b both) endpoints() []gradtest.Endpoint { return append(b.own, b.profile.endpoints()...) }

func TestGraduation(t *testing.T) {
	var app gradtest.App
	app.Scopes = []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog, rcapi.ScopeReadMessages}
	for _, f := range []feature{
		calls{},
		both{
			profile: &profile{op: rcapi.ReadExtension},
			own: []gradtest.Endpoint{
				{Op: rcapi.ListMessages}, // want "uncalled listMessages"
			},
		},
	} {
		app.Endpoints = append(app.Endpoints, f.endpoints()...)
	}
	gradtest.Run(t, app)
}
