package rctest

import (
	"cmp"
	"fmt"
	"time"
)

// NoDelay is a value of [Config.AnalyticsDelay] that makes the console show current figures.
const NoDelay time.Duration = -1

const (
	defaultDelay = 5 * time.Minute // from a note of April 2022; older sources name none
	longestDelay = 24 * time.Hour
)

// delay returns the lag of the console's figures; 0: none.
func (cfg Config) delay() (time.Duration, error) {
	d := cmp.Or(cfg.AnalyticsDelay, defaultDelay)
	if d > longestDelay {
		return 0, fmt.Errorf("rctest: config: AnalyticsDelay is %v: "+
			"use at most %v, which is the longest lag of the platform, or NoDelay", d, longestDelay)
	}
	return max(d, 0), nil
}

// refreshed returns the times of the last and next update of the console's figures. Updates are at whole multiples of
// the delay, counted from midnight UTC if it divides the day. Without delay, last is now and next is zero.
func refreshed(now time.Time, delay time.Duration) (last, next time.Time) {
	now = now.UTC()
	if delay <= 0 {
		return now, time.Time{}
	}
	last = now.Truncate(delay)
	return last, last.Add(delay)
}

// published returns the verdict that the console shows: of the calls before the last update. A call at the exact time
// of the update is excluded, so that a call never shows up at once, even if the clock does not move.
func (h *Handler) published(last time.Time) Verdict {
	until := last
	if h.delay > 0 {
		until = last.Add(-1)
	}
	return h.evidence.verdictAt(last, until, h.declared)
}
