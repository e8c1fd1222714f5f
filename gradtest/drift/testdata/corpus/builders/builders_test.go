package builders

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

type builder struct{ app gradtest.App }

func (b *builder) endpoint(op rcapi.Operation) *builder {
	b.app.Endpoints = append(b.app.Endpoints, gradtest.Endpoint{Op: op})
	return b
}

func (b *builder) scope(s ...rcapi.Scope) *builder {
	b.app.Scopes = append(b.app.Scopes, s...)
	return b
}

type option func(*gradtest.App)

func with(op rcapi.Operation) option {
	return func(a *gradtest.App) { a.Endpoints = append(a.Endpoints, gradtest.Endpoint{Op: op}) }
}

func TestBuilder(t *testing.T) {
	b := new(builder).scope(rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog, rcapi.ScopeReadMessages, rcapi.ScopeSMS)
	b.scope(rcapi.ScopeContacts, "ReadContacts")
	b.endpoint(rcapi.ReadExtension).
		endpoint(rcapi.ReadUserCallLog).
		endpoint(rcapi.ListContacts) // want "uncalled listContacts"
	for _, o := range []option{
		with(rcapi.ListMessages),
		with(rcapi.ListSites),
		with(rcapi.ListExtensionDevices), // want "uncalled listExtensionDevices"
	} {
		o(&b.app)
	}
	gradtest.Run(t, b.app)
}
