package ledger

import (
	"context"
	"time"
)

// How often the file is looked at for what other processes have done, while calls of this one are in line. Nobody
// loses by it: a slot is free one window after an answer, and is booked as soon as the answer is known.
const (
	minPoll = 5 * time.Millisecond
	maxPoll = 25 * time.Millisecond

	// review is how often the line is looked at although nothing was appended: calls under way are given up, and
	// places of the dead passed over, by time alone.
	reviewInterval = 250 * time.Millisecond
)

// usher looks after the calls in line, for all of them together, until there are none.
func (g *gate) pollLine() {
	poll := minPoll
	timer := time.NewTimer(poll)
	defer timer.Stop()
	for g.lineWaits() {
		rung := false
		select {
		case <-g.wake:
			rung, poll = true, minPoll
		case <-timer.C:
			poll = min(poll*3/2, maxPoll)
		}
		if rung && g.lineWaits() || g.lineStale() {
			if _, err := g.decideAll(context.Background(), nil); err != nil {
				g.failLine(err)
			}
		}
		timer.Reset(poll)
	}
}

// needed tells whether anybody is in line; otherwise the usher ends and the next one in line needs a new one.
func (g *gate) lineWaits() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.polling = len(g.line) > 0
	return g.polling
}

// news tells whether it is worth while to look.
func (g *gate) lineStale() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.line) > 0 && (time.Since(g.decided) >= reviewInterval || g.replay.changed(g.folder))
}

// dismiss tells all in line why they cannot be admitted.
func (g *gate) failLine(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, w := range g.line {
		w.err = err
		w.notify()
	}
	clear(g.line)
	g.line = g.line[:0]
}

// ring has the usher look, if there is one.
func (g *gate) wakePoller() {
	select {
	case g.wake <- struct{}{}:
	default:
	}
}

// ring tells all gates of this process that calls may have become free to go.
func (f *sharedDir) wakePollers() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for g := range f.gates {
		g.wakePoller()
	}
}

// tell lets the gates of this process know what was appended by it.
func (f *sharedDir) notifyGates(records []Record) {
	f.mu.Lock()
	gates := make([]*gate, 0, len(f.gates))
	for g := range f.gates {
		gates = append(gates, g)
	}
	f.mu.Unlock()
	for _, g := range gates {
		g.mu.Lock()
		for i := range records {
			if records[i].Kind == Done {
				g.settledIDs.add(records[i].ID)
			}
		}
		g.mu.Unlock()
		g.wakePoller()
	}
}
