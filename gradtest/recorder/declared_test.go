package recorder

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestDeclared: operations that the app does not declare, such as those of an SDK, are marked.
func TestDeclared(t *testing.T) {
	store, err := ledger.Open(t.TempDir())
	require.NoError(t, err)
	assert.Nil(t, declaredIn(store, time.Now()))
	assert.Nil(t, declaredIn(ledger.NewMemory(), time.Now()))
	declare := func(ops ...rcapi.Operation) {
		d := &ledger.Declaration{App: "crm"}
		for _, op := range ops {
			d.Endpoints = append(d.Endpoints, ledger.DeclaredEndpoint{Op: op.ID, Method: op.Method, Path: op.Path})
		}
		r := ledger.Record{Kind: ledger.Declared, ID: "d", At: time.Now(), Declared: d}
		require.NoError(t, store.Append(t.Context(), r))
	}
	declare(rcapi.ReadExtension)
	declare(rcapi.ReadAccountInfo, rcapi.MustParse("GET /restapi/v1.0/account/{id}/widgets/{widgetId}"))
	r, _ := startedAt(t, jsonServer(t), func(c *Config) {
		c.Open = func(string) (ledger.Store, error) { return store, nil }
	})
	for _, path := range []string{"", "/extension/~", "/widgets/7", "/gadgets/7"} {
		get(t, http.DefaultClient, r.URL()+account+path)
	}
	s := r.Summary()
	require.Len(t, s.Operations, 2)
	assert.False(t, s.Operations[0].Undeclared)
	assert.True(t, s.Operations[1].Undeclared, "only an earlier declaration has it")
	require.Len(t, s.Unknown, 2)
	assert.Equal(t, []bool{false, true}, []bool{s.Unknown[0].Undeclared, s.Unknown[1].Undeclared})
}
