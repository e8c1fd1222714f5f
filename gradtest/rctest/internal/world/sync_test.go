package world

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func FuzzSyncToken(f *testing.F) {
	f.Add("x")
	f.Add(SyncToken{worldStart: 1, path: "62264425", Revision: 2, at: testNow, Filter: nil}.String())
	f.Fuzz(func(t *testing.T, s string) {
		token, ok := parseSyncToken(s)
		if !ok {
			return
		}
		again, ok := parseSyncToken(token.String())
		require.True(t, ok)
		require.Equal(t, token.Revision, again.Revision)
		require.Equal(t, token.Filter, again.Filter)
	})
}
