package criteria

import "time"

// Calendar says when the platform's staff reviews a request to graduate. Reviews run Monday to Friday, for the
// requests of the business day before; requests of a weekend or holiday wait for the next business day. Source:
// developer guide, getting-started/graduate-app. The zero value has no holidays and days in UTC.
type Calendar struct {
	Holidays []time.Time    // their dates, as written: year, month and day in each one's own location
	Location *time.Location // whose days these are; nil: UTC. The texts do not say where the staff is.
}

// Review is the time in which a request is reviewed.
type Review struct {
	From time.Time // start of the first day on which it can be
	To   time.Time // end of the last one
}

// Business reports whether t is on a business day.
func (c Calendar) Business(t time.Time) bool {
	t = t.In(c.location())
	switch t.Weekday() {
	case time.Saturday, time.Sunday:
		return false
	}
	y, m, d := t.Date()
	for _, h := range c.Holidays {
		if hy, hm, hd := h.Date(); hy == y && hm == m && hd == d {
			return false
		}
	}
	return true
}

// Review returns when a request made at t is reviewed: on the next business day. A request of a weekend or holiday
// counts as one of the next business day in one reading of the texts, so it may be reviewed on either of the next
// two.
func (c Calendar) Review(t time.Time) Review {
	first := c.next(t)
	last := first
	if !c.Business(t) {
		last = c.next(first)
	}
	return Review{From: first.UTC(), To: c.day(last, 1).UTC()}
}

// Covers reports whether a verdict that is ready until a time outlasts the review. The zero time is no end.
func (r Review) Covers(until time.Time) bool { return until.IsZero() || !until.Before(r.To) }

// next returns the start of the next business day after that of t. A year of holidays is the most that it looks
// through.
func (c Calendar) next(t time.Time) time.Time {
	for range 366 {
		if t = c.day(t, 1); c.Business(t) {
			break
		}
	}
	return t
}

// day returns the start of a day, counted from that of t. Days of a location may have 23 or 25 hours.
func (c Calendar) day(t time.Time, days int) time.Time {
	y, m, d := t.In(c.location()).Date()
	return time.Date(y, m, d+days, 0, 0, 0, 0, c.location())
}

func (c Calendar) location() *time.Location {
	if c.Location == nil {
		return time.UTC
	}
	return c.Location
}
