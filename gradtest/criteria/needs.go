package criteria

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Needs are the calls that close what is open, each of them successful. One call serves as many ends as it can: those on
// Endpoints also count for volume and exercise the scope of their operation, and all of them dilute errors.
type Needs struct {
	Endpoints []EndpointNeed // the endpoints short of successes, in the order of Verdict.Endpoints
	Scopes    []rcapi.Scope  // scopes that none of those calls would exercise: one call each
	Any       int            // further calls for volume, to any endpoint
	Dilution  int            // further calls until the errors there already are a small enough share, to any endpoint; cheap, proven reads are best
	Total     int            // all of the above
	Wait      time.Time      // no number of calls would do before this moment: answers 429 have to leave the window; zero: none
	Drop      []rcapi.Scope  // declared scopes that no call can exercise: to be removed from the app
}

// EndpointNeed is how many successful calls an endpoint is short of.
type EndpointNeed struct {
	Name     string // of all declarations of the operation, joined by a comma
	Op       rcapi.Operation
	Declared bool // if not: declaring it or no longer calling it mends it too
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
	if t := e.now.Add(last); !e.policy.errorWindows().has(inRolling) {
		return Shelf(t)
	} else {
		return t.Add(rolling)
	}
}
