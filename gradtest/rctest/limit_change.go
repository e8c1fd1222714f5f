package rctest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Limits returns the limits in force, by usage-plan group and by the names of the other limits such as [LimitSMS].
func (h *Handler) Limits() map[rcapi.Group]Limit {
	m := make(map[rcapi.Group]Limit, limitCount)
	for id := range limitID(limitCount) {
		m[id.name()] = h.limit(id)
	}
	return m
}

// SetLimit changes one limit from now on, for all users. Calls counted so far are forgotten and a penalty interval
// ends. A zero Window keeps the present one; a zero Penalty is the window. It fails for an unknown name and for an
// invalid limit.
func (h *Handler) SetLimit(name rcapi.Group, l Limit) error {
	return h.setLimits(map[rcapi.Group]Limit{name: l})
}

// setLimits changes several limits, or none if one of them is invalid.
func (h *Handler) setLimits(wanted map[rcapi.Group]Limit) error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		l, err := h.completeLimit(name, wanted[name])
		errs = append(errs, err)
		wanted[name] = l
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	for name, l := range wanted {
		h.enforce(findLimit(name), l)
	}
	return nil
}

// completeLimit fills in the zero fields of a limit and checks it.
func (h *Handler) completeLimit(name rcapi.Group, l Limit) (Limit, error) {
	id := findLimit(name)
	switch {
	case id == noLimit:
		return l, fmt.Errorf("rctest: there is no limit %q: use one of %v", name, limitNames())
	case l.Calls < 0:
		return l, fmt.Errorf("rctest: limit %s of %d calls: use 0 for no limit", name, l.Calls)
	case id == limitSubscriptions:
		return Limit{Calls: l.Calls}, nil
	}
	if l.Window == 0 {
		l.Window = h.limit(id).Window
	}
	if l.Penalty == 0 {
		l.Penalty = l.Window
	}
	for _, d := range []time.Duration{l.Window, l.Penalty} {
		if d < 0 || d%time.Second != 0 {
			return l, fmt.Errorf("rctest: limit %s with a window or penalty of %v: "+
				"the platform's headers count whole seconds: use 1s or a multiple", name, d)
		}
	}
	return l, nil
}

func (h *Handler) limit(id limitID) Limit { return h.policies[id].rule.Load().Limit }

// emptyBuckets forgets all counted calls and ends all penalty intervals.
func (h *Handler) emptyBuckets() {
	for id := range limitID(limitCount) {
		h.enforce(id, h.limit(id))
	}
}

// enforce puts a limit in force.
func (h *Handler) enforce(id limitID, l Limit) {
	h.policies[id].set(id.name(), l)
	if id == limitSubscriptions {
		h.world.LimitSubscriptions(l.Calls)
	}
}
