package rctest

import (
	"strings"
	"sync"
	"time"
	"weak"
)

// reminders sends the reminders of subscriptions when they are due.
type reminders struct {
	mu    sync.Mutex
	timer *time.Timer
}

// remind sends what is due and sets the timer for the next reminder. The timer does not keep the handler alive.
func (h *Handler) remind() {
	h.reminders.mu.Lock()
	defer h.reminders.mu.Unlock()
	now := h.clock.now()
	next := h.world.Remind(now)
	if h.reminders.timer != nil {
		h.reminders.timer.Stop()
		h.reminders.timer = nil
	}
	if next.IsZero() {
		return
	}
	self := weak.Make(h)
	h.reminders.timer = time.AfterFunc(max(next.Sub(now), time.Millisecond), func() {
		if h := self.Value(); h != nil {
			h.remind()
		}
	})
}

// changesSubscriptions reports whether a request may change when a reminder is due.
func (x *exchange) changesSubscriptions() bool {
	return x.method != "GET" && strings.Contains(x.route.op.Path, "/subscription")
}
