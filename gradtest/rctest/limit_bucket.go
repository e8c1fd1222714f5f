package rctest

import (
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// policy is a limit in force, shared by all its buckets. Its rule may be replaced at any time.
type policy struct{ rule atomic.Pointer[rule] }

// rule is a [Limit] with the header values that are the same in every response, made once.
type rule struct {
	Limit
	group, limit, window, retry []string
}

func newPolicy(name rcapi.Group, l Limit) *policy {
	p := new(policy)
	p.set(name, l)
	return p
}

// set replaces the rule. It empties all buckets and ends their penalties, even if the rule is the same.
func (p *policy) set(name rcapi.Group, l Limit) {
	p.rule.Store(&rule{
		Limit:  l,
		group:  []string{strings.ToLower(string(name))},
		limit:  []string{strconv.Itoa(l.Calls)},
		window: []string{strconv.Itoa(int(l.Window / time.Second))},
		retry:  []string{strconv.Itoa(int(l.Penalty / time.Second))},
	})
}

// bucket enforces one limit for one user, account or address: at most rule.Calls arrivals in any half-open window.
// After a refusal it refuses everything until a whole penalty interval has passed without a request.
type bucket struct {
	policy *policy

	mu       sync.Mutex
	rule     *rule       // under which the arrivals were counted
	arrivals []time.Time // oldest first; those before head have left the window
	head     int
	last     time.Time
	penalty  time.Time // end of the penalty interval; zero: none
}

// quota is a bucket's decision about one request.
type quota struct {
	rule      *rule // nil: not limited
	remaining int
	refused   bool
}

func newBucket(p *policy) *bucket { return &bucket{policy: p} }

// admit counts a request that arrived at now, or refuses it.
func (b *bucket) admit(now time.Time) quota {
	r := b.policy.rule.Load()
	if r.Calls == 0 {
		return quota{}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rule != r {
		b.rule, b.arrivals, b.head, b.last, b.penalty = r, b.arrivals[:0], 0, time.Time{}, time.Time{}
	}
	if now.Before(b.last) { // concurrent requests may read the clock in one order and take the lock in another
		now = b.last
	}
	b.last = now
	if now.Before(b.penalty) {
		b.penalty = now.Add(r.Penalty)
		return quota{rule: r, refused: true}
	}
	for b.head < len(b.arrivals) && now.Sub(b.arrivals[b.head]) >= r.Window {
		b.head++
	}
	used := len(b.arrivals) - b.head
	if used >= r.Calls {
		b.penalty = now.Add(r.Penalty)
		return quota{rule: r, refused: true}
	}
	if b.head > r.Calls { // keeps the slice within twice the limit, at an amortized constant cost
		b.arrivals = b.arrivals[:copy(b.arrivals, b.arrivals[b.head:])]
		b.head = 0
	}
	b.arrivals = append(b.arrivals, now)
	return quota{rule: r, remaining: r.Calls - used - 1}
}

// idle reports whether the bucket no longer affects any request and may be dropped.
func (b *bucket) idle(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rule == nil || now.Sub(b.last) >= max(b.rule.Window, b.rule.Penalty)
}
