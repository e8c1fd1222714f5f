package criteria

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSinceAndShelf(t *testing.T) {
	for _, tt := range []struct{ at, since, shelf string }{
		{"2026-11-05T00:00:00Z", "2026-11-04T00:00:00Z", "2026-11-07T00:00:00Z"},
		{"2026-11-05T23:59:59.999999999Z", "2026-11-04T00:00:00Z", "2026-11-07T00:00:00Z"},
		{"2026-11-05T01:30:00+02:00", "2026-11-03T00:00:00Z", "2026-11-06T00:00:00Z"}, // still the 4th in UTC
		{"2026-11-04T20:00:00-05:00", "2026-11-04T00:00:00Z", "2026-11-07T00:00:00Z"}, // already the 5th
		{"2024-02-29T12:00:00Z", "2024-02-28T00:00:00Z", "2024-03-02T00:00:00Z"},
		{"2027-01-01T12:00:00Z", "2026-12-31T00:00:00Z", "2027-01-03T00:00:00Z"},
	} {
		at, err := time.Parse(time.RFC3339Nano, tt.at)
		require.NoError(t, err)
		assert.Equal(t, tt.since, Since(at).Format(time.RFC3339Nano), tt.at)
		assert.Equal(t, tt.shelf, Shelf(at).Format(time.RFC3339Nano), tt.at)
	}
}

// TestShelfEndsTheWindow: a call is inside the UTC window until its shelf life ends, and no longer.
func TestShelfEndsTheWindow(t *testing.T) {
	for at := noon; at.Before(noon.Add(48 * time.Hour)); at = at.Add(37 * time.Minute) {
		end := Shelf(at)
		assert.False(t, at.Before(Since(end.Add(-1))), at)
		assert.True(t, at.Before(Since(end)), at)
		assert.True(t, Since(at).After(at.Add(-48*time.Hour)), "the UTC window lies inside the rolling one")
	}
}
