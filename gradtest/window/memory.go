package window

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Memory is a [Gate] for one process. It is made by [NewMemory] and is safe for concurrent use.
type Memory struct {
	mu      sync.Mutex
	state   *State
	changed chan struct{} // closed when waiting calls should look again; nil: no call waits
}

var _ Gate = (*Memory)(nil)

// NewMemory returns a Gate that starts from limits, by group name in any case; for groups that are not in it see
// [Unlisted]. The platform's documented limits are those of rcapi.Groups.
func NewMemory(limits map[string]Limit) *Memory {
	return &Memory{state: NewState(limits)}
}

// Admit waits until c may be sent; see [Gate]. A call without an ID, or with that of a call that has not been settled
// or released, is an error.
func (m *Memory) Admit(ctx context.Context, c Call) error {
	if err := ctx.Err(); err != nil {
		return &WaitError{Err: err}
	}
	m.mu.Lock()
	if err := m.check(c); err != nil {
		m.mu.Unlock()
		return err
	}
	t := m.look(c)
	m.mu.Unlock()
	if t.Go {
		return nil
	}
	return m.wait(ctx, c, t)
}

// Settle reports how c ended; see [Gate]. An Answer without At is taken as arrived now. The error is always nil.
func (m *Memory) Settle(_ context.Context, c Call, a Answer) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if a.At.IsZero() {
		a.At = time.Now()
	}
	m.state.Settle(c.ID, a)
	m.wake()
	return nil
}

// Release gives c's slots back; see [Gate]. The error is always nil.
func (m *Memory) Release(_ context.Context, c Call) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.state.Release(c.ID)
	m.wake()
	return nil
}

// Limit returns the limit in force for a group, and whether a server has confirmed it.
func (m *Memory) Limit(group string) (Limit, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.state.Limit(group)
}

func (m *Memory) check(c Call) error {
	if c.ID == "" {
		return fmt.Errorf("window: admit %s: the call has no ID: give each call its own", c.Op)
	}
	if m.state.Booked(c.ID) {
		return fmt.Errorf("window: admit %s: call %s is already admitted: settle or release it first, or give each attempt its own ID",
			c.Op, c.ID)
	}
	return nil
}

// wait is separate from Admit so that only calls that wait pay for its closure.
func (m *Memory) wait(ctx context.Context, c Call, t Turn) error {
	first := true
	err := Wait(ctx, func() (Turn, error) {
		if first {
			first = false
			return t, nil
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		return m.look(c), nil
	})
	if err != nil {
		_ = m.Release(ctx, c)
	}
	return err
}

// look books c as far as possible: to be sent now, at a later time, or as a queued call without a known time.
func (m *Memory) look(c Call) Turn {
	now := time.Now()
	o := m.state.Look(now, c)
	if o.Ready(now) {
		m.state.Reserve(c, now)
		return Turn{Go: true}
	}
	at := o.At
	if !o.Known {
		at = time.Time{}
	}
	if m.state.inFlight(c.ID, now) {
		m.wake() // until now it counted as in flight
	}
	m.state.Reserve(c, at)
	if m.changed == nil {
		m.changed = make(chan struct{})
	}
	return Turn{Outlook: o, Changed: m.changed}
}

func (m *Memory) wake() {
	if m.changed != nil {
		close(m.changed)
		m.changed = nil
	}
}
