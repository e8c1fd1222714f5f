package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// Limit is what the calls of a group of the rate limits showed.
type Limit struct {
	Group     string        `json:"group"`
	Calls     int           `json:"calls,omitempty"`     // that fit into a window, as the latest response stated it
	Window    time.Duration `json:"window,omitempty"`    // length of the window, in nanoseconds
	Remaining *int          `json:"remaining,omitempty"` // the fewest that a response stated; absent: none did
	Refused   int           `json:"refused"`             // responses 429
	Waits     int           `json:"waits"`               // calls that waited for their slot, a tenth of a second or more
	Waited    time.Duration `json:"waited"`              // by all of them together, in nanoseconds
	Longest   time.Duration `json:"longest"`             // wait of one call, in nanoseconds
}

// noWait is what a call may take to get a slot that is free.
const noWait = 100 * time.Millisecond

// limits lists what calls showed, by group.
func limits(calls []Call) (out []Limit) {
	rows := make(map[string]*Limit)
	latest := make(map[string]time.Time)
	for _, c := range calls {
		group := cmp.Or(strings.ToLower(c.limit.Group), c.group)
		if group == "" {
			continue
		}
		r := rows[group]
		if r == nil {
			r = &Limit{Group: group}
			rows[group] = r
		}
		if c.Waited >= noWait {
			r.Waits++
			r.Waited += c.Waited
			r.Longest = max(r.Longest, c.Waited)
		}
		if c.limit.Refused {
			r.Refused++
		}
		if c.limit.Limit == 0 {
			continue
		}
		if !c.At.Before(latest[group]) {
			latest[group] = c.At
			r.Calls, r.Window = c.limit.Limit, c.limit.Window
		}
		left := c.limit.Remaining
		if r.Remaining != nil {
			left = min(left, *r.Remaining)
		}
		r.Remaining = &left
	}
	for _, group := range slices.Sorted(maps.Keys(rows)) {
		if r := rows[group]; r.Calls > 0 || r.Waits > 0 || r.Refused > 0 {
			out = append(out, *r)
		}
	}
	return out
}

// Stated says what the limit is.
func (l Limit) Stated() string {
	if l.Calls == 0 {
		return "not stated"
	}
	return plural(l.Calls, "call") + " in " + took(l.Window)
}

// Time says how long calls waited for their slots.
func (l Limit) Time() string {
	if l.Waits == 0 {
		return "none"
	}
	s := took(l.Waited) + " by " + plural(l.Waits, "call")
	if l.Waits > 1 {
		s += ", at most " + took(l.Longest)
	}
	return s
}

// took renders a duration for people.
func took(d time.Duration) string {
	unit := 100 * time.Millisecond
	if d >= 10*time.Second {
		unit = time.Second
	}
	s := d.Round(unit).String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
