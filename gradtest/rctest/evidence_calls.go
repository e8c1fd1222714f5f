package rctest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Call is a request to the emulator.
type Call struct {
	Time      time.Time   `json:"time"`                // of arrival, by the emulator's clock
	Operation string      `json:"operation,omitempty"` // operation id; empty: not in the catalogue
	Method    string      `json:"method"`              // after X-HTTP-Method-Override
	Path      string      `json:"path"`                // as sent, without the query
	Status    int         `json:"status"`              // of the response; 0: none, the fault or the client ended the call
	Group     rcapi.Group `json:"group"`               // of the operation; Medium if the catalogue lacks it
	Remaining int         `json:"remaining"`           // as in the rate headers; -1: there are none
	Fault     bool        `json:"fault,omitempty"`     // a fault changed the response, so it is not evidence
}

// Calls returns the latest 10,000 calls in the order of their responses. The caller owns the slice. [Handler.Verdict]
// counts all calls, even if there were more.
func (h *Handler) Calls() []Call {
	e := &h.evidence
	e.mu.Lock()
	defer e.mu.Unlock()
	out := make([]Call, 0, len(e.calls))
	out = append(out, e.calls[e.callStart:]...)
	return append(out, e.calls[:e.callStart]...)
}

// OperationCalls has the calls of one operation in the last 48 hours.
type OperationCalls struct {
	Operation rcapi.Operation
	Calls     int         // all calls, including those without a response
	Faults    int         // of them, those changed by a fault
	Statuses  map[int]int // number of calls by status; 0: no response
	Last      []Call      // the latest 100, oldest first
}

const lastKept = 100

// Operation returns the calls of an operation, by its id such as rcapi.ListMessages.ID. It panics if the catalogue
// lacks the id, because a misspelt id would look like an operation that was never called.
func (h *Handler) Operation(id string) OperationCalls {
	op, ok := rcapi.Lookup(id)
	if !ok {
		panic(unknownOperation(id))
	}
	o := OperationCalls{Operation: op, Statuses: make(map[int]int)}
	h.evidence.count(&o, h.clock.now().Add(-rolling).UnixNano())
	for _, c := range slices.Backward(h.Calls()) {
		if c.Operation == id && len(o.Last) < lastKept {
			o.Last = append(o.Last, c)
		}
	}
	slices.Reverse(o.Last)
	return o
}

// count counts the calls of one operation after edge, in Unix nanoseconds.
func (e *evidence) count(o *OperationCalls, edge int64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	site, ok := e.siteAt[o.Operation.ID]
	if !ok {
		return
	}
	for _, marks := range e.marks {
		for _, m := range marks {
			if m.site != site || m.at <= edge {
				continue
			}
			o.Calls++
			o.Statuses[int(m.status)]++
			if m.fault {
				o.Faults++
			}
		}
	}
}

// forget drops all calls.
func (e *evidence) forget() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.sites, e.siteAt, e.marks, e.calls, e.callStart = nil, nil, nil, nil, 0
}

// Reset forgets calls and evidence, removes faults, resets the clock to the machine's, and sets the limits to those of
// the config with nothing used. Resources and tokens stay, though the reset clock may change which tokens have expired.
func (h *Handler) Reset() {
	h.injected.clear()
	h.clock.offset.Store(0)
	for id, l := range h.limits {
		h.enforce(limitID(id), l)
	}
	h.evidence.forget()
}

func unknownOperation(id string) string {
	s := fmt.Sprintf("rctest: there is no operation %q", id)
	if near := rcapi.Nearest(id, 3); len(near) > 0 {
		s += ": did you mean " + strings.Join(near, " or ") + "?"
	}
	return s
}
