package helpers

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func read(op rcapi.Operation) gradtest.Endpoint { return named(op, op.ID) }

func named(op rcapi.Operation, name string) gradtest.Endpoint {
	return gradtest.Endpoint{Name: name, Op: op}
}

func endpoints(ops ...rcapi.Operation) (all []gradtest.Endpoint) {
	for _, op := range ops {
		all = append(all, read(op))
	}
	return all
}

func newApp(scopes []rcapi.Scope, endpoints ...gradtest.Endpoint) gradtest.App {
	return gradtest.App{Scopes: scopes, Endpoints: endpoints}
}

func TestGraduation(t *testing.T) {
	all := endpoints(
		rcapi.ReadExtension,
		rcapi.ReadUserCallLog,
		rcapi.ListSites, // want "uncalled listSites"
	)
	all = append(all, named(rcapi.ListMessages, "m"),
		read(rcapi.CreateSMSMessage), // want "uncalled createSMSMessage"
	)
	gradtest.Run(t, newApp([]rcapi.Scope{
		rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog, rcapi.ScopeSMS, rcapi.ScopeContacts,
	}, all...))
}
