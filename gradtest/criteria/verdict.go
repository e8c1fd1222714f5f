package criteria

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Endpoint is one endpoint that the app declares. An endpoint is a method and a path template; two declarations of one
// operation share its calls.
type Endpoint struct {
	Name  string // display name; empty: Op.ID, or the method and path
	Op    rcapi.Operation
	Calls int // successes wanted; 0: the policy's number; more than the policy's raises it
}

// Want is what must be shown. A Want without endpoints can never be ready: nothing would be proven.
type Want struct {
	Endpoints []Endpoint
	Scopes    []rcapi.Scope // in any spelling; aliases of one scope are one
}

// Verdict is the judgement over the evidence at one moment. It is plain data, safe to read concurrently.
type Verdict struct {
	Policy    string    // name and version
	At        time.Time // the moment of judgement, UTC
	Since     time.Time // from when successes count
	Ready     bool
	Findings  []Finding       // one per rule of the policy, in the order of the Rule constants
	Endpoints []EndpointCount // first those declared, as in Want, then those only seen, by path and method
	Scopes    []ScopeCount    // as in Want, aliases merged
	Ratios    []Ratio         // every share of errors that the policy looks at
	Successes int             // that count as volume
	Missing   int             // further successes needed in all, endpoint by endpoint first, then any; Needs.Total
	Needs     Needs           // the same, call by call
	Refused   int             // answers 429 in the last 48 h
	Unknown   int             // attempts of the last 48 h whose outcome nobody knows, authorization requests included
	Until     time.Time       // ready: until when it stays so if nothing more is sent; zero otherwise, or if nothing ends it
	Notes     []string        // what a reader should know besides
}

// Finding is one rule's outcome.
type Finding struct {
	Rule string // volume, endpoints, scopes, auth-errors, client-errors, rate-limit
	OK   bool
	Got  string
	Need string
	Fix  string // what closes it; empty when OK
	Note string // what else is worth knowing, such as a borderline; mostly empty
}

// EndpointCount is what is known of one endpoint, declared or only seen.
type EndpointCount struct {
	Name     string
	Op       rcapi.Operation
	Declared bool
	Got      int // successes that count
	Need     int // zero for a declared authorization request, which never counts
	Errors   int // answers 4xx in the last 48 h
	Unknown  int // sent in the last 48 h, outcome unknown: never a success
}

// Missing is how many successes the endpoint still needs.
func (e EndpointCount) Missing() int { return max(0, e.Need-e.Got) }

// ScopeCount is what is known of one declared scope.
type ScopeCount struct {
	Scope rcapi.Scope // canonical spelling
	Got   int         // successes on operations that require exactly this scope
	Note  string      // e.g. not exercisable by any operation
}

// Ratio is one share of errors: of one rule, in one window, with or without authorization requests.
type Ratio struct {
	Rule   string
	Window Windows // UTCDays or Rolling48h
	Over   Traffic // APITraffic or AllTraffic
	Budget         // Planned is zero
}

// Worst is the share of a rule that is nearest to its threshold or furthest beyond it; false when the policy has no such rule.
func (v Verdict) Worst(rule string) (Ratio, bool) {
	var worst Ratio
	found := false
	for _, r := range v.Ratios {
		if r.Rule == rule && (!found || r.over(worst)) {
			worst, found = r, true
		}
	}
	return worst, found
}

// over reports whether r's share is larger than s's: by cross multiplication, no calls being no share at all.
func (r Ratio) over(s Ratio) bool {
	if r.Errors == 0 || s.Errors == 0 {
		return r.Errors > s.Errors
	}
	return r.Errors*s.Calls > s.Errors*r.Calls
}
