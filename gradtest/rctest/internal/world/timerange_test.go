package world

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestMoments(t *testing.T) {
	for text, want := range map[string]string{
		"2026-11-24T12:00:00Z":          "2026-11-24T12:00:00Z",
		"2026-11-24T12:00:00.5Z":        "2026-11-24T12:00:00.5Z",
		"2026-11-24T12:00:00.000+02:00": "2026-11-24T10:00:00Z",
		"2026-11-24T12:00:00":           "2026-11-24T12:00:00Z",
		"2026-11-24T12:00":              "2026-11-24T12:00:00Z",
		"2026-11-24T12:00Z":             "2026-11-24T12:00:00Z",
		"2026-11-24":                    "2026-11-24T00:00:00Z",
		"2026-11":                       "2026-11-01T00:00:00Z",
		"":                              "", "yesterday": "", "2026-13-01": "",
	} {
		got, ok := ParseTime(text)
		assert.Equal(t, want != "", ok, text)
		if ok {
			assert.Equal(t, want, got.Format(time.RFC3339Nano), text)
		}
	}
}

func TestRanges(t *testing.T) {
	r, p := DayRange(url.Values{}, "dateFrom", "dateTo", testNow)
	assert.Nil(t, p)
	assert.Equal(t, TimeRange{testNow.Add(-24 * time.Hour), testNow}, r)
	assert.True(t, r.Contains(testNow))
	assert.True(t, r.Contains(testNow.Add(-24*time.Hour)))
	assert.False(t, r.Contains(testNow.Add(1)))
	assert.False(t, r.Contains(testNow.Add(-24*time.Hour-1)))
	r, p = DayRange(url.Values{"dateTo": {"2026-11-20"}}, "dateFrom", "dateTo", testNow)
	assert.Nil(t, p)
	assert.Equal(t, 24*time.Hour, r.To.Sub(r.From))
	for _, bad := range []url.Values{{"dateFrom": {"x"}}, {"dateTo": {"x"}}, {"dateFrom": {"2027-01-01"}}} {
		_, p = DayRange(bad, "dateFrom", "dateTo", testNow)
		assert.NotNil(t, p)
	}
}
