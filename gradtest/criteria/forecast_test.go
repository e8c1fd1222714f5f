package criteria

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var (
	friday   = time.Date(2026, 11, 6, 0, 0, 0, 0, time.UTC) // the next midnight
	saturday = friday.AddDate(0, 0, 1)
)

func TestForecast(t *testing.T) {
	never := time.Time{}
	for _, tt := range []struct {
		name             string
		policy           Policy
		records          *log
		earliest, latest time.Time
	}{
		{"all of today: two midnights", Graduation, enough(21), noon, saturday},
		{"one of yesterday is needed: the next midnight", Graduation, enough(20).ok(1, first, yesterday), noon, friday},
		{"one of yesterday is not needed", Graduation, enough(21).ok(9, first, yesterday), noon, saturday},
		{"just after midnight keeps longest", Graduation, new(log).ok(11, first, friday.AddDate(0, 0, -1)).ok(11, second, today), noon, saturday},
		{"yesterday's errors leave before today's successes", Strictest,
			enough(25).answers(2, first, 400, yesterday), yesterday.Add(48 * time.Hour), saturday},
		{"errors out of the UTC window, diluted by calls that leave first", Graduation,
			enough(25).ok(30, first, before.Add(-time.Hour)).answers(2, first, 401, before), noon, before.Add(47 * time.Hour)},
		{"errors leave before the successes do", Graduation, enough(22).answers(5, first, 401, before), before.Add(48 * time.Hour), saturday},
		{"a refusal leaves before the successes do", Strictest, enough(22).answers(1, first, 429, before), before.Add(48 * time.Hour), saturday},
		{"a refusal outlasts the successes", Strictest, enough(50).answers(1, first, 429, today), never, never},
		{"an endpoint only seen is forgotten", Graduation, enough(22).ok(1, rcapi.ReadExtension, before), before.Add(48 * time.Hour), saturday},
		{"calls are needed: how long they would last", Graduation, new(log).ok(4, first, today).ok(4, second, today), never, saturday},
		{"calls are needed on top of yesterday's", Graduation, new(log).ok(4, first, yesterday).ok(30, second, today), never, friday},
		{"nothing sent", Graduation, new(log), never, saturday},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := Forecast(tt.policy, both(), tt.records.all(), noon)
			assert.Equal(t, tt.earliest, f.Earliest)
			assert.Equal(t, tt.latest, f.Latest)
			v := Evaluate(tt.policy, both(), tt.records.all(), noon)
			assert.Equal(t, v.Ready, f.Ready)
			assert.Equal(t, v.Ready, f.Earliest.Equal(noon))
			assert.Equal(t, v.Needs, f.Needs)
			assert.Equal(t, noon, f.At)
			if v.Ready {
				assert.Equal(t, v.Until, f.Latest)
			}
		})
	}
}

func TestForecastCannotPromiseWhatNoCallMends(t *testing.T) {
	want := both()
	want.Scopes = append(want.Scopes, "Voicemail")
	f := Forecast(Graduation, want, enough(10).all(), noon)
	assert.Zero(t, f.Earliest)
	assert.Zero(t, f.Latest)
	assert.Equal(t, []rcapi.Scope{"Voicemail"}, f.Needs.Drop)
	f = Forecast(Graduation, Want{}, enough(10).all(), noon)
	assert.Zero(t, f.Latest)
}

func TestForecastEndpoints(t *testing.T) {
	token, _ := rcapi.Lookup("getToken")
	want := both()
	want.Endpoints = append(want.Endpoints, Endpoint{Op: rcapi.ReadExtension}, Endpoint{Op: token})
	records := new(log).ok(5, first, today).ok(9, first, yesterday).ok(4, second, today).ok(1, second, yesterday).ok(4, rcapi.ReadExtension, today).
		ok(1, rcapi.ReadAccountInfo, today)
	f := Forecast(Graduation, want, records.all(), noon)
	type row struct {
		name      string
		got, need int
		until     time.Time
	}
	var rows []row
	for _, e := range f.Endpoints {
		rows = append(rows, row{e.Name, e.Got, e.Need, e.Until})
	}
	require.Equal(t, []row{
		{"readUserCallLog", 14, 5, saturday}, {"listMessages", 5, 5, friday}, {"readExtension", 4, 5, time.Time{}}, {"readAccountInfo", 1, 5, time.Time{}},
	}, rows)
}

// TestForecastRefusalAlone: under a policy for which a 429 is no error in any share, it leaves the window all the same.
func TestForecastRefusalAlone(t *testing.T) {
	p := Graduation
	p.NoRefusals = true
	f := Forecast(p, both(), enough(22).answers(1, first, 429, before).all(), noon)
	assert.Equal(t, before.Add(48*time.Hour), f.Earliest)
	assert.Equal(t, saturday, f.Latest)
}
