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
	Calls int // successes needed; only a number above the policy's has an effect
	// Exempt says why the endpoint cannot be called where the suite runs. It is not judged then, unless it is called.
	// Empty: it is judged.
	Exempt string
}

// Want is what the app declares and has to show. A Want without endpoints is never ready: it would prove nothing.
type Want struct {
	Endpoints []Endpoint
	Scopes    []rcapi.Scope // in any spelling; aliases of one scope are one
}

// Verdict is the judgement of the evidence at one moment. It is plain data, safe to read concurrently.
type Verdict struct {
	Policy    string    // name and version
	At        time.Time // when the verdict was taken, UTC
	Since     time.Time // from when successes count
	Ready     bool
	Findings  []Finding       // one per rule of the policy, in the order of the Rule constants
	Endpoints []EndpointCount // the declared ones as in Want, the undeclared ones by path and method, the exempt ones
	Scopes    []ScopeCount    // as in Want, aliases merged
	Ratios    []Ratio         // every share of errors that the policy looks at
	Successes int             // successful calls that count as volume
	Missing   int             // successful calls still needed in all: Needs.Total
	Needs     Needs           // the same, call by call
	Refused   int             // responses 429 in the last 48 h
	Unknown   int             // attempts of the last 48 h with unknown outcome, authorization requests included
	Until     time.Time       // when ready: until when, if nothing more is sent; zero: not ready, or nothing ends it
	Notes     []string        // what else a reader should know
}

// Finding is the outcome of one rule, in words.
type Finding struct {
	Rule string // one of the Rule constants
	OK   bool
	Got  string
	Need string
	Fix  string // what to do, several steps separated by "; "; empty when OK
	Note string // what else is worth knowing, such as a borderline case; mostly empty
}

// EndpointCount is what is known of one endpoint, declared or not.
type EndpointCount struct {
	Name     string
	Op       rcapi.Operation
	Declared bool
	Got      int // successes that count
	Need     int // zero for a declared authorization request, which never counts
	Errors   int // responses 4xx in the last 48 h
	Unknown  int // attempts of the last 48 h with unknown outcome: never a success

	Exempt string // why the endpoint is not judged, or was not until it was called; empty: it is judged

	// Callers are the Prepare and Cleanup functions that made all calls of an undeclared endpoint, by endpoint. Empty: it
	// is declared, or something else called it too.
	Callers []Caller
}

// Missing returns how many successes the endpoint still needs.
func (e EndpointCount) Missing() int { return max(0, e.Need-e.Got) }

// ScopeCount is what is known of one declared scope.
type ScopeCount struct {
	Scope rcapi.Scope // canonical spelling
	Got   int         // successes on operations that require exactly this scope
	OAuth int         // of Got, authorization requests
	Note  string      // such as: no operation exercises it

	Exempt bool // only exempt endpoints exercise it, and none has
}

// Ratio is one share of errors: of one rule, in one window, with or without authorization requests.
type Ratio struct {
	Rule   string
	Window Windows // UTCDays or Rolling48h
	Over   Traffic // APITraffic or AllTraffic
	Budget         // Planned is zero
}

// Worst returns the share of a rule that is nearest to its threshold or furthest beyond it; false when the policy has
// no such rule.
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

// over reports whether r's share is larger than s's, by cross multiplication; no calls are a share of zero.
func (r Ratio) over(s Ratio) bool {
	if r.Errors == 0 || s.Errors == 0 {
		return r.Errors > s.Errors
	}
	return r.Errors*s.Calls > s.Errors*r.Calls
}
