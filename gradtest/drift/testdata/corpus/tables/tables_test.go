package tables

import (
	"net/url"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

type row struct {
	op    rcapi.Operation
	query url.Values
	scope rcapi.Scope
}

var table = []row{
	{rcapi.ReadExtension, nil, rcapi.ScopeReadAccounts},
	{rcapi.ReadUserCallLog, nil, rcapi.ScopeReadCallLog},
	{op: rcapi.ListContacts, scope: rcapi.ScopeReadContacts}, // want "uncalled listContacts"
}

var byName = map[string]gradtest.Endpoint{
	"messages": {Op: rcapi.ListMessages},
	"fax":      {Op: rcapi.CreateFaxMessage}, // want "uncalled createFaxMessage"
}

var array = [...]*rcapi.Operation{
	&rcapi.ListSites,
	&rcapi.ListExtensionDevices, // want "uncalled listExtensionDevices"
}

func app() (a gradtest.App) {
	for i := range table {
		a.Endpoints = append(a.Endpoints, gradtest.Endpoint{Op: table[i].op, Query: table[i].query})
		a.Scopes = append(a.Scopes, table[i].scope)
	}
	for _, e := range byName {
		a.Endpoints = append(a.Endpoints, e)
	}
	for _, op := range array {
		a.Endpoints = append(a.Endpoints, gradtest.Endpoint{Op: *op})
	}
	a.Scopes = append(a.Scopes, rcapi.ScopeReadMessages, rcapi.ScopeFaxes)
	return a
}

func TestGraduation(t *testing.T) { gradtest.Run(t, app()) }
