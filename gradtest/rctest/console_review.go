package rctest

import (
	"sync"
	"time"
)

// Application is a request for production.
type Application struct {
	Applied  time.Time // UTC
	Answer   time.Time // 00:00 UTC of the review day; the hour is not known
	Approved bool      // the review day has come; the emulator approves every request
}

// review has the app's one application.
type review struct {
	mu      sync.Mutex
	applied time.Time // zero: not yet
}

// application returns the app's application with its state at now, or nil.
func (r *review) application(now time.Time) *Application {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.applied.IsZero() {
		return nil
	}
	a := newApplication(r.applied, now)
	return &a
}

// apply records an application, unless there is one.
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

// reviewDay returns 00:00 UTC of the day on which a request is reviewed. Reviews take place Monday to Friday and cover
// the requests of the business day before; requests at a weekend wait for the next business day. Holidays are not
// emulated.
func reviewDay(requested time.Time) time.Time {
	year, month, day := requested.UTC().Date()
	next := time.Date(year, month, day+1, 0, 0, 0, 0, time.UTC)
	for next.Weekday() == time.Saturday || next.Weekday() == time.Sunday {
		next = next.AddDate(0, 0, 1)
	}
	return next
}
