package window

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// model remembers every call that was sent and counts overlapping slots, independently of State.
type model struct {
	*testing.T
	s        *State
	now      time.Time
	n        int
	waiting  []Call
	flying   []gone
	occupied map[string][]time.Time // per group, until when the server may have counted ended calls
}

type gone struct {
	Call
	at time.Time
}

var modelGroups = []string{"Light", "medium", "new"}

// enter sends c if State allows it, and asserts that every group has room for it.
func (m *model) enter(c Call) bool {
	m.expire()
	o := m.s.Look(m.now, c)
	if !o.Ready(m.now) {
		if o.Known {
			require.True(m, o.At.After(m.now))
			require.False(m, o.Soonest.After(o.At))
			m.s.Reserve(c, o.At)
		} else {
			m.s.Reserve(c, time.Time{})
		}
		return false
	}
	m.s.Reserve(c, m.now)
	m.flying = append(m.flying, gone{c, m.now})
	for _, group := range c.Groups {
		l, _ := m.s.Limit(group)
		n := 0
		for _, end := range m.occupied[lower(group)] {
			if end.Add(l.Per).After(m.now) {
				n++
			}
		}
		for _, g := range m.flying {
			for _, name := range g.Groups {
				if name == group {
					n++
				}
			}
		}
		if n > l.Calls {
			m.Fatalf("group %s holds %d slots of %d at %v", group, n, l.Calls, m.now)
		}
	}
	return true
}

// expire ends the calls in flight that were never settled.
func (m *model) expire() {
	for i := len(m.flying) - 1; i >= 0; i-- {
		if end := m.flying[i].at.Add(m.flying[i].Timeout); !end.After(m.now) {
			m.land(i, end)
		}
	}
}

func (m *model) land(i int, end time.Time) gone {
	g := m.flying[i]
	m.flying = append(m.flying[:i:i], m.flying[i+1:]...)
	for _, group := range g.Groups {
		m.occupied[lower(group)] = append(m.occupied[lower(group)], end)
	}
	return g
}

// step executes op; arg selects the details.
func (m *model) step(op, arg byte) {
	a := int(arg)
	switch op % 8 {
	case 0, 1:
		m.n++
		c := Call{ID: strconv.Itoa(m.n), Op: "op" + strconv.Itoa(a%5), Timeout: time.Duration(1+a%7) * time.Second}
		c.Groups = append(c.Groups, modelGroups[a%3])
		if a >= 200 {
			c.Groups = append(c.Groups, modelGroups[(a+1)%3])
		}
		if !m.enter(c) {
			m.waiting = append(m.waiting, c)
		}
	case 2:
		if len(m.waiting) > 0 {
			i := a % len(m.waiting)
			if m.enter(m.waiting[i]) {
				m.waiting = append(m.waiting[:i:i], m.waiting[i+1:]...)
			}
		}
	case 3, 4:
		m.expire()
		if len(m.flying) > 0 {
			g := m.land(a%len(m.flying), m.now)
			sig := Signal{}
			if a > 100 {
				sig.Group = g.Groups[0]
			}
			if a > 180 {
				sig.Limit, sig.Remaining, sig.Window = 1+a%8, a%9, time.Duration(1+a%11)*time.Second
			}
			if a > 250 {
				sig.Refused, sig.RetryAfter = true, time.Duration(a%40)*time.Second
			}
			m.s.Settle(g.ID, Answer{At: m.now, Signal: sig})
		}
	case 5:
		m.expire()
		if len(m.flying) > 0 {
			i := a % len(m.flying)
			end := latest(m.now, m.flying[i].at.Add(m.flying[i].Timeout))
			m.s.Settle(m.land(i, end).ID, Answer{At: m.now, Latest: end})
		}
	case 6:
		if len(m.waiting) > 0 {
			i := a % len(m.waiting)
			m.s.Release(m.waiting[i].ID)
			m.waiting = append(m.waiting[:i:i], m.waiting[i+1:]...)
		}
	case 7:
		m.now = m.now.Add(time.Duration(a*a) * time.Millisecond)
	}
}

// finish sends all waiting calls in their order. It fails if one can never be sent.
func (m *model) finish() {
	for rounds := 0; len(m.waiting)+len(m.flying) > 0; rounds++ {
		require.Less(m, rounds, 10_000, "%d calls wait for ever", len(m.waiting))
		m.expire()
		for len(m.flying) > 0 {
			m.s.Settle(m.land(0, m.now).ID, Answer{At: m.now})
		}
		for i := 0; i < len(m.waiting); {
			if m.enter(m.waiting[i]) {
				m.waiting = append(m.waiting[:i:i], m.waiting[i+1:]...)
			} else {
				i++
			}
		}
		m.now = m.now.Add(time.Second)
	}
}

func runModel(t *testing.T, ops []byte) *model {
	m := &model{T: t, now: noon, occupied: make(map[string][]time.Time),
		s: NewState(map[string]Limit{"light": {Calls: 8, Per: 5 * time.Second}, "medium": {Calls: 3, Per: 3 * time.Second}, "heavy": {Calls: 2, Per: 9 * time.Second}})}
	for i := 0; i+1 < len(ops); i += 2 {
		m.step(ops[i], ops[i+1])
	}
	m.finish()
	m.s.Look(m.now.Add(time.Minute), Call{Groups: modelGroups}) // calls are given up when their group is looked at
	assert.Empty(t, m.s.calls)
	return m
}

func TestNoOrderOfEventsOverfillsAWindow(t *testing.T) {
	went := 0
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 5))
		ops := make([]byte, 2000)
		for i := range ops {
			ops[i] = byte(rng.IntN(256))
		}
		m := runModel(t, ops)
		for _, ends := range m.occupied {
			went += len(ends)
		}
	}
	assert.Greater(t, went, 10_000, "the test makes calls go")
}

func FuzzState(f *testing.F) {
	f.Add([]byte{0, 1, 0, 1, 3, 0, 7, 200, 2, 0, 3, 255, 7, 255})
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0, 3, 190, 5, 0, 2, 0, 6, 1, 7, 80, 2, 0, 2, 0})
	f.Add([]byte{0, 220, 0, 1, 3, 251, 0, 2, 7, 255, 2, 0, 2, 1, 4, 120, 2, 1})
	f.Fuzz(func(t *testing.T, ops []byte) {
		runModel(t, ops[:min(len(ops), 600)]) // the model's cost grows with the square of what waits
	})
}
