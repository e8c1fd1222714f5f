package rctest

import (
	"sync"
	"time"
)

// Application is a request for production.
type Application struct {
	Applied  time.Time // UTC
	Answer   time.Time // of the review: 00:00 UTC of its day, as the hour is not known
	Approved bool      // the answer is there; the emulator refuses nobody whom the console let apply
}

// review keeps the one application of the app.
type review struct {
	mu      sync.Mutex
	applied time.Time // zero: not yet
}

// application is the app's request as it stands at a moment, or nil.
func (r *review) application(now time.Time) *Application {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.applied.IsZero() {
		return nil
	}
	a := newApplication(r.applied, now)
	return &a
}

// apply records a request, unless there is one.
func (r *review) apply(now time.Time) (a Application, first bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	first = r.applied.IsZero()
	if first {
		r.applied = now
	}
	return newApplication(r.applied, now), first
}

func newApplication(applied, now time.Time) Application {
	answer := reviewDay(applied)
	return Application{Applied: applied.UTC(), Answer: answer, Approved: !now.Before(answer)}
}

// reviewDay is the day, as 00:00 UTC, of the review of what was requested at a moment. Reviews run Monday to Friday for
// the requests of the business day before; what comes in at a weekend waits for the next business day. Holidays are not
// known here, on which requests wait too.
func reviewDay(requested time.Time) time.Time {
	year, month, day := requested.UTC().Date()
	next := time.Date(year, month, day+1, 0, 0, 0, 0, time.UTC)
	for next.Weekday() == time.Saturday || next.Weekday() == time.Sunday {
		next = next.AddDate(0, 0, 1)
	}
	return next
}
