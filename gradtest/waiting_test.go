package gradtest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// TestWaitsAreReportedOnce: a sweep that waits for a full window says so in one line, not once a call.
func TestWaitsAreReportedOnce(t *testing.T) {
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadCallLog}}, func(t *testing.T, s *stage) {
		app := s.app(gradtest.Endpoint{Op: rcapi.ReadUserCallLog, Calls: 25})
		var waits []string
		app.Progress = func(p gradtest.Progress) {
			if p.Waiting != "" {
				waits = append(waits, p.Waiting)
				assert.Positive(t, p.Total)
			}
		}
		_, err := gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		require.Len(t, waits, 2, "25 calls, 10 a minute, are two waits: %q", waits)
		for _, w := range waits {
			assert.True(t, strings.HasPrefix(w, "waiting: group heavy has no free slot: "), w)
			assert.Contains(t, w, "at the earliest")
		}
	})
}
