package methodvalue

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

type declarer struct{ list []gradtest.Endpoint }

func (d *declarer) add(ops ...rcapi.Operation) {
	for i := range ops {
		d.list = append(d.list, gradtest.Endpoint{Op: ops[i]})
	}
}

func each(names []string, f func(...rcapi.Operation)) {
	for range names {
		f(
			rcapi.ReadUserCallLog,
			rcapi.ListSites, // want "uncalled listSites"
		)
	}
}

func TestGraduation(t *testing.T) {
	d := new(declarer)
	add := d.add
	add(rcapi.ReadExtension)
	each([]string{"a"}, d.add)
	gradtest.Run(t, gradtest.App{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog}, Endpoints: d.list})
}
