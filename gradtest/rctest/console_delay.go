package rctest

import (
	"cmp"
	"fmt"
	"time"
)

// NoDelay is a value of [Config.AnalyticsDelay] that has the console show the figures of now.
const NoDelay time.Duration = -1

const (
	defaultDelay = 5 * time.Minute // a note of April 2022; older texts name no figure
	longestDelay = 24 * time.Hour
)

// delay is the delay of the console's figures, 0 for none.
func (cfg Config) delay() (time.Duration, error) {
	d := cmp.Or(cfg.AnalyticsDelay, defaultDelay)
	if d > longestDelay {
		return 0, fmt.Errorf("rctest: config: AnalyticsDelay is %v: the platform's figures are a day behind at most: use %v or less, or NoDelay", d, longestDelay)
	}
	return max(d, 0), nil
}

// refreshed is when the console's figures were last updated, and when they will be next. They are updated at whole
// multiples of the delay, counted from midnight UTC where it divides the day. Without delay the last update is now and
// next is zero.
func refreshed(now time.Time, delay time.Duration) (last, next time.Time) {
	now = now.UTC()
	if delay <= 0 {
		return now, time.Time{}
	}
	last = now.Truncate(delay)
	return last, last.Add(delay)
}

// published judges as the console does: of the calls older than the last update of its figures. One of that very moment
// is not in them, so that a call is never seen at once, even where time stands still.
func (h *Handler) published(last time.Time) Verdict {
	until := last
	if h.delay > 0 {
		until = last.Add(-1)
	}
	return h.evidence.verdictAt(last, until, h.declared)
}
