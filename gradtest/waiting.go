package gradtest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// waiting says what calls wait for: when a wait begins, and then every ten seconds what there still is to wait for. It
// is safe for concurrent use.
type waiting struct {
	scope  string // sessions of one scope wait for the same limits
	report func(text string)

	reporting sync.Mutex // held during a report that is due

	mu    sync.Mutex
	waits map[string]wait    // by what delays them
	busy  map[*underWay]bool // calls that have begun and not ended
	timer *time.Timer        // the next report; nil: none is due
	look  func()             // called before a report of a sweep
	sweep bool               // a sweep is under way: its state is reported even if nothing waits
}

// wait is one reason for which calls are not sent.
type wait struct {
	what  string
	until time.Time // at the earliest; zero: not known
	seen  time.Time // the latest time at which it was the case
}

// underWay is a call that has begun.
type underWay struct {
	endpoint string
	since    time.Time
}

const (
	// interval is the time between two reports.
	interval = 10 * time.Second

	// again is by how much a wait must have grown for a report of its own.
	again = 10 * time.Second
)

// reported are the waits that this process has reported outside of a sweep, by scope and reason, with their ends. A
// test for each of many sessions would otherwise say the same.
var reported struct {
	sync.Mutex
	until map[string]time.Time
}

// slot takes in the wait of a call for its slot.
func (w *waiting) slot(o window.Outlook) {
	what, next := o.Group+" window full", "next slot in"
	switch o.Reason {
	case window.Unconfirmed:
		what, next = "the first call of group "+o.Group+" has no response yet", "at the latest in"
	case window.Penalty:
		what, next = "the server refuses group "+o.Group+" for exceeding its rate limit", "over in"
	case window.Closed:
		what, next = "the server refuses all calls for exceeding a rate limit", "over in"
	case window.Forgotten:
		what = "the store of the limits was started or emptied a moment ago and may lack calls that the platform has counted"
	}
	w.until(string(o.Reason)+" "+o.Group, what+", "+next, o.Soonest)
}

// others takes in that the rest of the work is done elsewhere.
func (w *waiting) others(n int) {
	w.until("others", fmt.Sprintf("other processes have %s in progress that are still needed", calls(n)), time.Time{})
}

// locked takes in that the store waits for another process.
func (w *waiting) locked(what string) { w.until("lock", what, time.Time{}) }

// token takes in that a token request is repeated.
func (w *waiting) token(err error, until time.Time) {
	w.until("token", fmt.Sprintf("the token request failed (%v), repeated in", err), until)
}

// pause takes in that a call is repeated.
func (w *waiting) pause(endpoint string, err error, until time.Time) {
	w.until("pause "+endpoint, fmt.Sprintf("%s failed (%v), repeated in", endpoint, err), until)
}

// pending takes in that a response is late.
func (w *waiting) pending(p wire.Pending) {
	what := "no response to " + p.Op + " yet"
	if p.Body {
		what = "the response to " + p.Op + " is incomplete"
	}
	if !p.Until.IsZero() {
		what += ", given up in"
	}
	w.until("pending "+p.Op, what, p.Until)
}

// until takes in a wait, and reports it if it is new. what ends in the words before the time that is left.
func (w *waiting) until(key, what string, at time.Time) {
	now := time.Now()
	w.mu.Lock()
	w.drop(now)
	before, known := w.waits[key]
	if w.waits == nil {
		w.waits = make(map[string]wait)
	}
	next := wait{what: what, until: at, seen: now}
	w.waits[key] = next
	w.arm()
	sweep := w.sweep
	w.mu.Unlock()
	if known && at.Sub(before.until) < again || !sweep && w.reportedBefore(key, at, again) {
		return
	}
	w.report("waiting: " + next.text(now))
}

// reportedBefore reports whether a session of the same scope has reported a wait that ends at about the same time, and
// remembers it otherwise.
func (w *waiting) reportedBefore(key string, at time.Time, about time.Duration) bool {
	reported.Lock()
	defer reported.Unlock()
	key = w.scope + "\x00" + key
	if before, known := reported.until[key]; known && at.Sub(before).Abs() < about {
		return true
	}
	if reported.until == nil {
		reported.until = make(map[string]time.Time)
	}
	reported.until[key] = at
	return false
}

// begin starts the reports of a sweep. They end with end. look is called before each.
func (w *waiting) begin(look func()) (end func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sweep, w.look = true, look
	w.arm()
	return w.end
}

// end ends the reports. None is made after it has returned, until there is another wait.
func (w *waiting) end() {
	w.mu.Lock()
	w.sweep, w.waits = false, nil
	if w.timer != nil {
		w.timer.Stop()
		w.timer = nil
	}
	w.mu.Unlock()
	w.reporting.Lock() // the last one
	defer w.reporting.Unlock()
}

// call takes in that a call has begun. It ends with end.
func (w *waiting) call(endpoint string) (end func()) {
	c := &underWay{endpoint, time.Now()}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.busy == nil {
		w.busy = make(map[*underWay]bool)
	}
	w.busy[c] = true
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.busy, c)
	}
}

// arm makes sure that a report is due. mu is locked.
func (w *waiting) arm() {
	if w.timer == nil {
		w.timer = time.AfterFunc(interval, w.tick)
	}
}

// tick reports what there is to wait for, and arms the next report while there is anything.
func (w *waiting) tick() {
	w.reporting.Lock()
	defer w.reporting.Unlock()
	now := time.Now()
	w.mu.Lock()
	w.timer = nil
	w.drop(now)
	due := w.sweep || len(w.waits) > 0
	if due {
		w.arm()
	}
	text, sweep, look := w.text(now), w.sweep, w.look
	w.mu.Unlock()
	if sweep {
		look()
	}
	if !due || !sweep && w.reportedBefore("every", now, interval-time.Second) {
		return
	}
	w.report("waiting: " + text)
}

// drop forgets the waits that are over. mu is locked.
func (w *waiting) drop(now time.Time) {
	maps.DeleteFunc(w.waits, func(_ string, a wait) bool {
		if a.until.IsZero() {
			return now.Sub(a.seen) > interval
		}
		return a.until.Sub(now) < time.Second/2
	})
}

// text says what there is to wait for. mu is locked.
func (w *waiting) text(now time.Time) string {
	var parts []string
	for _, key := range slices.Sorted(maps.Keys(w.waits)) {
		parts = append(parts, w.waits[key].text(now))
	}
	if len(parts) > 0 {
		return strings.Join(parts, "; ")
	}
	var oldest *underWay
	for c := range w.busy {
		if oldest == nil || cmp.Or(c.since.Compare(oldest.since), strings.Compare(c.endpoint, oldest.endpoint)) < 0 {
			oldest = c
		}
	}
	if oldest == nil {
		return "the next call is being decided on"
	}
	return fmt.Sprintf("%s under way, %s for %s", calls(len(w.busy)), oldest.endpoint, seconds(now.Sub(oldest.since)))
}

func (a wait) text(now time.Time) string {
	if a.until.IsZero() {
		return a.what
	}
	return a.what + " " + seconds(a.until.Sub(now))
}

// seconds renders a duration for people, in whole seconds.
func seconds(d time.Duration) string {
	d = d.Round(time.Second)
	if d < 2*time.Minute {
		return fmt.Sprintf("%d s", int(d.Seconds()))
	}
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	return text
}
