package rctest

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Call is one request that the emulator answered.
type Call struct {
	Time      time.Time   // of arrival
	Operation string      // operation id; empty: not in the catalogue
	Method    string      // effective, so after X-HTTP-Method-Override
	Path      string      // as it was sent, without the query
	Status    int         // of the answer
	Group     rcapi.Group // of the operation; Medium for what is not in the catalogue
	Remaining int         // as the answer's header says; -1: it has no rate headers, nothing was booked
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
