package rctest

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// limitTable makes the limits of a config complete: each of the documented figure, the config's window and penalty.
func (cfg Config) limitTable() (table [limits]Limit, errs []error) {
	invalid := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("rctest: config: "+format, args...))
	}
	whole := func(name string, d time.Duration) time.Duration {
		if d < 0 || d%time.Second != 0 {
			invalid("%s is %v: the platform's headers count whole seconds: use 1s or a multiple", name, d)
		}
		return d
	}
	window := whole("Window", cfg.Window)
	if window == 0 {
		window = time.Minute
	}
	for i, calls := range documented {
		table[i] = Limit{Calls: calls, Window: window}
	}
	for _, name := range slices.Sorted(maps.Keys(cfg.Limits)) {
		i, n := limitIndex(name), cfg.Limits[name]
		switch {
		case i < 0:
			invalid("Limits has %q: use one of %v", name, limited)
		case n < 0:
			invalid("Limits has %d for %s: use 0 for no limit", n, name)
		default:
			table[i].Calls = n
		}
	}
	if cfg.Subscriptions != 0 {
		table[atSubscriptions].Calls = max(0, cfg.Subscriptions)
	}
	for _, name := range slices.Sorted(maps.Keys(cfg.Windows)) {
		switch i, d := limitIndex(name), whole("Windows of "+string(name), cfg.Windows[name]); {
		case i < 0 || i == atSubscriptions:
			invalid("Windows has %q: use one of %v", name, limited[:atSubscriptions])
		case d > 0:
			table[i].Window = d
		}
	}
	penalty := whole("Penalty", cfg.Penalty)
	for i := range table {
		table[i].Penalty = penalty
		if penalty == 0 {
			table[i].Penalty = table[i].Window
		}
	}
	table[atSubscriptions].Window, table[atSubscriptions].Penalty = 0, 0
	return table, errs
}

// Limits returns the limits in force, by usage-plan group and by the names beside them such as [LimitSMS].
func (h *Handler) Limits() map[rcapi.Group]Limit {
	m := make(map[rcapi.Group]Limit, limits)
	for i, name := range limited {
		m[name] = h.limit(i)
	}
	return m
}

// SetLimit changes one limit from now on, for all users. What was booked with it is forgotten, a penalty too. A zero Window
// stays as it is; a zero Penalty is the window. It fails for a name that is none and for what no limit can be.
func (h *Handler) SetLimit(name rcapi.Group, l Limit) error {
	return h.setLimits(map[rcapi.Group]Limit{name: l})
}

// setLimits changes several limits, or none if one of them is at fault.
func (h *Handler) setLimits(wanted map[rcapi.Group]Limit) error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		l, err := h.fill(name, wanted[name])
		errs = append(errs, err)
		wanted[name] = l
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for name, l := range wanted {
		h.enforce(limitIndex(name), l)
	}
	return nil
}

// fill makes a limit complete and refuses what none can be.
func (h *Handler) fill(name rcapi.Group, l Limit) (Limit, error) {
	i := limitIndex(name)
	switch {
	case i < 0:
		return l, fmt.Errorf("rctest: there is no limit %q: use one of %v", name, limited)
	case l.Calls < 0:
		return l, fmt.Errorf("rctest: limit %s of %d calls: use 0 for no limit", name, l.Calls)
	case i == atSubscriptions:
		return Limit{Calls: l.Calls}, nil
	}
	if l.Window == 0 {
		l.Window = h.limit(i).Window
	}
	if l.Penalty == 0 {
		l.Penalty = l.Window
	}
	for _, d := range []time.Duration{l.Window, l.Penalty} {
		if d < 0 || d%time.Second != 0 {
			return l, fmt.Errorf("rctest: limit %s with a window or penalty of %v: the platform's headers count whole seconds: use 1s or a multiple", name, d)
		}
	}
	return l, nil
}

func (h *Handler) limit(i int) Limit { return h.policies[i].rule.Load().Limit }

// refill empties every bucket.
func (h *Handler) refill() {
	for i := range limited {
		h.enforce(i, h.limit(i))
	}
}

// enforce puts a limit in force.
func (h *Handler) enforce(i int, l Limit) {
	h.policies[i].set(limited[i], l)
	if i == atSubscriptions {
		h.world.LimitSubscriptions(l.Calls)
	}
}

// admit books the request with every limit that it falls under. What the catalogue lacks was booked as Medium.
func (x *exchange) admit() *problem {
	group := atMedium
	if x.route != nil {
		group = x.route.group
	}
	switch {
	case group < 0:
	case group == atAuth:
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
	if i := x.serviceGroup(); i > 0 {
		if q := x.session.user.buckets[i].admit(x.at); q.refused {
			return x.limitExceeded(q, problemMessageRate)
		}
	}
	if q := x.h.account.admit(x.at); q.refused {
		return x.limitExceeded(q, problemAccountRate)
	}
	return nil
}

// serviceGroup is the custom limit of the operation, or 0.
func (x *exchange) serviceGroup() int {
	if x.route == nil || x.method != "POST" {
		return 0
	}
	switch x.route.op.ID {
	case rcapi.CreateSMSMessage.ID:
		return atSMS
	case rcapi.CreateMMS.ID:
		return atMMS
	}
	return 0
}

// limitExceeded is the refusal of a limit that is not the group's: the rate headers are left out.
func (x *exchange) limitExceeded(q quota, p *problem) *problem {
	x.quota, x.retry = quota{}, q.rule.retry
	return p
}

// addresses are the buckets of network addresses. It is safe for concurrent use.
type addresses struct {
	policy  *policy
	mu      sync.Mutex
	buckets map[string]*bucket
}

// addressesKept bounds what is remembered of addresses; idle ones are dropped beyond it.
const addressesKept = 1024

// admit books a request of an address.
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
