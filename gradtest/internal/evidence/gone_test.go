package evidence_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// TestGone: a session that has ended with a call in flight is gone, one that is open is not.
func TestGone(t *testing.T) {
	running, err := ledger.Open(t.TempDir())
	require.NoError(t, err)
	defer func() { assert.NoError(t, running.Close()) }()
	require.NoError(t, running.Gate(nil).Admit(t.Context(), window.Call{ID: "running", Groups: []string{"light"}}))
	require.NoError(t, running.Append(t.Context(), ledger.Record{
		Kind: ledger.Reserved, ID: "ended", At: time.Now(), Latest: time.Now().Add(time.Minute), Groups: []string{"light"},
		Op: "readExtension", Owner: "ASESSIONTHATHASENDED000000",
	}))
	now := time.Now()
	var records []ledger.Record
	owners := make(map[string]string)
	for r, err := range running.Records(t.Context(), now.Add(-time.Hour)) {
		require.NoError(t, err)
		records = append(records, r)
		if r.Kind == ledger.Reserved {
			owners[r.ID] = r.Owner
		}
	}
	require.Len(t, owners, 2)
	gone, err := evidence.Gone(t.Context(), running, records, now)
	require.NoError(t, err)
	assert.True(t, gone[owners["ended"]])
	assert.False(t, gone[owners["running"]])

	settled := slices.DeleteFunc(slices.Clone(records), func(r ledger.Record) bool { return r.ID == "running" })
	settled = append(settled, ledger.Record{Kind: ledger.Settled, ID: "ended", At: now})
	gone, err = evidence.Gone(t.Context(), running, settled, now)
	require.NoError(t, err)
	assert.Empty(t, gone, "no slot is open")
}
