package ledger

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/limits"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Memory is a [Store] in the memory of one process. Create one with [NewMemory]. It is safe for concurrent use.
type Memory struct {
	mu   sync.Mutex
	days map[day][]Record
	gate *window.Memory

	sessions map[string]bool // owners of open Claims
	appended chan struct{}   // closed by the next append; nil: no one waits
}

var (
	_ Store   = (*Memory)(nil)
	_ Gater   = (*Memory)(nil)
	_ Claimer = (*Memory)(nil)
)

// NewMemory returns an empty Memory.
func NewMemory() *Memory { return &Memory{days: make(map[day][]Record)} }

// Gate returns the only gate of the store, so that all sessions on it share the limits. changes are laid over the
// platform's documented limits, as in [Dir.Gate]; those of the first call are used.
func (m *Memory) Gate(changes map[string]window.Limit) window.Gate {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.gate == nil {
		m.gate = window.NewMemory(limits.With(changes))
	}
	return m.gate
}

// Append adds records; see [Store].
func (m *Memory) Append(ctx context.Context, r ...Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := validate(r); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.add(r)
	return nil
}

// add appends valid records under mu.
func (m *Memory) add(records []Record) {
	for i := range records {
		d := dayOf(records[i].At)
		m.days[d] = append(m.days[d], records[i].normal())
	}
	if m.appended != nil {
		close(m.appended)
		m.appended = nil
	}
}

// Records yields the records present when the iteration begins; see [Store].
func (m *Memory) Records(ctx context.Context, since time.Time) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for _, part := range m.snapshot(since) {
			for i := range part {
				if part[i].At.Before(since) {
					continue
				}
				if err := ctx.Err(); err != nil {
					yield(Record{}, err)
					return
				}
				if !yield(part[i], nil) {
					return
				}
			}
		}
	}
}

// snapshot returns the records of the day of since and later ones. Stored records never change, so nothing is copied.
func (m *Memory) snapshot(since time.Time) [][]Record {
	first := dayOf(since)
	m.mu.Lock()
	defer m.mu.Unlock()
	var days []day
	for d := range m.days {
		if d >= first {
			days = append(days, d)
		}
	}
	slices.SortFunc(days, cmp.Compare[day])
	parts := make([][]Record, len(days))
	for i, d := range days {
		parts[i] = m.days[d]
	}
	return parts
}
