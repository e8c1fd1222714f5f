package rctest

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestRowsAgreeWithTheVerdict: all rows are green when the app is ready, and only then.
func TestRowsAgreeWithTheVerdict(t *testing.T) {
	ready, open := 0, 0
	eachScene(t, func(t *testing.T, _ consoleScene, a *app) {
		c := a.h.Console()
		lagging, current := true, true
		for _, r := range newConsoleDocument(c).Rules {
			lagging, current = lagging && r.Lagging.OK, current && r.Current.OK
		}
		assert.Equal(t, c.Lagging.Ready, lagging)
		assert.Equal(t, c.Current.Ready, current)
		if current {
			ready++
		} else {
			open++
		}
	})
	assert.NotZero(t, ready)
	assert.NotZero(t, open)
}

func TestWorst(t *testing.T) {
	for _, c := range []struct {
		shares []Share
		want   Share
		ok     bool
	}{
		{[]Share{{}, {}}, Share{}, true},
		{[]Share{{}, {Calls: 22}}, Share{Calls: 22}, true},
		{[]Share{{}, {Errors: 3, Calls: 3}}, Share{Errors: 3, Calls: 3}, false},
		{[]Share{{Errors: 3, Calls: 3}, {}}, Share{Errors: 3, Calls: 3}, false},
		{[]Share{{Errors: 1, Calls: 21}, {Errors: 1, Calls: 20}, {Errors: 2, Calls: 41}}, Share{Errors: 1, Calls: 20}, false},
		{[]Share{{Errors: 1, Calls: 21}, {Errors: 2, Calls: 42}}, Share{Errors: 2, Calls: 42}, true},
	} {
		got := worst(c.shares)
		assert.Equal(t, c.want, got)
		assert.Equal(t, c.ok, got.OK())
	}
}

func TestPercent(t *testing.T) {
	for want, c := range map[string][2]int{"no calls": {0, 0}, "0.0 %": {0, 7}, "5.0 %": {1, 20}, "4.9 %": {4999, 100_000}, "100.0 %": {3, 3}, "0.1 %": {1, 999}} {
		assert.Equal(t, want, percent(c[0], c[1]))
	}
}

func TestDate(t *testing.T) {
	b, err := json.Marshal(date{time.Date(2026, 11, 24, 23, 0, 0, 0, time.FixedZone("", -2*60*60))})
	require.NoError(t, err)
	assert.Equal(t, `"2026-11-25"`, string(b))
}
