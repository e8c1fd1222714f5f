package rctest

import (
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Limits that the platform has beside those of its usage-plan groups, as keys of [Config.Limits] and [Config.Windows]. What
// they refuse is answered 429 without X-Rate-Limit headers; the call is booked with its group all the same. Whether they know a
// penalty is in no source: they have the groups'.
const (
	LimitSMS     rcapi.Group = "SMS"     // messages a user sends by CreateSMSMessage: 40 (MSG-305)
	LimitMMS     rcapi.Group = "MMS"     // and by CreateMMS: 50 (MSG-305)
	LimitAccount rcapi.Group = "Account" // calls with a token of the account, of all its users; off unless set (CMN-302)
	LimitAddress rcapi.Group = "Address" // requests of any kind from one network address; off unless set (CMN-310)

	// LimitSubscriptions is how many subscriptions a user may have with the app at a time: 30 (403, SUB-505). It has no window.
	LimitSubscriptions rcapi.Group = "Subscriptions"
)

// The limits in the order of the arrays that are kept per limit; those of a user come first.
var limited = [...]rcapi.Group{
	rcapi.Light, rcapi.Medium, rcapi.Heavy, rcapi.Auth, LimitSMS, LimitMMS, LimitAccount, LimitAddress, LimitSubscriptions,
}

const (
	limits = len(limited)
	groups = 6 // of them, those that each user has a bucket of

	atMedium, atAuth, atSMS, atMMS, atAccount, atAddress, atSubscriptions = 1, 3, 4, 5, 6, 7, 8
)

// documented are the platform's figures per window, in the order of limited.
var documented = [limits]int{50, 40, 10, 5, 40, 50, 0, 0, 30}

// Unlimited is a value of [Config.Limits] that lets every call pass, without rate headers.
func Unlimited() map[rcapi.Group]int {
	m := make(map[rcapi.Group]int, limits)
	for _, name := range limited {
		m[name] = 0
	}
	return m
}

// Limit is what one limit allows.
type Limit struct {
	Calls   int           // in any window; 0: unlimited
	Window  time.Duration // whole seconds, as the headers are
	Penalty time.Duration // after a refusal everything is refused until this long has passed without a request; whole seconds
}

// policy is a limit in force, shared by all its buckets. Its rule may be replaced at any time.
type policy struct{ rule atomic.Pointer[rule] }

// rule is a [Limit] with the header values that never change, made once: they are written with every answer.
type rule struct {
	Limit
	group, limit, window, retry []string
}

func newPolicy(name rcapi.Group, l Limit) *policy {
	p := new(policy)
	p.set(name, l)
	return p
}

// set puts a rule in force. The buckets begin empty and without penalty, also if the rule is the same.
func (p *policy) set(name rcapi.Group, l Limit) {
	p.rule.Store(&rule{
		Limit:  l,
		group:  []string{strings.ToLower(string(name))},
		limit:  []string{strconv.Itoa(l.Calls)},
		window: []string{strconv.Itoa(int(l.Window / time.Second))},
		retry:  []string{strconv.Itoa(int(l.Penalty / time.Second))},
	})
}

// bucket keeps one limit for one user, account or address: at most so many arrivals in any half-open window. Once it has
// refused, it refuses everything until a whole penalty has passed without a request.
type bucket struct {
	policy *policy

	mu       sync.Mutex
	rule     *rule       // that what follows was booked under
	arrivals []time.Time // those that may be inside the window, oldest first, from head on
	head     int
	last     time.Time
	penalty  time.Time // refused until then; zero: none
}

// quota is what a bucket said to one request.
type quota struct {
	rule      *rule // nil: not limited
	remaining int
	refused   bool
}

func newBucket(p *policy) *bucket { return &bucket{policy: p} }

// admit books a request that arrived at now.
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
	if now.Before(b.last) { // two requests at once took the time in one order and the lock in the other
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
	if b.head > r.Calls { // keeps the slice within twice the limit, at a constant cost per request
		b.arrivals = b.arrivals[:copy(b.arrivals, b.arrivals[b.head:])]
		b.head = 0
	}
	b.arrivals = append(b.arrivals, now)
	return quota{rule: r, remaining: r.Calls - used - 1}
}

// idle reports whether nothing that was booked matters any more.
func (b *bucket) idle(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rule == nil || now.Sub(b.last) >= max(b.rule.Window, b.rule.Penalty)
}

// limitIndex is the place of a limit in limited, or -1.
func limitIndex(g rcapi.Group) int {
	for i, known := range limited {
		if strings.EqualFold(string(known), string(g)) {
			return i
		}
	}
	return -1
}

// groupIndex is the place of a usage-plan group in limited, or -1.
func groupIndex(g rcapi.Group) int {
	if i := limitIndex(g); i <= atAuth {
		return i
	}
	return -1
}
