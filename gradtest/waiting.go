package gradtest

import (
	"fmt"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// waiting reports what a sweep waits for, each wait once and in one line. It is safe for concurrent use.
type waiting struct {
	report func(text string)

	mu   sync.Mutex
	said map[string]time.Time // until when each wait was said to last
}

// again is by how much a wait must have grown to be reported once more.
const again = 10 * time.Second

// slot reports the wait of a call for its slot.
func (w *waiting) slot(o window.Outlook) {
	what := "group " + o.Group + " has no free slot"
	switch o.Reason {
	case window.Unconfirmed:
		what = "the first call of group " + o.Group + " has no response yet"
	case window.Penalty:
		what = "the server refuses group " + o.Group + " for exceeding its rate limit"
	case window.Closed:
		what = "the server refuses all calls for exceeding a rate limit"
	case window.Forgotten:
		what = "the store of the limits was started or emptied a moment ago and may lack calls that the platform has counted"
	}
	w.until(string(o.Reason)+" "+o.Group, what, o.Soonest)
}

// token reports the wait before a token request is repeated.
func (w *waiting) token(err error, until time.Time) {
	w.until("token", "the token request is repeated, since it failed: "+err.Error(), until)
}

// others reports that the rest of the work is done elsewhere.
func (w *waiting) others(n int) {
	w.until("others", fmt.Sprintf("other processes have %s in progress that are still needed", calls(n)), time.Time{})
}

// until reports a wait unless the same one was reported before. A zero time means that its end is not known.
func (w *waiting) until(key, what string, at time.Time) {
	w.mu.Lock()
	before, known := w.said[key]
	if known && at.Sub(before) < again {
		w.mu.Unlock()
		return
	}
	if w.said == nil {
		w.said = make(map[string]time.Time)
	}
	w.said[key] = at
	w.mu.Unlock()
	text := "waiting: " + what
	if !at.IsZero() {
		text += fmt.Sprintf(": %v, until %s at the earliest", time.Until(at).Round(time.Second), at.UTC().Format("15:04:05 UTC"))
	}
	w.report(text)
}
