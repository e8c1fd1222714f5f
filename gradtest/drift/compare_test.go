package drift_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/drift"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func at(line int, reach discover.Reach) discover.Place {
	return discover.Place{File: "a.go", Line: line, Reach: reach}
}

func declared(ops ...rcapi.Operation) []discover.App {
	a := discover.App{Place: at(100, discover.TestOnly), Scopes: rcapi.Scopes()}
	for i, op := range ops {
		a.Endpoints = append(a.Endpoints, discover.Declaration{Place: at(101+i, discover.TestOnly), Operation: op})
	}
	return []discover.App{a}
}

func TestCompareSaysWhatToPaste(t *testing.T) {
	calls := discover.Result{Calls: []discover.Call{
		{Place: at(1, discover.Production), Operation: rcapi.ReadMessage},
		{Place: at(2, discover.Production), Operation: rcapi.ReadExtension},
		{Place: at(3, discover.Production), Operation: rcapi.ReadMessage},
		{Place: at(4, discover.TestOnly), Operation: rcapi.ListSites},
		{Place: at(5, discover.Dead), Operation: rcapi.ListContacts},
	}}
	found := drift.Compare(declared(rcapi.ReadExtension), calls)
	require.Len(t, found, 1)
	assert.Equal(t, "a.go:1: calls readMessage (GET /restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store/{messageId}), "+
		"which no App declares (also at a.go:3): add it to Endpoints of the App (a.go:100), with Params or Prepare for messageId: "+
		"{Op: rcapi.ReadMessage},", found[0].String())
	assert.True(t, found[0].Fails())
}

// TestCompareClaimsNothingThatItDoesNotKnow: what is unresolved stops the findings that it could make wrong, and no
// others.
func TestCompareClaimsNothingThatItDoesNotKnow(t *testing.T) {
	kinds := func(found []drift.Finding) (kinds []drift.Kind) {
		for _, f := range found {
			kinds = append(kinds, f.Kind)
		}
		return kinds
	}
	read := discover.Result{Calls: []discover.Call{{Place: at(1, discover.Production), Operation: rcapi.ReadExtension}}}
	assert.Empty(t, drift.Compare(nil, read), "without an App nothing can drift")

	open := declared(rcapi.ListMessages)
	open[0].Gaps = []discover.Undetermined{{Place: at(110, discover.TestOnly), Reason: "it is read by json.Unmarshal"}}
	assert.Equal(t, []drift.Kind{drift.Uncalled, drift.Unresolved}, kinds(drift.Compare(open, read)))

	for path, want := range map[string][]drift.Kind{
		"{}": {drift.Unresolved}, // it could be any operation
		"/restapi/v1.0/account/~/extension/~/message-store{}": {drift.Unresolved},
		"/account/~/extension/~/message-store":                {}, // it is the declared one, if it is one
		"/restapi/v1.0/account/~/call-log{}":                  {drift.Unresolved, drift.Uncalled},
	} {
		calls := read
		calls.Unresolved = []discover.Unresolved{{Place: at(2, discover.Production), Method: "GET", Path: path}}
		assert.ElementsMatch(t, want, kinds(drift.Compare(declared(rcapi.ReadExtension, rcapi.ListMessages), calls)), path)
	}
}
