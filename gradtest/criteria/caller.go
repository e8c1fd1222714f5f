package criteria

import (
	"cmp"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Caller is the code of a declared endpoint that makes calls besides the endpoint's own.
type Caller struct {
	Stage    ledger.Stage // StagePrepare, StageDo or StageCleanup
	Endpoint string       // name of the declared endpoint
}

// String returns the caller in words, such as "Cleanup of createContact".
func (c Caller) String() string {
	part := string(c.Stage)
	switch c.Stage {
	case ledger.StagePrepare:
		part = "Prepare"
	case ledger.StageDo:
		part = "Do"
	case ledger.StageCleanup:
		part = "Cleanup"
	}
	return part + " of " + c.Endpoint
}

// join lists callers in words.
func join(list []Caller) string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.String()
	}
	return strings.Join(names, " and ")
}

// endpointsOf lists the endpoints of callers.
func endpointsOf(list []Caller) string {
	var names []string
	for _, c := range list {
		if !slices.Contains(names, c.Endpoint) {
			names = append(names, c.Endpoint)
		}
	}
	return strings.Join(names, " or ")
}

// side reports whether the caller only prepares a call or tidies up after it.
func (c Caller) side() bool { return c.Stage == ledger.StagePrepare || c.Stage == ledger.StageCleanup }

// callerOf returns the code that made a call; false if it was not that of a declared endpoint, or was the endpoint's
// own call.
func callerOf(r *ledger.Record) (Caller, bool) {
	switch {
	case r.Endpoint == "":
		return Caller{}, false
	case r.Stage == ledger.StagePrepare, r.Stage == ledger.StageDo, r.Stage == ledger.StageCleanup:
		return Caller{r.Stage, r.Endpoint}, true
	}
	return Caller{}, false
}

// callers collects who called one endpoint.
type callers struct {
	list  []Caller // sorted
	other bool     // something else called it too
}

// add takes in an attempt that ended. The slot of an attempt without an end does not say who took it.
func (s *callers) add(r *ledger.Record) {
	c, ok := callerOf(r)
	if !ok || !c.side() {
		s.other = true
		return
	}
	s.list = insert(s.list, c)
}

// calledBy notes what called an undeclared endpoint.
func (t *endpoint) calledBy(r *ledger.Record) {
	if t.declared {
		return
	}
	if t.callers == nil {
		t.callers = new(callers)
	}
	if !t.callers.other {
		t.callers.add(r)
	}
}

// sides returns the Prepare and Cleanup functions that made all calls; nil if something else called the endpoint too.
func (s *callers) sides() []Caller {
	if s == nil || s.other {
		return nil
	}
	return s.list
}

// insert adds a caller to a sorted list that lacks it.
func insert(list []Caller, c Caller) []Caller {
	i, found := slices.BinarySearchFunc(list, c, func(x, y Caller) int {
		return cmp.Or(cmp.Compare(x.Endpoint, y.Endpoint), cmp.Compare(x.Stage, y.Stage))
	})
	if found {
		return list
	}
	return slices.Insert(list, i, c)
}
