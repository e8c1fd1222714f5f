package criteria

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata" // so that the zones are there on every machine

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// zones have whole, half and quarter hours, both sides of the date line, and changes of daylight saving at other days.
var zones = []string{"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago"}

// TestTimeZonesChangeNothing judges the same evidence with all moments told in the zones of several machines, and with
// each as this machine's own, around midnights and both changes of daylight saving.
func TestTimeZonesChangeNothing(t *testing.T) {
	for _, now := range []time.Time{
		noon, time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC), time.Date(2026, 10, 25, 1, 0, 0, 0, time.UTC), time.Date(2026, 3, 8, 7, 30, 0, 0, time.UTC),
		time.Date(2026, 11, 1, 5, 59, 59, 999_999_999, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2028, 2, 29, 23, 59, 0, 0, time.UTC),
	} {
		l := new(log)
		for i := range 52 { // an answer an hour, of each kind
			at := now.Add(-time.Duration(i) * time.Hour)
			l.ok(1, first, at).ok(1, second, at.Add(-time.Nanosecond))
			if i%13 == 0 {
				l.answers(1, first, 401, at)
			}
		}
		want := Evaluate(Strictest, both(), l.all(), now)
		for _, local := range zones {
			for k := range zones {
				moved := slices.Clone(l.records)
				for i := range moved {
					loc := location(t, zones[(i+k)%len(zones)])
					moved[i].At, moved[i].Sent = moved[i].At.In(loc), moved[i].Sent.In(loc)
				}
				inZone(t, local, func(loc *time.Location) {
					require.Equal(t, want, Evaluate(Strictest, both(), slices.Values(moved), now.In(loc)), "%s, %v", local, now)
				})
			}
		}
	}
}

// TestCallsCountUntilTheirShelfInVirtualTime makes calls every quarter of an hour over both changes of daylight saving
// of a zone, and lets time pass: each counts from when it was made until 00:00 UTC two days later, and not a moment
// longer.
func TestCallsCountUntilTheirShelfInVirtualTime(t *testing.T) {
	for zone, change := range map[string]string{
		"Europe/Berlin": "2000-03-26T01:00:00Z", "America/New_York": "2000-10-29T06:00:00Z", "Australia/Lord_Howe": "2000-08-26T15:30:00Z", "Pacific/Kiritimati": "2000-06-01T10:00:00Z",
	} {
		t.Run(zone, func(t *testing.T) {
			inZone(t, zone, func(loc *time.Location) {
				synctest.Test(t, func(t *testing.T) {
					at, err := time.Parse(time.RFC3339, change)
					require.NoError(t, err)
					time.Sleep(time.Until(at.Add(-26 * time.Hour)))
					l := new(log)
					for range 4 * 52 {
						l.ok(1, first, time.Now())
						time.Sleep(15 * time.Minute)
					}
					for range 60 {
						now := time.Now()
						counted := 0
						for _, r := range l.records {
							if !r.At.After(now) && now.Before(Shelf(r.At)) {
								counted++
							}
						}
						require.Equal(t, counted, Evaluate(Graduation, Want{}, l.all(), now).Successes, "%v", now)
						time.Sleep(61 * time.Minute)
					}
				})
			})
		})
	}
}

// TestSkewOfMachinesCountsInNoOtherWindow has machines stamp their calls by clocks that are off by minutes. A stamp
// that is to come counts as a success only once it has come, and none counts past the end of the day that it says.
func TestSkewOfMachinesCountsInNoOtherWindow(t *testing.T) {
	for _, skew := range []time.Duration{-7 * time.Minute, -time.Minute, time.Minute, 7 * time.Minute} {
		t.Run(fmt.Sprint(skew), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(time.Date(2000, 1, 3, 23, 50, 0, 0, time.UTC)))
				l := new(log)
				for range 20 { // a call a minute over midnight
					l.ok(1, first, time.Now().Add(skew))
					time.Sleep(time.Minute)
				}
				for range 3 * 24 * 60 {
					now := time.Now()
					counted := 0
					for _, r := range l.records {
						if !r.At.After(now) && !r.At.Before(now.Truncate(24*time.Hour).Add(-24*time.Hour)) {
							counted++
						}
					}
					v := Evaluate(Graduation, Want{}, l.all(), now)
					require.Equal(t, counted, v.Successes, "%v", now)
					time.Sleep(time.Minute)
				}
			})
		})
	}
}

// TestClockSetBackCountsNothingEarly judges by a clock that was set back after the calls: what is to come by that clock
// is told and counts as no success until the clock is there again, in whichever window.
func TestClockSetBackCountsNothingEarly(t *testing.T) {
	l := enough(21)
	require.True(t, Evaluate(Strictest, both(), l.all(), noon).Ready)
	for _, back := range []time.Duration{12 * time.Hour, 30 * time.Hour, 72 * time.Hour} {
		v := Evaluate(Strictest, both(), l.all(), noon.Add(-back))
		assert.False(t, v.Ready)
		assert.Zero(t, v.Successes)
		assert.Contains(t, fmt.Sprint(v.Notes), "21 records dated later than this verdict: not counted until then; check whether a clock was wrong")
	}
	assert.True(t, Evaluate(Strictest, both(), l.all(), noon).Ready, "and nothing is lost")
	// Set back by less than the calls are old: they count as before.
	assert.True(t, Evaluate(Strictest, both(), l.all(), noon.Add(-time.Hour)).Ready)
	var none []ledger.Record
	assert.Zero(t, Evaluate(Strictest, both(), slices.Values(none), noon).Successes)
}

func location(t *testing.T, zone string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	require.NoError(t, err)
	return loc
}

// inZone makes a zone this machine's own.
func inZone(t *testing.T, zone string, do func(*time.Location)) {
	t.Helper()
	loc, before := location(t, zone), time.Local
	time.Local = loc
	defer func() { time.Local = before }()
	do(loc)
}
