package redisstore

import (
	"slices"
	"sync"
	"time"
)

// known is what a process remembers of the state, so that Redis cannot forget unnoticed. It is safe for concurrent use.
type known struct {
	mu    sync.Mutex
	epoch string
	ver   int64
	clock int64     // the highest that was told
	at    time.Time // when it was told
	past  []string  // epochs before, of which an answer may still be under way
}

// fill puts it into a request that leaves now.
func (k *known) fill(r *request, now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	r.Epoch, r.Ver, r.Ref = k.epoch, k.ver, k.clock
	if k.clock > 0 {
		r.Elapsed = now.Sub(k.at).Microseconds()
	}
}

// learn takes over what an answer says that arrived now.
func (k *known) learn(r reply, now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case r.epoch == k.epoch:
	case slices.Contains(k.past, r.epoch):
		return
	default:
		if k.epoch != "" {
			k.past = append(k.past, k.epoch)
			k.past = k.past[max(0, len(k.past)-16):]
		}
		k.epoch, k.ver, k.clock = r.epoch, 0, 0
	}
	k.ver = max(k.ver, r.ver)
	if r.clock > k.clock {
		k.clock, k.at = r.clock, now
	}
}
