package sortedmap

import (
	"maps"
	"slices"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var endpoints = map[string]gradtest.Endpoint{
	"own": {Op: rcapi.ReadExtension},
	"log": {Op: rcapi.ReadUserCallLog},
	"fax": {Op: rcapi.CreateFaxMessage}, // want "uncalled createFaxMessage"
}

func app() gradtest.App {
	var a gradtest.App
	for _, name := range slices.Sorted(maps.Keys(endpoints)) {
		e := endpoints[name]
		e.Name = name
		a.Endpoints = append(a.Endpoints, e)
	}
	a.Scopes = slices.Sorted(slices.Values([]rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog, rcapi.ScopeFaxes}))
	return a
}

func TestGraduation(t *testing.T) { gradtest.Run(t, app()) }
