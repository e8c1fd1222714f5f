package ledger

import (
	"context"
	"time"
)

// While calls of this process are queued, the file is polled for appends by other processes. Polling delays no call: a
// slot becomes free one window after an answer, and is booked as soon as the answer is known.
const (
	minPoll = 5 * time.Millisecond
	maxPoll = 25 * time.Millisecond

	// reviewInterval is how often the queue is reviewed although nothing was appended: time alone can end a call in
	// flight whose answer never came, and the wait for a dead process.
	reviewInterval = 250 * time.Millisecond
)

// pollQueue serves all queued calls together and returns when there are none.
func (g *gate) pollQueue() {
	poll := minPoll
	timer := time.NewTimer(poll)
	defer timer.Stop()
	for g.keepPolling() {
		rung := false
		select {
		case <-g.wake:
			rung, poll = true, minPoll
		case <-timer.C:
			poll = min(poll*3/2, maxPoll)
		}
		if rung && g.keepPolling() || g.queueStale() {
			if _, err := g.decideAll(context.Background(), nil); err != nil {
				g.failQueue(err)
			}
		}
		timer.Reset(poll)
	}
}

// keepPolling reports whether calls are queued. If not, pollQueue ends, and the next queued call starts it again.
func (g *gate) keepPolling() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.polling = len(g.queue) > 0
	return g.polling
}

// queueStale reports whether decisions on the queue may have changed.
func (g *gate) queueStale() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.queue) > 0 && (time.Since(g.decided) >= reviewInterval || g.replay.changed(g.shared))
}

// failQueue fails all queued calls.
func (g *gate) failQueue(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, w := range g.queue {
		w.err = err
		w.notify()
	}
	clear(g.queue)
	g.queue = g.queue[:0]
}

// wakePoller wakes pollQueue, if it runs.
func (g *gate) wakePoller() {
	select {
	case g.wake <- struct{}{}:
	default:
	}
}

// wakePollers wakes the pollers of all gates of this process, because calls may have become ready.
func (f *sharedDir) wakePollers() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for g := range f.gates {
		g.wakePoller()
	}
}

// notifyGates tells the gates of this process what it has appended.
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
