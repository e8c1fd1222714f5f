package rctest

import (
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// bucket limits one usage-plan group of one user and app: at most limit arrivals in any half-open window. Once it has
// refused, it refuses everything until a whole penalty has passed without a request.
type bucket struct {
	limit   int
	window  time.Duration // also the penalty
	headers bucketHeaders

	mu       sync.Mutex
	arrivals []time.Time // those that may be inside the window, oldest first, from head on
	head     int
	last     time.Time
	penalty  time.Time // refused until then; zero: none
}

// bucketHeaders are the header values that never change, made once: they are written with every answer.
type bucketHeaders struct{ group, limit, window []string }

// quota is what a bucket said to one request.
type quota struct {
	bucket    *bucket // nil: not limited
	remaining int
	refused   bool
}

// newBucket returns nil for a group without a limit.
func newBucket(g rcapi.Group, limit int, window time.Duration) *bucket {
	if limit == 0 {
		return nil
	}
	return &bucket{limit: limit, window: window, headers: bucketHeaders{
		group:  []string{strings.ToLower(string(g))},
		limit:  []string{strconv.Itoa(limit)},
		window: []string{strconv.Itoa(int(window / time.Second))},
	}}
}

// admit books a request that arrived at now.
func (b *bucket) admit(now time.Time) quota {
	if b == nil {
		return quota{}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if now.Before(b.last) { // two requests at once took the time in one order and the lock in the other
		now = b.last
	}
	b.last = now
	if now.Before(b.penalty) {
		b.penalty = now.Add(b.window)
		return quota{bucket: b, refused: true}
	}
	for b.head < len(b.arrivals) && now.Sub(b.arrivals[b.head]) >= b.window {
		b.head++
	}
	used := len(b.arrivals) - b.head
	if used >= b.limit {
		b.penalty = now.Add(b.window)
		return quota{bucket: b, refused: true}
	}
	if b.head > b.limit { // keeps the slice within twice the limit, at a constant cost per request
		b.arrivals = b.arrivals[:copy(b.arrivals, b.arrivals[b.head:])]
		b.head = 0
	}
	b.arrivals = append(b.arrivals, now)
	return quota{bucket: b, remaining: b.limit - used - 1}
}
