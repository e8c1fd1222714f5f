package gradtest

import (
	"slices"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// tally is the evidence as a sweep sees it: what the ledger held when it began, every attempt since, and
// from time to time what other processes have added.
type tally struct {
	mu       sync.Mutex
	records  []ledger.Record
	ended    map[string]bool        // attempts whose end is in records, since their records come by two ways
	wins     map[string][]time.Time // successes by endpoint, in the order seen
	answered bool                   // the server has answered since the tally was made
}

func newTally(records []ledger.Record) *tally {
	t := &tally{wins: make(map[string][]time.Time), ended: make(map[string]bool)}
	t.join(records)
	return t
}

// add takes in one attempt of this process. It fits wire.Config.Watch.
func (t *tally) add(r ledger.Record) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.answered = t.answered || r.Status != 0
	t.take(r)
}

// join takes in what other processes have recorded.
func (t *tally) join(records []ledger.Record) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range records {
		t.take(r)
	}
}

func (t *tally) take(r ledger.Record) {
	if r.Kind == ledger.Done {
		if t.ended[r.ID] {
			return
		}
		t.ended[r.ID] = true
	}
	t.records = append(t.records, r)
	if r.Succeeded() {
		key := r.Method + " " + r.Path
		at := r.At
		if !r.Sent.IsZero() { // the judgement dates a success by when it left, the earlier of the two
			at = r.Sent
		}
		t.wins[key] = append(t.wins[key], at)
	}
}

// won is how many successes of op lie at or after since.
func (t *tally) won(op rcapi.Operation, since time.Time) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := 0
	for _, at := range t.wins[op.Method+" "+op.Path] {
		if !at.Before(since) {
			n++
		}
	}
	return n
}

// reached reports whether the server has answered anything since the tally was made.
func (t *tally) reached() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.answered
}

// all is a copy of the records.
func (t *tally) all() []ledger.Record {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.records)
}
