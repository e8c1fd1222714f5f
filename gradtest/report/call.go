package report

import (
	"iter"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	ratelimit "github.com/graduationkit/ringcentral/gradtest/window"
)

// Outcome says how a call ended, as a reader of a report sees it.
type Outcome string

// The outcomes of calls.
const (
	Success Outcome = "success" // counts
	Failure Outcome = "failure" // 4xx or 5xx, or a 2xx that is no success
	Unknown Outcome = "unknown" // sent, without a complete response
	Fault   Outcome = "fault"   // injected or replayed: no evidence
)

// Call is one attempt on the wire, in the form in which JSON shows it. Times are UTC; a member that does not apply is
// absent.
type Call struct {
	At        time.Time     `json:"at"` // when the response arrived, or the attempt was given up
	Endpoint  string        `json:"endpoint,omitempty"`
	Operation string        `json:"operation,omitempty"`
	Method    string        `json:"method"`
	Path      string        `json:"path"` // template
	Outcome   Outcome       `json:"outcome"`
	Status    int           `json:"status,omitempty"`
	Code      string        `json:"code,omitempty"`    // of the platform, such as CMN-102, or a class such as timeout
	Meaning   string        `json:"meaning,omitempty"` // of the code
	Fix       string        `json:"fix,omitempty"`     // what to do about the code
	RequestID string        `json:"requestId,omitempty"`
	Latency   time.Duration `json:"latency"`         // in nanoseconds, from the request to the response
	Attempt   int           `json:"attempt"`         // 1: the first of the request
	Stage     string        `json:"stage,omitempty"` // prepare, do or cleanup; absent: the call itself
	Site      string        `json:"site,omitempty"`  // file and line in the app's module
	Test      string        `json:"test,omitempty"`

	Waited time.Duration `json:"waited,omitempty"` // for its slot in the rate limits, in nanoseconds
	group  string        // of the rate limits, the first that the call is charged to

	limit ratelimit.Signal // what the response said about its rate limit
}

// NewCalls returns the calls of records, in their order. Records that are not of kind [ledger.Done] are left out.
func NewCalls(records iter.Seq[ledger.Record]) []Call {
	var calls []Call
	for r := range records {
		if r.Kind == ledger.Done {
			calls = append(calls, NewCall(r))
		}
	}
	return calls
}

// NewCall returns the call of a record of kind [ledger.Done]. Texts are made safe to show.
func NewCall(r ledger.Record) Call {
	c := Call{
		At: r.At.UTC(), Endpoint: safetext.Clean(r.Endpoint), Operation: safetext.Clean(r.Op), Method: safetext.Clean(r.Method),
		Path: safetext.Clean(r.Path), Status: r.Status, Code: safetext.Clean(r.Code), RequestID: safetext.Clean(r.RequestID),
		limit: r.Signal, Waited: r.Waited, Attempt: r.Earlier + 1, Site: safetext.Clean(r.Site), Test: safetext.Clean(r.Test),
	}
	if len(r.Groups) > 0 {
		c.group = safetext.Clean(strings.ToLower(r.Groups[0]))
	}
	c.limit.Group = safetext.Clean(c.limit.Group)
	if !r.Sent.IsZero() {
		c.Latency = r.At.Sub(r.Sent)
	}
	if r.Stage != ledger.StageCall {
		c.Stage = safetext.Clean(string(r.Stage))
	}
	if e, known := rcapi.ExplainCode(r.Code); known {
		c.Meaning, c.Fix = e.Meaning, e.Fix
	}
	switch {
	case r.Fault:
		c.Outcome = Fault
	case r.Succeeded():
		c.Outcome = Success
	case r.Status == 0:
		c.Outcome = Unknown
	default:
		c.Outcome = Failure
	}
	return c
}

// Breaks reports whether a rule counts the call as an error. A rule about successes counts none, and none counts what
// is no evidence.
func (c Call) Breaks(rule string) bool {
	switch {
	case c.Outcome == Fault:
		return false
	case rule == criteria.RuleAuthErrors:
		return c.Status == http.StatusUnauthorized || c.Status == http.StatusForbidden ||
			c.Outcome != Success && c.authorizes()
	case rule == criteria.RuleClientErrors:
		return c.Status >= 400 && c.Status < 500
	case rule == criteria.RuleRateLimit:
		return c.Status == http.StatusTooManyRequests
	}
	return false
}

// authorizes reports whether the call is an authorization request, which counts for no rule about successes.
func (c Call) authorizes() bool { return strings.HasPrefix(c.Path, "/restapi/oauth/") }

// Name is the endpoint's name, or the operation, or method and path.
func (c Call) Name() string {
	switch {
	case c.Endpoint != "":
		return c.Endpoint
	case c.Operation != "":
		return c.Operation
	}
	return c.Method + " " + c.Path
}

// String describes the call in one line: status, code, endpoint, time, line of code, and request id, as far as known.
func (c Call) String() string {
	said := []string{"no response"}
	if c.Status != 0 {
		said = []string{strconv.Itoa(c.Status)}
	}
	if c.Code != "" {
		said = append(said, c.Code)
	}
	said = append(said, c.Name())
	if c.Stage != "" {
		said = append(said, "("+c.Stage+")")
	}
	said = append(said, "at", c.At.Format("15:04:05.000")+" UTC")
	line := strings.Join(said, " ")
	for _, detail := range []string{c.Site, c.Test} {
		if detail != "" {
			line += ", " + detail
		}
	}
	if c.RequestID != "" {
		line += ", request " + c.RequestID
	}
	return line
}
