package rctest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Fail makes something go wrong from now on: see [Fault]. It fails for a fault that makes no sense.
//
// Of several faults that strike a call, the delays add up, and of the others the one asked for first has its way; those
// behind it are not used. An answer made by a fault is no evidence in [Handler.Verdict], is marked in [Handler.Calls], and
// carries the header X-Emulator-Fault, by which package gradtest/wire knows it.
//
// A fault that strikes no call is a mistake in the test that asked for it, see [Handler.UnusedFaults]. Fail is safe for
// concurrent use.
func (h *Handler) Fail(f Fault) (*Injection, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	return h.injected.add(f), nil
}

// UnusedFaults returns the faults that have struck no call, removed ones too, in the order in which they were asked for. A
// [Server] of [NewServer] fails its test with them.
func (h *Handler) UnusedFaults() []Fault {
	var out []Fault
	for _, i := range h.injected.list() {
		if i.Used() == 0 {
			out = append(out, i.fault)
		}
	}
	return out
}

// Injection is a fault that was asked for. It is safe for concurrent use.
type Injection struct {
	id    int
	fault Fault
	owner *injections

	mu    sync.Mutex
	rnd   *rand.Rand
	used  int
	ended bool
}

// Fault is what was asked for.
func (i *Injection) Fault() Fault { return i.fault }

// Used is how many calls the fault has struck.
func (i *Injection) Used() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.used
}

// Remove ends the fault. It may be called more than once. A fault that was removed unused still counts as unused.
func (i *Injection) Remove() { i.owner.remove(i) }

// strike reports whether the fault strikes a call that it meets, and how long that is to wait.
func (i *Injection) strike() (wait time.Duration, struck bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.ended {
		return 0, false
	}
	if p := i.fault.Probability; p > 0 && p < 1 && i.rnd.Float64() >= p {
		return 0, false
	}
	i.used++
	i.ended = i.fault.Times > 0 && i.used >= i.fault.Times
	wait = i.fault.Delay
	if i.fault.Jitter > 0 {
		wait += time.Duration(i.rnd.Int64N(int64(i.fault.Jitter)))
	}
	return wait, true
}

func (i *Injection) over() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.ended
}

// String is the fault and what has become of it.
func (i *Injection) String() string {
	return fmt.Sprintf("fault %d (%s): used %d times", i.id, i.fault, i.Used())
}

// injections are the faults of an emulator. It is safe for concurrent use.
type injections struct {
	live atomic.Pointer[[]*Injection] // those that can strike; nil: none, which is all that a call without faults looks at

	mu    sync.Mutex
	known []*Injection // those that live, and those that ended unused
	ids   int
}

func (s *injections) add(f Fault) *Injection {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids++
	i := &Injection{id: s.ids, fault: f, owner: s, rnd: rand.New(rand.NewPCG(f.Seed, 0))}
	s.known = append(s.known, i)
	s.publish()
	return i
}

func (s *injections) remove(i *Injection) {
	i.mu.Lock()
	i.ended = true
	i.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.publish()
}

// clear forgets all faults, the unused ones too.
func (s *injections) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range s.known {
		i.mu.Lock()
		i.ended = true
		i.mu.Unlock()
	}
	s.known = nil
	s.publish()
}

// list are the faults that live or are unused, oldest first.
func (s *injections) list() []*Injection {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.known)
}

func (s *injections) find(id string) *Injection {
	for _, i := range s.list() {
		if strconv.Itoa(i.id) == id {
			return i
		}
	}
	return nil
}

// publish makes the live ones known to calls, and forgets what has ended and was used.
func (s *injections) publish() {
	var live []*Injection
	s.known = slices.DeleteFunc(s.known, func(i *Injection) bool { return i.over() && i.Used() > 0 })
	for _, i := range s.known {
		if !i.over() {
			live = append(live, i)
		}
	}
	if live == nil {
		s.live.Store(nil)
		return
	}
	s.live.Store(&live)
}

// strike chooses what strikes a call: how long it waits and, unless that is all, the fault.
func (s *injections) strike(x *exchange) (wait time.Duration, chosen *Fault) {
	live := s.live.Load()
	if live == nil {
		return 0, nil
	}
	for _, i := range *live {
		if chosen != nil && !i.fault.delays() || !i.fault.meets(x) {
			continue
		}
		d, struck := i.strike()
		if !struck {
			continue
		}
		wait += d
		if !i.fault.delays() {
			chosen = &i.fault
		}
		if i.over() {
			s.remove(i)
		}
	}
	return wait, chosen
}
