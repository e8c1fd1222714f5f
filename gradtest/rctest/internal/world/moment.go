package world

import (
	"net/url"
	"time"
)

// momentOf reads a date of a query or body: with a zone, or a date alone, or cut after hours or minutes, which mean UTC.
func momentOf(s string) (time.Time, bool) {
	for _, layout := range []string{
		time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15:04Z07:00", "2006-01-02", "2006-01",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// between is a range of time, both ends included.
type between struct{ from, to time.Time }

// rangeOf reads a range of the query. What is not given is: until now, and a day long.
func rangeOf(query url.Values, fromName, toName string, now time.Time) (between, *Problem) {
	r := between{to: now}
	var ok bool
	if v := query.Get(toName); v != "" {
		if r.to, ok = momentOf(v); !ok {
			return r, invalid(toName, v)
		}
	}
	r.from = r.to.Add(-24 * time.Hour)
	if v := query.Get(fromName); v != "" {
		if r.from, ok = momentOf(v); !ok {
			return r, invalid(fromName, v)
		}
	}
	if r.from.After(r.to) {
		return r, invalid(fromName, query.Get(fromName))
	}
	return r, nil
}

// openRange reads a range of the query that is open where nothing is said.
func openRange(query url.Values, fromName, toName string) (between, *Problem) {
	r := between{to: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}
	var ok bool
	if v := query.Get(fromName); v != "" {
		if r.from, ok = momentOf(v); !ok {
			return r, invalid(fromName, v)
		}
	}
	if v := query.Get(toName); v != "" {
		if r.to, ok = momentOf(v); !ok {
			return r, invalid(toName, v)
		}
	}
	return r, nil
}

func (r between) has(t time.Time) bool { return !t.Before(r.from) && !t.After(r.to) }

// madeBetween reads the range of creation of a query. It is open where nothing is said.
func madeBetween(q *Request) (func(*thing) bool, *Problem) {
	during, p := openRange(q.Query, "creationTimeFrom", "creationTimeTo")
	return func(t *thing) bool {
		at, is := t.doc["creationTime"].(time.Time)
		return !is || during.has(at)
	}, p
}
