package criteria

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Needs are the calls that would meet every rule; each of them has to succeed. One call serves as many purposes as it
// can: calls to short endpoints also count as volume and exercise the scope of their operation, and every call dilutes
// the errors.
type Needs struct {
	Endpoints []EndpointNeed // endpoints that are short of successes, in the order of Verdict.Endpoints
	Scopes    []rcapi.Scope  // scopes that none of those calls would exercise: one call each
	Any       int            // further calls for volume, to any endpoint
	Dilution  int            // further calls until past errors are a small enough share, to any endpoint; best cheap reads
	Total     int            // all of the above
	Wait      time.Time      // before this time calls do not help: a 429 has to leave the window; zero: none
	Drop      []rcapi.Scope  // declared scopes that no call can exercise: remove them from the app
}

// EndpointNeed is the number of successful calls that an endpoint is short of.
type EndpointNeed struct {
	Name     string // of all declarations of the operation, joined by a comma
	Op       rcapi.Operation
	Declared bool // if false, declaring the endpoint or no longer calling it also helps
	Calls    int
}

// expiryOf returns when the last of some calls has left every window where errors count; zero if there are none.
func (e *evidence) expiryOf(which func(*call) bool) time.Time {
	last, found := time.Duration(0), false
	for i := range e.calls {
		if c := &e.calls[i]; which(c) && (!found || c.at > last) {
			last, found = c.at, true
		}
	}
	if !found {
		return time.Time{}
	}
	t := e.now.Add(last)
	if !e.policy.errorWindows().has(inRolling) {
		return Shelf(t)
	}
	return t.Add(rolling)
}
