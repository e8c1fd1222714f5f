package criteria

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// TestReview is a fortnight of November 2026; the 26th, a Thursday, is a holiday.
func TestReview(t *testing.T) {
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC) }
	thanksgiving := time.Date(2026, 11, 26, 15, 0, 0, 0, time.FixedZone("west", -8*3600)) // only the date matters
	california := location(t, "America/Los_Angeles")
	for _, tt := range []struct {
		name     string
		calendar Calendar
		applied  time.Time
		from, to time.Time
	}{
		{"Monday: Tuesday", Calendar{}, at(16, 0), at(17, 0), at(18, 0)},
		{"Monday, late", Calendar{}, at(16, 23), at(17, 0), at(18, 0)},
		{"Friday: Monday", Calendar{}, at(20, 12), at(23, 0), at(24, 0)},
		{"Saturday: Monday or, if it counts as a request of Monday, Tuesday", Calendar{}, at(21, 12), at(23, 0), at(25, 0)},
		{"Sunday", Calendar{}, at(22, 12), at(23, 0), at(25, 0)},
		{"the day before a holiday", Calendar{Holidays: []time.Time{thanksgiving}}, at(25, 12), at(27, 0), at(28, 0)},
		{"a holiday", Calendar{Holidays: []time.Time{thanksgiving}}, at(26, 12), at(27, 0), time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)},
		{"days of another place", Calendar{Location: california}, at(17, 7), at(17, 8), at(18, 8)}, // Monday 23:00 there
		{"summer time ends on Sunday", Calendar{Location: california}, time.Date(2026, 10, 30, 18, 0, 0, 0, time.UTC),
			time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC), time.Date(2026, 11, 3, 8, 0, 0, 0, time.UTC)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, Review{From: tt.from, To: tt.to}, tt.calendar.Review(tt.applied))
		})
	}
	assert.True(t, Calendar{}.Business(at(20, 23)))
	assert.False(t, Calendar{}.Business(at(21, 0)))
	r := Calendar{}.Review(at(16, 0))
	assert.True(t, r.Covers(r.To))
	assert.True(t, r.Covers(time.Time{}), "nothing ends it")
	assert.False(t, r.Covers(r.To.Add(-1)))

	var all []time.Time
	for day := range 500 {
		all = append(all, at(1, 0).AddDate(0, 0, day))
	}
	assert.NotPanics(t, func() { Calendar{Holidays: all}.Review(at(16, 0)) }, "a calendar of holidays alone ends")
}
