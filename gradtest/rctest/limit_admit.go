package rctest

import (
	"maps"
	"net"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// admit counts the request against every limit that applies to it. An operation that the catalogue lacks counts as
// Medium.
func (x *exchange) admit() *problem {
	group := limitMedium
	if x.route != nil {
		group = x.route.limit
	}
	switch {
	case group == noLimit:
	case group == limitAuth:
		x.quota = x.h.auth.admit(x.at)
	case x.session != nil:
		x.quota = x.session.user.buckets[group].admit(x.at)
	}
	if x.quota.refused {
		x.retry = x.quota.rule.retry
		return problemRate
	}
	if x.session == nil {
		return nil
	}
	if id := x.serviceLimit(); id != noLimit {
		if q := x.session.user.buckets[id].admit(x.at); q.refused {
			return x.limitExceeded(q, problemMessageRate)
		}
	}
	if q := x.h.account.admit(x.at); q.refused {
		return x.limitExceeded(q, problemAccountRate)
	}
	return nil
}

// serviceLimit is the limit that the operation's service has of its own, or noLimit.
func (x *exchange) serviceLimit() limitID {
	if x.route == nil || x.method != "POST" {
		return noLimit
	}
	switch x.route.op.ID {
	case rcapi.CreateSMSMessage.ID:
		return limitSMS
	case rcapi.CreateMMS.ID:
		return limitMMS
	}
	return noLimit
}

// limitExceeded is the problem of a limit that is not the group's: its response has no rate headers.
func (x *exchange) limitExceeded(q quota, p *problem) *problem {
	x.quota, x.retry = quota{}, q.rule.retry
	return p
}

// addresses has one bucket per network address. It is safe for concurrent use.
type addresses struct {
	policy  *policy
	mu      sync.Mutex
	buckets map[string]*bucket
}

// addressesKept is the number of addresses above which idle ones are dropped.
const addressesKept = 1024

// admit counts a request of an address, or refuses it.
func (a *addresses) admit(remote string, now time.Time) quota {
	if a.policy.rule.Load().Calls == 0 {
		return quota{}
	}
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	return a.bucket(host, now).admit(now)
}

func (a *addresses) bucket(host string, now time.Time) *bucket {
	a.mu.Lock()
	defer a.mu.Unlock()
	b := a.buckets[host]
	if b == nil {
		if len(a.buckets) >= addressesKept {
			maps.DeleteFunc(a.buckets, func(_ string, b *bucket) bool { return b.idle(now) })
		}
		b = newBucket(a.policy)
		a.buckets[host] = b
	}
	return b
}
