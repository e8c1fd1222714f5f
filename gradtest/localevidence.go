package gradtest

import (
	"slices"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// localEvidence is the evidence as one session knows it: what the ledger held when it began, every attempt since, and,
// at intervals, what other processes have appended.
type localEvidence struct {
	mu        sync.Mutex
	records   []ledger.Record
	done      map[string]bool        // ids of attempts whose outcome is in records; a record can arrive twice
	successes map[string][]time.Time // by endpoint, in the order of arrival
	answered  bool                   // the server has answered this session
}

func newLocalEvidence() *localEvidence {
	return &localEvidence{successes: make(map[string][]time.Time), done: make(map[string]bool)}
}

// add takes in one attempt of this session. It fits wire.Config.Watch.
func (l *localEvidence) add(r ledger.Record) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.answered = l.answered || r.Status != 0
	l.take(r)
}

// join takes in records from the ledger.
func (l *localEvidence) join(records []ledger.Record) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range records {
		l.take(r)
	}
}

func (l *localEvidence) take(r ledger.Record) {
	if r.Kind == ledger.Done {
		if l.done[r.ID] {
			return
		}
		l.done[r.ID] = true
	}
	l.records = append(l.records, r)
	if r.Succeeded() {
		key := r.Method + " " + r.Path
		at := r.At
		if !r.Sent.IsZero() { // the verdict dates a success by when it was sent, the earlier of the two
			at = r.Sent
		}
		l.successes[key] = append(l.successes[key], at)
	}
}

// count returns how many successes of op lie at or after since.
func (l *localEvidence) count(op rcapi.Operation, since time.Time) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for _, at := range l.successes[op.Method+" "+op.Path] {
		if !at.Before(since) {
			n++
		}
	}
	return n
}

// reached reports whether the server has answered this session.
func (l *localEvidence) reached() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.answered
}

// all returns a copy of the records.
func (l *localEvidence) all() []ledger.Record {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.records)
}
