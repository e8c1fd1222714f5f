package gradtest

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"
)

// Progress is the state of a sweep after a call, when it begins to wait, and every ten seconds.
type Progress struct {
	Endpoint string // the endpoint called
	Counted  bool   // a success
	Err      error  // why it was none
	Done     int    // needed successes that this sweep has made
	Total    int    // needed successes when the sweep began
	Waiting  string // what the sweep waits for; empty: this is the end of a call

	Left   time.Duration   // what the plan needs from now on at the known limits, computed every ten seconds
	Groups []GroupProgress // of the plan, by name
}

// GroupProgress is what is left of a sweep in one group of the rate limits.
type GroupProgress struct {
	Group string
	Calls int           // to send
	Left  time.Duration // that they need at the known limits
}

// progress tells the log, App.Progress and the output of a test how a session gets on. It is safe for concurrent use.
type progress struct {
	log    *slog.Logger
	notify func(Progress) // nil: not called
	scope  string         // sessions of one scope make the same notes

	mu     sync.Mutex
	output io.Writer // nil outside go test
	latest Progress  // counts and plan
	at     time.Time // of the plan
}

// to sets where notes and waits are reported besides; nil: nowhere.
func (p *progress) to(w io.Writer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.output = w
}

// planned takes in what is left of a sweep.
func (p *progress) planned(left time.Duration, groups []GroupProgress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.latest.Left, p.latest.Groups, p.at = left, groups, time.Now()
}

// start takes in how many calls a sweep needs; zero: it has ended.
func (p *progress) start(total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.latest = Progress{Total: total}
}

// call reports the end of a call.
func (p *progress) call(endpoint string, counted bool, err error) {
	p.log.DebugContext(context.Background(), "call", "endpoint", endpoint, "counted", counted, "err", err)
	p.mu.Lock()
	defer p.mu.Unlock()
	if counted {
		p.latest.Done = min(p.latest.Done+1, p.latest.Total)
	}
	if p.notify != nil {
		now := p.now()
		now.Endpoint, now.Counted, now.Err = endpoint, counted, err
		p.notify(now)
	}
}

// waits reports a wait. say makes the text from the progress, which is empty outside of a sweep.
func (p *progress) waits(say func(progress string) string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	counts := ""
	if p.latest.Total > 0 {
		counts = fmt.Sprintf("%d/%d calls done; ", p.latest.Done, p.latest.Total)
	}
	text := say(counts)
	p.log.InfoContext(context.Background(), text)
	if p.notify != nil {
		now := p.now()
		now.Waiting = say("")
		p.notify(now)
	}
	if p.output != nil {
		fmt.Fprintln(p.output, text)
	}
}

// now returns the latest counts with what is left now. mu is locked.
func (p *progress) now() Progress {
	n := p.latest
	n.Left = max(0, n.Left-time.Since(p.at))
	return n
}

// said are the notes that this process has made in logs and in the output of tests.
var said struct{ logs, outputs sync.Map }

// once makes a note in the log and, in a test, in its output, unless a session of this process and scope has made the same
// one there.
func (p *progress) once(text string) {
	key := p.scope + "\x00" + text
	if _, known := said.logs.LoadOrStore(key, true); !known {
		p.log.InfoContext(context.Background(), text)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.output == nil {
		return
	}
	if _, known := said.outputs.LoadOrStore(key, true); !known {
		fmt.Fprintln(p.output, text)
	}
}
