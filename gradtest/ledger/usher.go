package ledger

import (
	"context"
	"time"
)

// How often the file is looked at for what other processes have done, while calls of this one are in line. Nobody
// loses by it: a slot is free one window after an answer, and is booked as soon as the answer is known.
const (
	shortestPoll = 5 * time.Millisecond
	longestPoll  = 25 * time.Millisecond

	// review is how often the line is looked at although nothing was appended: calls under way are given up, and
	// places of the dead passed over, by time alone.
	review = 250 * time.Millisecond
)

// usher looks after the calls in line, for all of them together, until there are none.
func (g *gate) usher() {
	poll := shortestPoll
	timer := time.NewTimer(poll)
	defer timer.Stop()
	for g.needed() {
		rung := false
		select {
		case <-g.bell:
			rung, poll = true, shortestPoll
		case <-timer.C:
			poll = min(poll*3/2, longestPoll)
		}
		if rung && g.needed() || g.news() {
			if _, err := g.look(context.Background(), nil); err != nil {
				g.dismiss(err)
			}
		}
		timer.Reset(poll)
	}
}

// needed tells whether anybody is in line; otherwise the usher ends and the next one in line needs a new one.
func (g *gate) needed() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.ushering = len(g.line) > 0
	return g.ushering
}

// news tells whether it is worth while to look.
func (g *gate) news() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.line) > 0 && (time.Since(g.looked) >= review || g.tail.changed(g.folder))
}

// dismiss tells all in line why they cannot be admitted.
func (g *gate) dismiss(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, w := range g.line {
		w.err = err
		w.tell()
	}
	clear(g.line)
	g.line = g.line[:0]
}

// ring has the usher look, if there is one.
func (g *gate) ring() {
	select {
	case g.bell <- struct{}{}:
	default:
	}
}

// ring tells all gates of this process that calls may have become free to go.
func (f *folder) ring() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for g := range f.gates {
		g.ring()
	}
}

// tell lets the gates of this process know what was appended by it.
func (f *folder) tell(records []Record) {
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
				g.told.add(records[i].ID)
			}
		}
		g.mu.Unlock()
		g.ring()
	}
}
