package criteria

import (
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Needs are the calls that would meet every rule; each of them has to succeed. With all of them the rules hold, once
// Wait is over and the scopes of Drop are removed; with one fewer they do not. An app without endpoints that count is
// the exception: it needs a declaration, not calls. One call serves as many purposes as it can: calls to short
// endpoints also count as volume and exercise the scope of their operation, and every call dilutes the errors.
type Needs struct {
	Endpoints []EndpointNeed // endpoints that are short of successes, in the order of Verdict.Endpoints
	Scopes    []ScopeNeed    // scopes that none of those calls would exercise
	Any       int            // further calls for volume, to any declared endpoint
	Dilution  int            // further calls, as Any, until past errors are a small enough share; best cheap reads
	Total     int            // all of the above
	Wait      time.Time      // before this time calls do not help: a 429 has to leave the window; zero: none
	Drop      []rcapi.Scope  // declared scopes that no call can exercise: remove them from the app
}

// EndpointNeed is the number of successful calls that an endpoint is short of.
type EndpointNeed struct {
	Name      string // of all declarations of the operation, joined by a comma
	Op        rcapi.Operation
	Declared  bool // if false, declaring the endpoint or no longer calling it also helps
	Calls     int
	Condition string // what at least one of the calls must do to exercise a declared scope; empty: nothing more
}

// ScopeNeed is an app scope that no success has exercised and that no [EndpointNeed] covers.
type ScopeNeed struct {
	Scope    rcapi.Scope     // canonical spelling
	Op       rcapi.Operation // whose calls exercise it: that of a declared endpoint, else of one in use, else the cheapest
	Declared bool            // an endpoint declares Op
	// Calls is 1, except where the app does not use Op yet: an endpoint needs as many successes as the policy asks for
	// once it is called at all. Calls to an authorization request ([rcapi.Operation.OAuth]) are no volume.
	Calls     int
	Condition string // what at least one of the calls must do, such as "creates a subscription with WebHook transport"
}

// scope returns the calls needed for a scope.
func (n Needs) scope(scope rcapi.Scope) (ScopeNeed, bool) {
	i := slices.IndexFunc(n.Scopes, func(e ScopeNeed) bool { return e.Scope == scope })
	if i < 0 {
		return ScopeNeed{}, false
	}
	return n.Scopes[i], true
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
