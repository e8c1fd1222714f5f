package rctest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Call is one request that the emulator answered.
type Call struct {
	Time      time.Time   `json:"time"`                // of arrival, by the emulator's clock
	Operation string      `json:"operation,omitempty"` // operation id; empty: not in the catalogue
	Method    string      `json:"method"`              // effective, so after X-HTTP-Method-Override
	Path      string      `json:"path"`                // as it was sent, without the query
	Status    int         `json:"status"`              // of the answer; 0: a fault or the client ended the call without one
	Group     rcapi.Group `json:"group"`               // of the operation; Medium for what is not in the catalogue
	Remaining int         `json:"remaining"`           // as the answer's header says; -1: it has no rate headers
	Fault     bool        `json:"fault,omitempty"`     // a fault had a part in the answer, so it is no evidence
}

// Calls returns the latest calls in the order in which they were answered, at most 10,000. The slice is the caller's.
// [Handler.Verdict] counts all of them, however many there were.
func (h *Handler) Calls() []Call {
	e := &h.evidence
	e.mu.Lock()
	defer e.mu.Unlock()
	out := make([]Call, 0, len(e.calls))
	out = append(out, e.calls[e.callStart:]...)
	return append(out, e.calls[:e.callStart]...)
}

// OperationCalls is what was asked of one operation in the last 48 hours.
type OperationCalls struct {
	Operation rcapi.Operation
	Calls     int         // answered, or ended by a fault
	Faults    int         // of them, those that a fault had a part in
	Statuses  map[int]int // how many calls had which status; 0: no answer
	Last      []Call      // the latest ones, oldest first, at most 100
}

const lastKept = 100

// Operation tells what was asked of an operation, by its id such as rcapi.ListMessages.ID. It panics for an id that the
// catalogue lacks: a misspelt one would look like an operation that was never called.
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

// tell counts the calls of one operation after edge.
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

// forget drops all that was seen.
func (e *evidence) forget() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.sites, e.siteAt, e.marks, e.calls, e.callStart = nil, nil, nil, nil, 0
}

// Reset makes the emulator forget what it was asked: calls and evidence, faults, what is booked with the limits, and
// shifts of the clock. Limits go back to those of the config. What has been made stays, and so do tokens, unless the
// clock says otherwise.
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
