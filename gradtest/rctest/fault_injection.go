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

// Fail injects a fault from now on, see [Fault]. It returns an error if the fault is invalid.
//
// If several faults hit a call, all their delays add up, and of the other faults only the oldest applies; the rest
// count as unused. A response changed by a fault is not evidence in [Handler.Verdict], is marked in [Handler.Calls],
// and has the header [FaultHeader], which package gradtest/wire recognizes.
//
// A fault that hits no call is a mistake in the test, see [Handler.UnusedFaults]. Fail is safe for concurrent use.
func (h *Handler) Fail(f Fault) (*Injection, error) {
	f = f.named()
	if err := f.check(); err != nil {
		return nil, err
	}
	return h.injected.add(f), nil
}

// UnusedFaults returns the faults that have hit no call, including removed ones, oldest first. [NewServer] reports them
// as errors when the test ends.
func (h *Handler) UnusedFaults() []Fault {
	var out []Fault
	for _, i := range h.injected.list() {
		if i.Used() == 0 {
			out = append(out, i.fault)
		}
	}
	return out
}

// Injection is an injected fault. It is safe for concurrent use.
type Injection struct {
	id    int
	fault Fault
	owner *injections

	mu    sync.Mutex
	rnd   *rand.Rand
	used  int
	ended bool
}

// Fault returns the fault.
func (i *Injection) Fault() Fault { return i.fault }

// Used returns how many calls the fault has hit.
func (i *Injection) Used() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.used
}

// Remove ends the fault. It may be called more than once. A fault removed before its first use still counts as unused.
func (i *Injection) Remove() { i.owner.remove(i) }

// hit decides whether the fault hits a call that it matches, and how long that call waits.
func (i *Injection) hit() (wait time.Duration, ok bool) {
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

// String returns the fault with its number and use count.
func (i *Injection) String() string {
	return fmt.Sprintf("fault %d (%s): used %d times", i.id, i.fault, i.Used())
}

// injections holds the faults of an emulator. It is safe for concurrent use.
type injections struct {
	live atomic.Pointer[[]*Injection] // active faults; nil: none. Calls read only this, without a lock

	mu    sync.Mutex
	known []*Injection // active faults, and those that ended unused
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

// clear removes all faults and forgets them.
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

// list returns the faults that are active or unused, oldest first.
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

// publish updates live, and forgets faults that are over and were used.
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

// hit decides which faults hit a call. It returns the sum of their delays and the fault that changes the response, or
// nil.
func (s *injections) hit(x *exchange) (wait time.Duration, chosen *Fault) {
	live := s.live.Load()
	if live == nil {
		return 0, nil
	}
	for _, i := range *live {
		if chosen != nil && !i.fault.delays() || !i.fault.matches(x) {
			continue
		}
		d, ok := i.hit()
		if !ok {
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
