package gradtest

import (
	"slices"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// localEvidence is the evidence as one session knows it: what the ledger held when it began, every attempt since, and,
// at intervals, what other processes have appended.
type localEvidence struct {
	mu       sync.Mutex
	records  []ledger.Record
	done     map[string]bool // ids of attempts whose outcome is in records; a record can arrive twice
	answered bool            // the server has answered this session
}

func newLocalEvidence() *localEvidence {
	return &localEvidence{done: make(map[string]bool)}
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
