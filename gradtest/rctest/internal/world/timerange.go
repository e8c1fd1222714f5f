package world

import (
	"net/url"
	"time"
)

// ParseTime reads a date of a query or body: with a zone, or a date alone, or cut after hours or minutes, which mean
// UTC.
func ParseTime(s string) (time.Time, bool) {
	for _, layout := range []string{
		time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15:04Z07:00", "2006-01-02", "2006-01",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// TimeRange is a range of time, both ends included.
type TimeRange struct{ From, To time.Time }

// DayRange reads a range of the query. What is not given is: until now, and a day long.
func DayRange(query url.Values, fromName, toName string, now time.Time) (TimeRange, *Problem) {
	r := TimeRange{To: now}
	var ok bool
	if v := query.Get(toName); v != "" {
		if r.To, ok = ParseTime(v); !ok {
			return r, Invalid(toName, v)
		}
	}
	r.From = r.To.Add(-24 * time.Hour)
	if v := query.Get(fromName); v != "" {
		if r.From, ok = ParseTime(v); !ok {
			return r, Invalid(fromName, v)
		}
	}
	if r.From.After(r.To) {
		return r, Invalid(fromName, query.Get(fromName))
	}
	return r, nil
}

// OpenRange reads a range of the query that is open where nothing is said.
func OpenRange(query url.Values, fromName, toName string) (TimeRange, *Problem) {
	r := TimeRange{To: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}
	var ok bool
	if v := query.Get(fromName); v != "" {
		if r.From, ok = ParseTime(v); !ok {
			return r, Invalid(fromName, v)
		}
	}
	if v := query.Get(toName); v != "" {
		if r.To, ok = ParseTime(v); !ok {
			return r, Invalid(toName, v)
		}
	}
	return r, nil
}

func (r TimeRange) Contains(t time.Time) bool { return !t.Before(r.From) && !t.After(r.To) }

// CreatedBetween reads the range of creation of a query. It is open where nothing is said.
func CreatedBetween(q *Request) (func(*Resource) bool, *Problem) {
	during, p := OpenRange(q.Query, "creationTimeFrom", "creationTimeTo")
	return func(t *Resource) bool {
		at, is := t.Doc["creationTime"].(time.Time)
		return !is || during.Contains(at)
	}, p
}
