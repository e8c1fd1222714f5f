package report

import (
	"maps"
	"slices"
	"time"
)

// limitRow is a rate limit as the latest responses stated it.
type limitRow struct {
	Group     string
	Limit     int
	Window    time.Duration
	Remaining int // the lowest that a response stated
	Refused   int // responses 429
}

// limitRows lists the limits that the responses stated, by group.
func limitRows(calls []Call) []limitRow {
	rows := make(map[string]*limitRow)
	for _, c := range calls {
		s := c.limit
		if s.Group == "" || s.Limit == 0 {
			continue
		}
		r := rows[s.Group]
		if r == nil {
			r = &limitRow{Group: s.Group, Remaining: s.Remaining}
			rows[s.Group] = r
		}
		r.Limit, r.Window, r.Remaining = s.Limit, s.Window, min(r.Remaining, s.Remaining)
		if s.Refused {
			r.Refused++
		}
	}
	var out []limitRow
	for _, group := range slices.Sorted(maps.Keys(rows)) {
		out = append(out, *rows[group])
	}
	return out
}
