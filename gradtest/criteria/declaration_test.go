package criteria

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestDeclaredIsTheLatest(t *testing.T) {
	declare := func(app string, at time.Time) ledger.Record {
		return ledger.Record{Kind: ledger.Declared, At: at, Declared: &ledger.Declaration{App: app}}
	}
	records := []ledger.Record{declare("old", yesterday), declare("new", today), declare("older", before), declare("future", noon.Add(1)), answer(first, 200, noon)}
	assert.Equal(t, "new", Declared(slices.Values(records), noon).App)
	assert.Nil(t, Declared(slices.Values(records[4:]), noon))
}

func TestWantOf(t *testing.T) {
	assert.Equal(t, Want{
		Scopes: []rcapi.Scope{"SMS"},
		Endpoints: []Endpoint{
			{Name: "texts", Op: rcapi.CreateSMSMessage, Calls: 7},
			{Op: rcapi.Operation{ID: "GET /own", Method: "GET", Path: "/own", Group: rcapi.Heavy, Scope: "Own"}},
		},
	}, WantOf(ledger.Declaration{
		Scopes: []string{"SMS"},
		Endpoints: []ledger.DeclaredEndpoint{
			{Name: "texts", Op: rcapi.CreateSMSMessage.ID, Method: rcapi.CreateSMSMessage.Method, Path: rcapi.CreateSMSMessage.Path, Group: "Medium", Scope: "SMS", Calls: 7},
			{Op: "GET /own", Method: "GET", Path: "/own", Group: "Heavy", Scope: "Own"},
		},
	}))
}

func TestObserved(t *testing.T) {
	fault := answer(rcapi.CreateSMSMessage, 200, today)
	fault.Fault = true
	records := enough(22).token(1, 200, today).ok(1, rcapi.ReadExtension, longBefore).add(fault).answers(1, rcapi.ReadAccountInfo, 404, before)
	w := Observed(records.all(), noon)
	assert.Equal(t, []rcapi.Scope{"ReadCallLog", "ReadMessages"}, w.Scopes)
	var ops []string
	for _, e := range w.Endpoints {
		ops = append(ops, e.Op.ID)
	}
	assert.Equal(t, []string{"readAccountInfo", "readUserCallLog", "listMessages"}, ops)
	assert.Equal(t, Want{}, Observed(new(log).all(), noon))
}
