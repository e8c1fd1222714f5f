package ledger

import (
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Kind says what a [Record] tells.
type Kind string

// The kinds of records. Only Done is evidence; the first four are how processes share the platform's limits.
const (
	Waiting  Kind = "waiting"  // a place in line: the moment at which the call may be sent is not known yet
	Reserved Kind = "reserved" // a slot is taken from At on; without a Done of the same ID: spent, outcome unknown. A later one of the same ID moves it
	Released Kind = "released" // the slot or the place in line was given back, nothing was sent
	Settled  Kind = "settled"  // the slot's call ended at At; tells nothing about success
	Done     Kind = "done"     // the attempt ended, with or without an answer
	Declared Kind = "declared" // what the app declares: endpoints and scopes
)

// Record is one line of the ledger. It holds nothing personal: templates, statuses, times, codes, request ids.
//
// Records that a [Store] yields share their slices and Declared with one another: they may be read, not changed.
type Record struct {
	Kind      Kind
	ID        string    // the attempt's id, shared by all its records
	At        time.Time // Reserved, Released: when it may be sent; Done: when the answer arrived or the attempt was given up; UTC
	Sent      time.Time // Done: when it left
	Latest    time.Time // Reserved, and Done without answer: the latest moment at which the server may have counted it
	Op        string    // operation id; empty: not in the catalogue
	Method    string    // effective method
	Path      string    // template, unknown segments replaced by {}
	Groups    []string  // buckets charged
	Scopes    []string  // app scopes a success of this call exercises
	Status    int       // HTTP status; 0: no answer
	Code      string    // the platform's error code (CMN-102, OAU-213, …) or a transport failure class (timeout, reset, refused, tls, …)
	RequestID string    // RCRequestId
	OAuth     bool      // an authorization request: never volume
	Fault     bool      // answer made by an injected fault or a replay: never evidence
	Partial   bool      // a 207 with an inner status outside 2xx: not a success
	Signal    window.Signal
	Declared  *Declaration
	Endpoint  string // Done: name of the declared endpoint that the call was made for; empty: none
	Stage     Stage  // Done with Endpoint: the part of the endpoint's call
}

// Stage is the part of an endpoint's call in which an attempt was made.
type Stage string

// The stages of a call, in their order.
const (
	StagePrepare Stage = "prepare" // by Prepare
	StageCall    Stage = "call"    // of the endpoint's own operation
	StageDo      Stage = "do"      // by Do, of another operation
	StageCleanup Stage = "cleanup" // by Cleanup
)

// Succeeded reports whether r is the end of a successful call: answered with a 2xx status, not a 207 with a failure
// inside, and not by an injected fault or a replay. Whether a success counts for a rule is for package criteria to say;
// an authorization request can succeed without ever counting as volume.
func (r *Record) Succeeded() bool {
	return r.Kind == Done && !r.Fault && !r.Partial && r.Status >= 200 && r.Status < 300
}

// Declaration is what an app declares, kept so that the command can judge without the test's source.
type Declaration struct {
	App       string             `json:"app,omitempty"`
	Policy    string             `json:"policy,omitempty"`
	Scopes    []string           `json:"scopes,omitempty"`
	Endpoints []DeclaredEndpoint `json:"endpoints,omitempty"`
}

// DeclaredEndpoint is one endpoint of a [Declaration].
type DeclaredEndpoint struct {
	Name   string `json:"name,omitempty"`
	Op     string `json:"op,omitempty"`
	Method string `json:"method,omitempty"`
	Path   string `json:"path,omitempty"`
	Group  string `json:"group,omitempty"`
	Scope  string `json:"scope,omitempty"`
	Calls  int    `json:"calls,omitempty"` // successes wanted; 0: the policy's

	// Which functions of the app run with each call and may send more than the call itself.
	Prepare bool `json:"prepare,omitempty"`
	Do      bool `json:"do,omitempty"`
	Cleanup bool `json:"cleanup,omitempty"`
}

// normal is r as every store keeps it: times in UTC and without a monotonic part, text in valid UTF-8, nothing shared
// with the caller.
func (r Record) normal() Record {
	r.At, r.Sent, r.Latest = utc(r.At), utc(r.Sent), utc(r.Latest)
	for _, s := range []*string{&r.ID, &r.Op, &r.Method, &r.Path, &r.Code, &r.RequestID, &r.Signal.Group, &r.Endpoint, (*string)(&r.Stage)} {
		*s = valid(*s)
	}
	r.Groups, r.Scopes = validAll(r.Groups), validAll(r.Scopes)
	if r.Declared != nil {
		d := *r.Declared
		d.App, d.Policy, d.Scopes = valid(d.App), valid(d.Policy), validAll(d.Scopes)
		d.Endpoints = slices.Clone(d.Endpoints)
		if len(d.Endpoints) == 0 {
			d.Endpoints = nil
		}
		for i := range d.Endpoints {
			e := &d.Endpoints[i]
			for _, s := range []*string{&e.Name, &e.Op, &e.Method, &e.Path, &e.Group, &e.Scope} {
				*s = valid(*s)
			}
		}
		r.Declared = &d
	}
	return r
}

func utc(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Round(0)
}

func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

func validAll(in []string) []string {
	if len(in) == 0 {
		return nil
	}
	out := slices.Clone(in)
	for i, s := range out {
		out[i] = valid(s)
	}
	return out
}
