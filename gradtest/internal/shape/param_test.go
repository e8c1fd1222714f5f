package shape

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParameterCheck(t *testing.T) {
	parameter := func(id, name string) Parameter {
		for _, p := range Of(id).Parameters {
			if p.Name == name {
				return p
			}
		}
		require.Fail(t, "no such parameter", "%s %s", id, name)
		return Parameter{}
	}
	for _, tt := range []struct {
		id, name string
		values   []string
		want     string // empty: fits
	}{
		{"readUserCallLog", "dateFrom", []string{"2026-11-24T00:00:00.000Z"}, ""},
		{"readUserCallLog", "dateFrom", []string{"2026-11-24"}, ""},
		{"readUserCallLog", "dateFrom", []string{"yesterday"}, "string (date-time)"},
		{"readUserCallLog", "perPage", []string{"100"}, ""},
		{"readUserCallLog", "perPage", []string{"100000"}, ""},
		{"readUserCallLog", "perPage", []string{"max"}, ""},
		{"readUserCallLog", "perPage", []string{"many"}, "integer, at least 1, at most 1000 or one of max"},
		{"readUserCallLog", "perPage", []string{"0"}, "integer, at least 1, at most 1000 or one of max"},
		{"readUserCallLog", "direction", []string{"Inbound", "Outbound"}, ""},
		{"readUserCallLog", "direction", []string{"Inbound,Outbound"}, ""},
		{"readUserCallLog", "direction", []string{"Sideways"}, "one of Inbound, Outbound"},
		{"readUserCallLog", "showBlocked", []string{"true"}, ""},
		{"readUserCallLog", "showBlocked", []string{"yes"}, "boolean"},
		{"listDirectoryEntries", "perPage", []string{"all"}, ""},
		{"listDirectoryEntries", "perPage", []string{"some"}, "integer, at most 2000 or one of max, all"},
	} {
		f, bad := parameter(tt.id, tt.name).Check(tt.values)
		assert.Equal(t, tt.want != "", bad, "%s %s %v", tt.id, tt.name, tt.values)
		assert.Equal(t, tt.want, f.Want, "%s %s %v", tt.id, tt.name, tt.values)
		if bad {
			assert.Equal(t, tt.name, f.Path)
			assert.False(t, f.Missing)
		}
	}
}

func TestParameterMissing(t *testing.T) {
	f, bad := Parameter{Name: "a", Required: true}.Check(nil)
	assert.True(t, bad)
	assert.Equal(t, Mismatch{Path: "a", Missing: true, Want: "a value"}, f)
	_, bad = Parameter{Name: "a"}.Check(nil)
	assert.False(t, bad)
	_, bad = Parameter{Name: "a"}.Check([]string{"anything"})
	assert.False(t, bad)
}
