package rctest

import (
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// evidence has the calls that the server observed. Those of the last 48 hours, plus the lag of the console, are kept in
// a compact form, from which verdicts are computed. The latest ones are also kept in full, for [Handler.Calls].
type evidence struct {
	mu        sync.Mutex
	sites     []site // endpoints, by the index in a mark
	siteAt    map[string]uint32
	marks     [][]mark // in chunks, oldest first
	calls     []Call   // ring buffer of callsKept calls
	callStart int
	lag       time.Duration // how far in the past a verdict may be taken
	exempt    []rcapi.Scope // that the verdict does not ask for
}

// site is an endpoint: an operation, or a method and path template that the catalogue lacks.
type site struct {
	op    rcapi.Operation
	oauth bool
}

// mark is one call.
type mark struct {
	at      int64 // when the request came, in Unix nanoseconds
	end     int64 // when the response was finished
	site    uint32
	status  uint16
	webhook bool
	fault   bool // changed by a fault, so never counted
	good    bool // a success
}

const (
	chunk     = 1024 // marks per slice
	rolling   = 48 * time.Hour
	callsKept = 10_000
)

// add records a call with the status of its response; 0: none. The mark may be given to spoil.
func (e *evidence) add(x *exchange, status int) *mark {
	c := Call{
		Time: x.at, Method: x.method, Path: x.r.URL.Path, Status: status,
		Remaining: -1, Group: rcapi.Medium, Fault: x.fault != nil,
	}
	if x.route != nil {
		c.Operation, c.Group = x.route.op.ID, x.route.op.Group
	}
	if x.quota.rule != nil {
		c.Remaining = x.quota.remaining
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.calls) < callsKept {
		e.calls = append(e.calls, c)
	} else {
		e.calls[e.callStart] = c
		e.callStart = (e.callStart + 1) % callsKept
	}
	end := max(x.at.UnixNano(), x.h.clock.now().UnixNano())
	m := mark{
		at: x.at.UnixNano(), end: end, site: e.site(x), status: uint16(status),
		webhook: x.webhook, fault: c.Fault, good: x.good,
	}
	if last := len(e.marks) - 1; last >= 0 && len(e.marks[last]) < chunk {
		e.marks[last] = append(e.marks[last], m) // within its capacity, so that marks do not move
		return &e.marks[last][len(e.marks[last])-1]
	}
	e.prune(m.at)
	e.marks = append(e.marks, append(make([]mark, 0, chunk), m))
	return &e.marks[len(e.marks)-1][0]
}

// spoil takes back that a call succeeded.
func (e *evidence) spoil(m *mark) {
	e.mu.Lock()
	defer e.mu.Unlock()
	m.good = false
}

// site returns the index of a request's site, which it adds if it is new.
func (e *evidence) site(x *exchange) uint32 {
	op := rcapi.Operation{Method: x.method}
	key := ""
	if x.route != nil {
		op = x.route.op
		key = op.ID
	} else {
		if !slices.Contains(httpMethods, op.Method) {
			op.Method = "OTHER"
		}
		op.Path = rcapi.Template(x.r.URL.Path)
		key = op.String()
	}
	if i, ok := e.siteAt[key]; ok {
		return i
	}
	if e.siteAt == nil {
		e.siteAt = make(map[string]uint32)
	}
	i := uint32(len(e.sites))
	e.sites = append(e.sites, site{op: op, oauth: op.OAuth()})
	e.siteAt[key] = i
	return i
}

var httpMethods = []string{
	http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
	http.MethodOptions,
}

// prune drops chunks that are older than any window. The extra hour allows for calls recorded out of order.
func (e *evidence) prune(now int64) {
	limit := now - int64(rolling+e.lag+time.Hour)
	for len(e.marks) > 0 && e.marks[0][len(e.marks[0])-1].at < limit {
		e.marks[0] = nil
		e.marks = e.marks[1:]
	}
}
