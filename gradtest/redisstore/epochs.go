package redisstore

import (
	"slices"
	"sync"
	"time"
)

// epochs is what a process remembers of the limits in Redis. It goes with every request, so that a script notices when
// Redis has lost something; see "When Redis loses data" in the package documentation. It is safe for concurrent use.
type epochs struct {
	mu    sync.Mutex
	epoch string // of the latest reply; a new one begins when Redis has lost data
	ver   int64  // highest version seen in epoch
	clock int64  // latest time of the server's clock, in µs
	at    time.Time
	past  []string // earlier epochs, whose replies may still arrive
}

// fill adds what is remembered to a request that is sent now.
func (e *epochs) fill(r *request, now time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	r.Epoch, r.Ver, r.Clock = e.epoch, e.ver, e.clock
	if e.clock > 0 {
		r.Elapsed = now.Sub(e.at).Microseconds()
	}
}

// learn remembers what a reply says that arrived now. It reports whether Redis has lost what was known before.
func (e *epochs) learn(r reply, now time.Time) (lost bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case r.epoch == e.epoch:
	case slices.Contains(e.past, r.epoch):
		return false
	default:
		if lost = e.epoch != ""; lost {
			e.past = append(e.past, e.epoch)
			e.past = e.past[max(0, len(e.past)-16):]
		}
		e.epoch, e.ver, e.clock = r.epoch, 0, 0
	}
	e.ver = max(e.ver, r.ver)
	if r.clock > e.clock {
		e.clock, e.at = r.clock, now
	}
	return lost
}
