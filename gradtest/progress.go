package gradtest

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
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
	Groups []GroupProgress // of the plan, by name, less the calls that have succeeded since
}

// GroupProgress is what is left of a sweep in one group of the rate limits.
type GroupProgress struct {
	Group string
	Calls int           // to send
	Left  time.Duration // that they need at the known limits
}

// String describes the state in one line: the calls done, what the sweep waits for or which call ended, and what is
// left.
func (p Progress) String() string {
	var parts []string
	if p.Total > 0 {
		parts = append(parts, fmt.Sprintf("%d/%d calls done", p.Done, p.Total))
	}
	switch {
	case p.Waiting != "":
		parts = append(parts, p.Waiting)
	case p.Err != nil:
		parts = append(parts, fmt.Sprintf("%s: %v", p.Endpoint, p.Err))
	case p.Endpoint != "":
		parts = append(parts, p.Endpoint)
	}
	if left := p.Remaining(); left != "" {
		parts = append(parts, left)
	}
	return strings.Join(parts, "; ")
}

// Remaining says what is left by the plan, in all and in each group of the rate limits: "2m10s left: heavy 12 calls in
// 2m10s, light 16 calls". Groups without a time need not wait. It is empty when nothing is
// left or no plan is known.
func (p Progress) Remaining() string {
	var groups []string
	for _, g := range p.Groups {
		if g.Calls == 0 {
			continue
		}
		text := cmp.Or(g.Group, "no limit") + " " + calls(g.Calls)
		if g.Left > 0 {
			text += " in " + seconds(g.Left)
		}
		groups = append(groups, text)
	}
	if len(groups) == 0 {
		return ""
	}
	text := "left: " + strings.Join(groups, ", ")
	if p.Left > 0 {
		text = seconds(p.Left) + " " + text
	}
	return text
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

// call reports the end of a call, which was charged to these groups.
func (p *progress) call(endpoint string, groups []string, counted bool, err error) {
	p.log.DebugContext(context.Background(), "call", "endpoint", endpoint, "counted", counted, "err", err)
	p.mu.Lock()
	defer p.mu.Unlock()
	if counted {
		p.latest.Done = min(p.latest.Done+1, p.latest.Total)
		for i := range p.latest.Groups {
			if g := &p.latest.Groups[i]; slices.Contains(groups, g.Group) {
				g.Calls = max(0, g.Calls-1)
			}
		}
	}
	if p.notify != nil {
		now := p.now()
		now.Endpoint, now.Counted, now.Err = endpoint, counted, err
		p.notify(now)
	}
}

// waits reports a wait.
func (p *progress) waits(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	now.Waiting = what
	text := now.String()
	p.log.InfoContext(context.Background(), text)
	if p.notify != nil {
		p.notify(now)
	}
	if p.output != nil {
		fmt.Fprintln(p.output, text)
	}
}

// now returns the latest counts with what is left now. mu is locked.
func (p *progress) now() Progress {
	n := p.latest
	past := time.Since(p.at)
	n.Left = max(0, n.Left-past)
	n.Groups = slices.Clone(n.Groups)
	for i := range n.Groups {
		n.Groups[i].Left = max(0, n.Groups[i].Left-past)
	}
	return n
}

// first reports whether this process has not asked this before, for sessions of this scope.
func (p *progress) first(key string) bool {
	_, known := said.keys.LoadOrStore(p.scope+"\x00"+key, true)
	return !known
}

// said are the notes that this process has made in logs and in the output of tests.
var said struct{ logs, outputs, keys sync.Map }

// once makes a note in the log and, in a test, in its output, unless a session of this process and scope has made the
// same one there.
func (p *progress) once(text string) { p.onceAs(text, text) }

// onceAs makes one of the notes that have a name in common.
func (p *progress) onceAs(name, text string) {
	key := p.scope + "\x00" + name
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
