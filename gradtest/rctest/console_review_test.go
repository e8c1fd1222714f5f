package rctest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReviewDay(t *testing.T) {
	for _, c := range []struct{ requested, answer string }{
		{"2026-11-23T09:00:00Z", "Tue 2026-11-24"}, // Monday
		{"2026-11-24T09:00:00Z", "Wed 2026-11-25"},
		{"2026-11-25T09:00:00Z", "Thu 2026-11-26"},
		{"2026-11-26T09:00:00Z", "Fri 2026-11-27"},
		{"2026-11-27T00:00:00Z", "Mon 2026-11-30"}, // Friday
		{"2026-11-28T09:00:00Z", "Mon 2026-11-30"}, // at the weekend: the next business day
		{"2026-11-29T23:59:59Z", "Mon 2026-11-30"},
		{"2026-11-30T00:00:00Z", "Tue 2026-12-01"}, // and over the end of a month
		{"2026-12-31T12:00:00Z", "Fri 2027-01-01"}, // a holiday, which is not known
		{"2028-02-28T12:00:00Z", "Tue 2028-02-29"},
		{"2026-11-27T01:00:00+02:00", "Fri 2026-11-27"}, // Thursday in UTC
		{"2026-11-26T20:00:00-05:00", "Mon 2026-11-30"}, // Friday in UTC
	} {
		at, err := time.Parse(time.RFC3339, c.requested)
		require.NoError(t, err)
		got := reviewDay(at)
		assert.Equal(t, c.answer, got.Format("Mon 2006-01-02"), c.requested)
		assert.Equal(t, time.UTC, got.Location())
		assert.Zero(t, got.Sub(got.Truncate(24*time.Hour)), "the day begins in UTC")
		assert.True(t, got.After(at))
	}
}

func TestApplicationIsRecordedOnce(t *testing.T) {
	var r review
	friday := time.Date(2026, 11, 27, 15, 0, 0, 0, time.UTC)
	assert.Nil(t, r.application(friday))
	first, ok := r.apply(friday)
	assert.True(t, ok)
	assert.Equal(t, Application{Applied: friday, Answer: time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)}, first)
	again, ok := r.apply(friday.Add(time.Hour))
	assert.False(t, ok)
	assert.Equal(t, first, again)
	assert.False(t, r.application(first.Answer.Add(-1)).Approved)
	assert.True(t, r.application(first.Answer).Approved)
}
