package rctest

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestRefreshed(t *testing.T) {
	at := func(clock string) time.Time {
		v, err := time.Parse(time.RFC3339Nano, "2026-11-24T"+clock)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		now        string
		delay      time.Duration
		last, next string // empty: none
	}{
		{"12:04:59.999Z", 5 * time.Minute, "12:00:00Z", "12:05:00Z"},
		{"12:05:00Z", 5 * time.Minute, "12:05:00Z", "12:10:00Z"},
		{"00:00:00.001Z", 5 * time.Minute, "00:00:00Z", "00:05:00Z"},
		{"23:30:00Z", time.Hour, "23:00:00Z", "24:00:00Z"},
		{"01:30:00+02:00", time.Minute, "01:30:00+02:00", "01:31:00+02:00"},
		{"12:34:56Z", 0, "12:34:56Z", ""},
	} {
		last, next := refreshed(at(c.now), c.delay)
		assert.Equal(t, at(c.last).UTC(), last, c.now)
		switch c.next {
		case "":
			assert.True(t, next.IsZero())
		case "24:00:00Z":
			assert.Equal(t, at("23:00:00Z").Add(time.Hour), next)
		default:
			assert.Equal(t, at(c.next).UTC(), next, c.now)
		}
	}
	last, _ := refreshed(at("20:00:00Z"), 24*time.Hour)
	assert.Equal(t, at("00:00:00Z"), last, "updates of a day are at midnight UTC")
}

// The bubble begins at 00:00 UTC, which is an update too.
func TestPublishedLags(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{Limits: Unlimited()})
		seen := func() [2]int { c := a.h.Console(); return [2]int{c.Lagging.Successes, c.Current.Successes} }

		a.times(3, getOwn)
		assert.Equal(t, [2]int{0, 3}, seen(), "nothing is seen at once, not even at the moment of an update")
		time.Sleep(defaultDelay - time.Nanosecond)
		assert.Equal(t, [2]int{0, 3}, seen())
		a.times(2, getOwn)
		time.Sleep(time.Nanosecond)
		assert.Equal(t, [2]int{5, 5}, seen())
		a.times(1, getOwn)
		assert.Equal(t, [2]int{5, 6}, seen())
	})
}

func TestNoDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{Limits: Unlimited(), AnalyticsDelay: NoDelay})
		a.times(3, getOwn)
		c := a.h.Console()
		assert.Equal(t, c.Current, c.Lagging)
		assert.Equal(t, c.At, c.Refreshed)
		assert.True(t, c.NextRefresh.IsZero())
	})
}

// What a console that is a day behind judges by is not thrown away before.
func TestEvidenceIsKeptForTheLag(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited(), AnalyticsDelay: longestDelay})
		time.Sleep(time.Hour)
		a.login()
		a.times(chunk, timezone) // day 1, 01:00
		time.Sleep(3*24*time.Hour - 2*time.Hour)
		a.login()
		a.times(2*chunk, timezone) // day 3, 23:00: 70 hours later, and the figures are those of day 3, 00:00
		assert.Equal(t, chunk+1, a.h.Console().Lagging.Total)
	})
}
