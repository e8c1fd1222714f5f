package gradtest_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestScopesOfASweep: the records of a sweep say what the token grants, and that Cleanup made the calls of an endpoint
// that is not declared.
func TestScopesOfASweep(t *testing.T) {
	store := ledger.NewMemory()
	scopes := []rcapi.Scope{rcapi.ScopeContacts, rcapi.ScopeReadAccounts}
	v, err := gradtest.Sweep(t.Context(), gradtest.App{
		Name: "scopes-of-a-sweep", Scopes: scopes, Store: store,
		Policy: criteria.Policy{Name: "small", Successes: 4, PerEndpoint: 2, Scopes: true},
		Endpoints: []gradtest.Endpoint{
			{
				Op: rcapi.CreateContact, Body: map[string]string{"firstName": "Ada"},
				Cleanup: gradtest.Delete(rcapi.DeleteContact, "id", "contactId"),
			},
			{Op: rcapi.ReadExtension},
		},
	})
	require.NoError(t, err)
	cleanup := []criteria.Caller{{Stage: ledger.StageCleanup, Endpoint: "createContact"}}
	i := slices.IndexFunc(v.Endpoints, func(e criteria.EndpointCount) bool { return e.Op.ID == rcapi.DeleteContact.ID })
	require.GreaterOrEqual(t, i, 0)
	assert.Equal(t, cleanup, v.Endpoints[i].Callers)

	var records []ledger.Record
	for r, err := range store.Records(t.Context(), time.Time{}) {
		require.NoError(t, err)
		records = append(records, r)
	}
	want := criteria.WantOf(*criteria.Declared(slices.Values(records), time.Now()))
	m := criteria.Scopes(criteria.Graduation, want, slices.Values(records), time.Now())
	assert.False(t, m.Granted.IsZero())
	assert.Empty(t, m.Remove)
	assert.Empty(t, m.Add)
	assert.Equal(t, scopes, m.Smallest)
	row, ok := m.Row(rcapi.ScopeContacts)
	require.True(t, ok)
	assert.Equal(t, criteria.Granted, row.Granted)
	require.Len(t, row.NeededBy, 2)
	assert.Equal(t, cleanup, row.NeededBy[1].Callers)
}
