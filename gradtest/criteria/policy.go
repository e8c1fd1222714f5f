// Package criteria judges evidence: pure functions over records, no I/O and no clock.
package criteria

import (
	"iter"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Policy is a named, versioned set of graduation rules.
type Policy struct {
	Name    string
	Version string
	Source  string // where the text of the rules comes from
	// the helper who owns this package adds the rule fields
}

var (
	Graduation Policy // 2023 text, strict reading; the default
	Legacy     Policy // the older bar
	Strictest  Policy // all together
)

// Endpoint is one endpoint that the app declares.
type Endpoint struct {
	Name  string // display name; empty: Op.ID
	Op    rcapi.Operation
	Calls int // successes wanted; 0: the policy's number; more than the policy's raises it
}

// Want is what must be shown.
type Want struct {
	Endpoints []Endpoint
	Scopes    []rcapi.Scope
}

// Evaluate judges. Only Done and Reserved records matter; order does not.
func Evaluate(p Policy, want Want, records iter.Seq[ledger.Record], now time.Time) Verdict {
	panic("stub")
}

// Finding is one rule's outcome.
type Finding struct {
	Rule string // volume, endpoints, scopes, auth-errors, client-errors, rate-limit
	OK   bool
	Got  string
	Need string
	Act  string // what closes it; empty when OK
}

// EndpointCount is what is known of one endpoint, declared or only seen.
type EndpointCount struct {
	Name     string
	Op       rcapi.Operation
	Declared bool
	Got      int // successes that count
	Need     int
	Errors   int // answers 4xx in the rolling window
	Unknown  int // sent, outcome unknown
}

// ScopeCount is what is known of one declared scope.
type ScopeCount struct {
	Scope rcapi.Scope
	Got   int
	Note  string // e.g. not exercisable by any operation
}

// Verdict is the judgement over the evidence at one moment.
type Verdict struct {
	Policy    string // name and version
	At        time.Time
	Ready     bool
	Findings  []Finding
	Endpoints []EndpointCount
	Scopes    []ScopeCount
	Successes int       // that count as volume
	Missing   int       // further successes needed in all, endpoint by endpoint first, then any
	Until     time.Time // ready: until when it stays so if nothing more is sent; zero otherwise
}
