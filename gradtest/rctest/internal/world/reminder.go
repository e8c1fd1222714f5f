package world

import (
	"strconv"
	"time"
)

// reminderPath is the event filter that reminds a subscriber of the end of the subscription: threshold seconds before
// it, and again after every interval. Source: guide, webhooks.
const reminderPath = "/restapi/v1.0/subscription/~"

// Values of a reminder filter without parameters. They are those of the guide's sample; no source has the platform's
// own.
const (
	defaultThreshold = 60
	defaultInterval  = 15
)

// reminder is the reminder filter of a subscription.
type reminder struct {
	filter eventFilter
	first  time.Time // when the first one is due
	every  time.Duration
}

// reminderOf returns the reminder filter of a subscription; false: it has none.
func (w *World) reminderOf(t *Resource) (reminder, bool) {
	for _, text := range Texts(t.Doc, "eventFilters") {
		f, ok := w.newEventFilter(text, t.Parent("subscriber"))
		if !ok || f.path != reminderPath {
			continue
		}
		seconds := func(name string, absent int) time.Duration {
			n, err := strconv.Atoi(f.query.Get(name))
			if err != nil || n < 1 {
				n = absent
			}
			return time.Duration(n) * time.Second
		}
		return reminder{filter: f, first: t.expiry().Add(-seconds("threshold", defaultThreshold)),
			every: seconds("interval", defaultInterval)}, true
	}
	return reminder{}, false
}

// reminders returns the reminders that are due and not sent: one for each subscription, however many were missed.
func (w *World) reminders(now time.Time) []Notification {
	var out []Notification
	for t, address := range w.subscribers(now) {
		r, ok := w.reminderOf(t)
		if !ok || now.Before(r.first) {
			continue
		}
		due := int(now.Sub(r.first)/r.every) + 1
		if sent, _ := t.Doc["reminded"].(int); due > sent {
			t.Doc["reminded"] = due
			out = append(out, w.notification(t, r.filter, Event{At: now, Body: Object{}}, address))
		}
	}
	return out
}

// Remind sends the reminders that are due and returns when the next one is; zero: none is.
func (w *World) Remind(now time.Time) (next time.Time) {
	w.mu.Lock()
	due := w.notifications(now)
	for t := range w.subscribers(now) {
		r, ok := w.reminderOf(t)
		if !ok {
			continue
		}
		sent, _ := t.Doc["reminded"].(int)
		at := r.first.Add(time.Duration(sent) * r.every)
		if at.Before(t.expiry()) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	w.mu.Unlock()
	for _, n := range due {
		w.Config.Deliver(n)
	}
	return next
}
