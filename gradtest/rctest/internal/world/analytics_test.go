package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// analyse asks for numbers of the day of the tests, whose starting call log has three calls.
func (s *scene) analyse(what, grouping, more string) Object {
	return s.call("POST /analytics/calls/v1/accounts/"+testAccount+"/"+what, `{"grouping": `+grouping+`,
		"timeSettings": {"timeZone": "UTC", "timeRange": {"timeFrom": "2026-11-24T00:00:00Z", "timeTo": "2026-11-25T00:00:00Z"}}, `+more+`}`).ok()
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
		{`{"groupBy": "Users"}`, []string{testUser, otherUser}, []float64{3, 0}},
		{`{"groupBy": "Users", "keys": ["` + otherUser + `"]}`, []string{otherUser}, []float64{0}},
		{`{"groupBy": "Company"}`, []string{testAccount}, []float64{3}},
		{`{"groupBy": "Sites"}`, nil, nil},
		{`{"groupByMembers": "Queue"}`, []string{testUser, otherUser}, []float64{3, 0}},
		{`{"groupByMembers": "Queue", "keys": ["5"]}`, nil, nil},
	} {
		o := s.analyse("aggregation/fetch", row.grouping, sums)
		var keys []string
		var calls []float64
		for _, r := range objects(object(o, "data"), "records") {
			keys = append(keys, text(r, "key"))
			calls = append(calls, object(object(r, "counters"), "allCalls")["values"].(float64))
		}
		assert.Equal(t, row.keys, keys, row.grouping)
		assert.Equal(t, row.calls, calls, row.grouping)
		assert.EqualValues(t, len(row.keys), object(o, "paging")["totalElements"])
	}
	first := objects(object(s.analyse("aggregation/fetch", `{"groupBy": "Users"}`, sums), "data"), "records")[0]
	assert.Equal(t, Object{"inbound": 2.0, "outbound": 1.0}, object(object(object(first, "counters"), "callsByDirection"), "values"))
	assert.InDelta(t, 33.3, object(object(object(first, "counters"), "callsByResponse"), "values")["answered"], 0.1)
	assert.Equal(t, Object{"valueType": "Seconds", "values": 80.0}, object(object(first, "timers"), "allCalls"), "three minutes, none, and one")
	assert.NotContains(t, object(first, "counters"), "callsByOrigin", "what is not asked for is not told")
	assert.Contains(t, object(first, "counters"), "callsActions")

	only := objects(object(s.analyse("aggregation/fetch", `{"groupBy": "Company"}`, sums+`, "callFilters": {"directions": ["Inbound"], "callDuration": {"minSeconds": 1}}`), "data"), "records")[0]
	assert.EqualValues(t, 1, object(object(only, "counters"), "allCalls")["values"])
}

func TestTimeline(t *testing.T) {
	s := newScene(t)
	const sum = `"responseOptions": {"counters": {"allCalls": true, "callsByOrigin": false}, "timers": {"allCallsDuration": true}}`
	for interval, want := range map[string]int{"Hour": 24, "Day": 1, "Week": 1, "Month": 1} {
		o := s.analyse("timeline/fetch?interval="+interval, `{"groupBy": "Company"}`, sum)
		points := objects(objects(object(o, "data"), "records")[0], "points")
		require.Len(t, points, want, interval)
		calls, seconds := 0.0, 0.0
		for _, p := range points {
			calls += object(object(p, "counters"), "allCalls")["values"].(float64)
			seconds += object(object(p, "timers"), "allCalls")["values"].(float64)
			assert.NotContains(t, object(p, "counters"), "callsByOrigin")
		}
		assert.Equal(t, []float64{3, 240}, []float64{calls, seconds}, interval)
	}
	long := s.call("POST /analytics/calls/v1/accounts/"+testAccount+"/timeline/fetch?interval=Hour", `{"grouping": {"groupBy": "Company"},
		"timeSettings": {"timeZone": "UTC", "timeRange": {"timeFrom": "2020-01-01T00:00:00Z", "timeTo": "2026-01-01T00:00:00Z"}}, `+sum+`}`)
	assert.Equal(t, "CMN-101", long.code())
	turned := s.call("POST /analytics/calls/v1/accounts/"+testAccount+"/timeline/fetch?interval=Hour", `{"grouping": {"groupBy": "Company"},
		"timeSettings": {"timeZone": "UTC", "timeRange": {"timeFrom": "2026-01-02T00:00:00Z", "timeTo": "2026-01-01T00:00:00Z"}}, `+sum+`}`)
	assert.Equal(t, "CMN-101", turned.code())
}
