package ledger

import (
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Kind is the kind of event that a [Record] describes.
type Kind string

// The kinds of records. Only Done and Declared are evidence; the others are how processes share the limits.
const (
	Waiting  Kind = "waiting"  // a call is queued; the time at which it may be sent is not known yet
	Reserved Kind = "reserved" // a slot is taken from At on; a later one of the same ID moves it
	Released Kind = "released" // the slot or the place in the queue was given up, nothing was sent
	Settled  Kind = "settled"  // the call of the slot ended at At, with unknown success
	Done     Kind = "done"     // an attempt ended, with or without an answer
	Declared Kind = "declared" // what the app declares: endpoints and scopes

	Claimed   Kind = "claimed"   // Owner will make a call of Method and Path, see Claimer
	Unclaimed Kind = "unclaimed" // the claim of the same ID ends at At
)

var knownKinds = [...]Kind{Done, Reserved, Waiting, Released, Settled, Declared, Claimed, Unclaimed}

// Record is one line of the ledger. It contains no personal data: only path templates, statuses, times, codes and
// request ids.
//
// Records that a [Store] yields share their slices and Declared with one another. Do not modify them.
type Record struct {
	// To add a field:
	//
	//  1. Declare it here; a text also in textFields and texts, so that it is checked and kept as valid UTF-8.
	//  2. Write and read it in codec.go, as the last member of its object, under a key that was never used before.
	//  3. If not every value may be kept, say which in Validate, in validate.go.
	//
	// The format version stays, because older versions read the line without the member. It changes only if they would
	// draw wrong conclusions without it. Tests: set the field in full (record_test.go) and in storetest's "fields"
	// case, which fails for a Store that does not keep it. Package wire sets most fields, in its record of an attempt.
	//
	// A new Kind goes into knownKinds. Older versions report its records as [*VersionError] and pass over them, so it
	// must not be one that takes or frees slots.

	Kind Kind
	ID   string // of the attempt, shared by all its records

	// When it happened, in UTC. Reserved: when the call may be sent. Done: when the answer arrived or the attempt was
	// given up.
	At     time.Time
	Sent   time.Time // Done: when the request was sent
	Latest time.Time // Reserved, and Done without an answer: the latest time at which the server may have counted it

	Op     string   // operation id; empty if the operation is not in the catalogue
	Method string   // HTTP method
	Path   string   // path template, with {} for unknown segments
	Groups []string // groups whose limits the call counts in
	Scopes []string // app scopes that a success of the call exercises

	Status    int    // HTTP status; 0: no answer
	Code      string // the platform's error code (CMN-102, …) or a class of failure (timeout, reset, tls, …)
	RequestID string // of the RCRequestId header
	OAuth     bool   // an authorization request, which never counts as an API call
	Fault     bool   // the answer was injected or replayed, so it is no evidence
	Partial   bool   // a 2xx that is no success: a 207 with an inner status outside 2xx, or for the reason in Code

	Signal   window.Signal // Settled, Done: what the answer said about limits
	Declared *Declaration  // Declared: the declaration
	Endpoint string        // Done: name of the declared endpoint that the call was made for; empty: none
	Stage    Stage         // Done with Endpoint: the part of the endpoint's call; Claimed: StageCanary or empty
	Claim    string        // Done: id of the claim that the call was made for; empty: none
	Owner    string        // Claimed, Reserved: the session, see Claims.Owner

	// Done: file and line of the app's code that made the call or, for calls that gradtest makes by itself, that runs the
	// sweep; relative to its module; empty: unknown.
	Site    string
	Test    string // Done: name of the test that made the call; empty: unknown, or a sweep
	Earlier int    // Done: number of attempts of the same request before this one

	Waited  time.Duration // Done: how long the call waited for its slot, in whole milliseconds
	Granted []string      // Done of a token request: names of the app scopes that the response grants; empty: unknown
}

// Stage is the part of an endpoint's call in which an attempt was made.
type Stage string

// The stages of a call, in their order.
const (
	StagePrepare Stage = "prepare" // by Prepare
	StageCall    Stage = "call"    // of the endpoint's own operation
	StageDo      Stage = "do"      // by Do, of another operation
	StageCleanup Stage = "cleanup" // by Cleanup

	StageCanary Stage = "canary" // Claimed: the first call of an endpoint that has not succeeded yet
)

// Succeeded reports whether r is the end of a successful call: answered with a 2xx status that is not Partial, and not
// by an injected fault or a replay. Whether a success counts for a rule is for package criteria to say; an
// authorization request can succeed without ever counting as volume.
func (r *Record) Succeeded() bool {
	return r.Kind == Done && !r.Fault && !r.Partial && r.Status >= 200 && r.Status < 300
}

// Declaration is what an app declares. It is recorded so that the command can judge the app without the source of its
// tests.
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
	Calls  int    `json:"calls,omitempty"` // number of successes required; 0: as the policy says

	Exempt string `json:"exempt,omitempty"` // why it cannot be called where the suite runs; empty: it is called

	// Which functions of the app run with each call and may send more than the call itself.
	Prepare bool `json:"prepare,omitempty"`
	Do      bool `json:"do,omitempty"`
	Cleanup bool `json:"cleanup,omitempty"`
}

// normal returns r as every store keeps it: times in UTC without a monotonic reading, valid UTF-8, and nothing shared
// with the caller.
func (r Record) normal() Record {
	r.At, r.Sent, r.Latest = utc(r.At), utc(r.Sent), utc(r.Latest)
	r.Waited = r.Waited.Truncate(time.Millisecond)
	for _, text := range r.texts() {
		*text = lines.Valid(*text)
	}
	r.Groups, r.Scopes, r.Granted = validAll(r.Groups), validAll(r.Scopes), validAll(r.Granted)
	if r.Declared != nil {
		d := *r.Declared
		d.App, d.Policy, d.Scopes = lines.Valid(d.App), lines.Valid(d.Policy), validAll(d.Scopes)
		d.Endpoints = slices.Clone(d.Endpoints)
		if len(d.Endpoints) == 0 {
			d.Endpoints = nil
		}
		for i := range d.Endpoints {
			e := &d.Endpoints[i]
			for _, s := range []*string{&e.Name, &e.Op, &e.Method, &e.Path, &e.Group, &e.Scope, &e.Exempt} {
				*s = lines.Valid(*s)
			}
		}
		r.Declared = &d
	}
	return r
}

// textFields names the fields that texts lists.
var textFields = [...]string{
	"ID", "Op", "Method", "Path", "Code", "RequestID", "Signal.Group", "Endpoint", "Stage", "Claim", "Owner",
	"Site", "Test",
}

// texts lists the text fields of r. Their names are kept apart, in textFields, so that r need not escape to the heap.
func (r *Record) texts() [len(textFields)]*string {
	return [...]*string{
		&r.ID, &r.Op, &r.Method, &r.Path, &r.Code, &r.RequestID, &r.Signal.Group, &r.Endpoint, (*string)(&r.Stage),
		&r.Claim, &r.Owner, &r.Site, &r.Test,
	}
}

func utc(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Round(0)
}

func validAll(in []string) []string {
	if len(in) == 0 {
		return nil
	}
	out := slices.Clone(in)
	for i, s := range out {
		out[i] = lines.Valid(s)
	}
	return out
}
