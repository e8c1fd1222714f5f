package calls

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

// analyse asks for numbers of the day of the tests, whose starting call log has three calls.
func analyse(s *worldtest.Scene, what, grouping, more string) world.Object {
	return s.Call("POST /analytics/calls/v1/accounts/"+worldtest.Account+"/"+what, `{"grouping": `+grouping+`,
		"timeSettings": {"timeZone": "UTC", "timeRange": {"timeFrom": "2026-11-24T00:00:00Z", "timeTo": "2026-11-25T00:00:00Z"}}, `+more+`}`).OK()
}

const sums = `"responseOptions": {"counters": {"allCalls": {"aggregationType": "Sum"}, "callsByDirection": {"aggregationType": "Sum"},
	"callsByResponse": {"aggregationType": "Percent"}, "callsByActions": {"aggregationType": "Sum"}}, "timers": {"allCallsDuration": {"aggregationType": "Average"}}}`

func TestAggregation(t *testing.T) {
	s := newScene(t)
	for _, row := range []struct {
		grouping string
		keys     []string
		calls    []float64
	}{
		{`{"groupBy": "Users"}`, []string{worldtest.User, worldtest.OtherUser}, []float64{3, 0}},
		{`{"groupBy": "Users", "keys": ["` + worldtest.OtherUser + `"]}`, []string{worldtest.OtherUser}, []float64{0}},
		{`{"groupBy": "Company"}`, []string{worldtest.Account}, []float64{3}},
		{`{"groupBy": "Sites"}`, nil, nil},
		{`{"groupByMembers": "Queue"}`, []string{worldtest.User, worldtest.OtherUser}, []float64{3, 0}},
		{`{"groupByMembers": "Queue", "keys": ["5"]}`, nil, nil},
	} {
		o := analyse(s, "aggregation/fetch", row.grouping, sums)
		var keys []string
		var calls []float64
		for _, r := range world.Children(world.Child(o, "data"), "records") {
			keys = append(keys, world.Text(r, "key"))
			calls = append(calls, world.Child(world.Child(r, "counters"), "allCalls")["values"].(float64))
		}
		assert.Equal(t, row.keys, keys, row.grouping)
		assert.Equal(t, row.calls, calls, row.grouping)
		assert.EqualValues(t, len(row.keys), world.Child(o, "paging")["totalElements"])
	}
	first := world.Children(world.Child(analyse(s, "aggregation/fetch", `{"groupBy": "Users"}`, sums), "data"),
		"records")[0]
	assert.Equal(t, world.Object{"inbound": 2.0, "outbound": 1.0},
		world.Child(world.Child(world.Child(first, "counters"), "callsByDirection"), "values"))
	assert.InDelta(t, 33.3, world.Child(world.Child(world.Child(first, "counters"), "callsByResponse"),
		"values")["answered"], 0.1)
	assert.Equal(t, world.Object{"valueType": "Seconds", "values": 80.0},
		world.Child(world.Child(first, "timers"), "allCalls"), "three minutes, none, and one")
	assert.NotContains(t, world.Child(first, "counters"), "callsByOrigin", "what is not asked for is not told")
	assert.Contains(t, world.Child(first, "counters"), "callsActions")

	only := world.Children(world.Child(analyse(s, "aggregation/fetch", `{"groupBy": "Company"}`,
		sums+`, "callFilters": {"directions": ["Inbound"], "callDuration": {"minSeconds": 1}}`), "data"), "records")[0]
	assert.EqualValues(t, 1, world.Child(world.Child(only, "counters"), "allCalls")["values"])
}

func TestTimeline(t *testing.T) {
	s := newScene(t)
	const sum = `"responseOptions": {"counters": {"allCalls": true, "callsByOrigin": false}, "timers": {"allCallsDuration": true}}`
	for interval, want := range map[string]int{"Hour": 24, "Day": 1, "Week": 1, "Month": 1} {
		o := analyse(s, "timeline/fetch?interval="+interval, `{"groupBy": "Company"}`, sum)
		points := world.Children(world.Children(world.Child(o, "data"), "records")[0], "points")
		require.Len(t, points, want, interval)
		calls, seconds := 0.0, 0.0
		for _, p := range points {
			calls += world.Child(world.Child(p, "counters"), "allCalls")["values"].(float64)
			seconds += world.Child(world.Child(p, "timers"), "allCalls")["values"].(float64)
			assert.NotContains(t, world.Child(p, "counters"), "callsByOrigin")
		}
		assert.Equal(t, []float64{3, 240}, []float64{calls, seconds}, interval)
	}
	long := s.Call("POST /analytics/calls/v1/accounts/"+worldtest.Account+"/timeline/fetch?interval=Hour", `{"grouping": {"groupBy": "Company"},
		"timeSettings": {"timeZone": "UTC", "timeRange": {"timeFrom": "2020-01-01T00:00:00Z", "timeTo": "2026-01-01T00:00:00Z"}}, `+sum+`}`)
	assert.Equal(t, "CMN-101", long.Code())
	turned := s.Call("POST /analytics/calls/v1/accounts/"+worldtest.Account+"/timeline/fetch?interval=Hour", `{"grouping": {"groupBy": "Company"},
		"timeSettings": {"timeZone": "UTC", "timeRange": {"timeFrom": "2026-01-02T00:00:00Z", "timeTo": "2026-01-01T00:00:00Z"}}, `+sum+`}`)
	assert.Equal(t, "CMN-101", turned.Code())
}
