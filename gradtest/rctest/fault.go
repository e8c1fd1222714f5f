package rctest

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Fault is an injected failure, see [Handler.Fail]. The first three fields select the calls that it matches, the next
// ones say what happens to them, and the last four which of the matching calls it hits.
//
// Faults apply after the gateway, token and rate checks: a call that one of these refuses does not match. A call that
// is hit uses quota like any other, and its response, if there is one, has the rate headers.
//
// Status, Expire, RevokeScope, Maintenance and Drop exclude each other. All other fields combine.
type Fault struct {
	Operation string // id, such as rcapi.ListMessages.ID; empty: any request, even if the catalogue lacks the operation
	Method    string // after X-HTTP-Method-Override; empty: any
	Path      string // prefix of the path as it was sent; empty: any

	Status  int    // of the response, 400 to 599; 0: that of Code, and without one the response keeps its status
	Code    string // error code, such as CMN-201, see [rcapi.Operation.ErrorCodes]; empty: the default of the status
	Message string // error message; empty: the default of the status, or of Code if only that is given

	// RetryAfter is sent with Status or Maintenance, in whole seconds. Zero: a default for 429 and Maintenance, otherwise
	// no header. Negative: no header.
	RetryAfter time.Duration

	// Expire responds with 401 OAU-128 as if the access token had expired. The token stays valid. It matches only calls
	// with a token.
	Expire bool
	// RevokeScope responds with 403 CMN-401 as if the app had lost the scope. It matches only operations that need exactly
	// this scope.
	RevokeScope rcapi.Scope
	Maintenance bool // 503 CMN-211 MaintenanceMode with Retry-After, 10 s if RetryAfter is zero

	Delay       time.Duration // before the response. A fault that only delays leaves the call valid as evidence
	Jitter      time.Duration // adds a random part of this to Delay, by Seed
	Drop        bool          // closes the connection without a response
	Truncate    bool          // sends half of the body with the full Content-Length; no body: closes the connection
	ContentType string        // replaces the right one

	Probability float64 // of hitting a matching call, by Seed; 0 means 1
	Seed        uint64  // of chance: if the calls come in the same order, the fault hits the same ones in every run
	Times       int     // number of calls to hit; 0: no bound
	After       bool    // lets the call take effect (create a message, issue a token) before its response is replaced
}

// replaces reports whether the fault replaces the response, or drops it.
func (f *Fault) replaces() bool {
	return f.Status != 0 || f.Expire || f.RevokeScope != "" || f.Maintenance || f.Drop
}

// delays reports whether the fault does nothing but delay the response.
func (f *Fault) delays() bool { return !f.replaces() && !f.Truncate && f.ContentType == "" }

// kind returns the value of FaultHeader.
func (f *Fault) kind() string {
	switch {
	case f.Drop:
		return "drop"
	case f.Status != 0:
		return "status"
	case f.Expire:
		return "expire"
	case f.RevokeScope != "":
		return "revoke-scope"
	case f.Maintenance:
		return "maintenance"
	case f.Truncate:
		return "truncate"
	case f.ContentType != "":
		return "content-type"
	}
	return "delay"
}

// check reports all mistakes in the fault together.
func (f *Fault) check() error {
	var faults []error
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("rctest: fault: "+format, args...))
	}
	f.checkTarget(fault)
	kinds := 0
	for _, set := range []bool{f.Status != 0, f.Expire, f.RevokeScope != "", f.Maintenance, f.Drop} {
		if set {
			kinds++
		}
	}
	switch {
	case kinds > 1:
		fault("more than one of status, expire, revokeScope, maintenance and drop: " +
			"a call has one response, so give one of them")
	case f.delays() && f.Delay == 0 && f.Jitter == 0:
		fault("it does nothing: give status, expire, revokeScope, maintenance, drop, truncate, contentType or delay")
	case f.Drop && (f.Truncate || f.ContentType != ""):
		fault("a dropped connection has no response: leave out truncate and contentType, or drop")
	}
	if f.Status != 0 && (f.Status < 400 || f.Status > 599) {
		fault("status is %d: use 400 to 599", f.Status)
	}
	if f.Status == 0 && (f.Code != "" || f.Message != "") {
		fault("code and message need a status: %s", f.codeFix())
	}
	if f.Status == 0 && !f.Maintenance && f.RetryAfter != 0 {
		fault("retryAfter needs a status or maintenance: give one, such as status 429")
	}
	if f.RetryAfter > 0 && f.RetryAfter%time.Second != 0 {
		fault("retryAfter is %v: the header counts whole seconds: use 1s or a multiple", f.RetryAfter)
	}
	if f.Delay < 0 || f.Jitter < 0 {
		fault("delay is %v and jitter %v: use durations that are not negative", f.Delay, f.Jitter)
	}
	if strings.ContainsFunc(f.ContentType, func(r rune) bool { return r < ' ' || r > '~' }) {
		fault("contentType is %q: use printable ASCII characters only", f.ContentType)
	}
	if !utf8.ValidString(f.Method + f.Path + f.Code + f.Message) {
		fault("method, path, code or message is not UTF-8: use valid UTF-8")
	}
	if math.IsNaN(f.Probability) || f.Probability < 0 || f.Probability > 1 {
		fault("probability is %v: use 0 to 1", f.Probability)
	}
	if f.Times < 0 {
		fault("times is %d: use a positive number, or 0 for a fault that stays until it is removed", f.Times)
	}
	return errors.Join(faults...)
}

func (f *Fault) checkTarget(fault func(string, ...any)) {
	op, known := rcapi.Lookup(f.Operation)
	switch {
	case f.Operation != "" && (f.Method != "" || f.Path != ""):
		fault("operation implies method and path: leave out those two, or operation")
	case f.Operation != "" && !known:
		fix := "use an operation id such as " + rcapi.ListMessages.ID + ", or method and path"
		if near := rcapi.Nearest(f.Operation, 3); len(near) > 0 {
			fix = "did you mean " + strings.Join(near, " or ") + "?"
		}
		fault("there is no operation %q: %s", f.Operation, fix)
	case f.Path != "" && f.Path[0] != '/':
		fault("path is %q: use the beginning of a path, such as /restapi/v1.0/account", f.Path)
	}
	if f.Method != "" && !slices.Contains(httpMethods, f.Method) {
		fault("method is %q: use one of %s", f.Method, strings.Join(httpMethods, ", "))
	}
	if s := f.RevokeScope; s != "" {
		switch {
		case !s.Known():
			fault("there is no app scope %q: use one of package rcapi, such as %s", s, rcapi.ScopeReadMessages)
		case !s.Exercisable():
			fault("no operation needs scope %s, so no call can fail for lack of it: use another scope", s)
		case known && !op.Exercises(s):
			fault("%s does not need scope %s: use scope %q", op.ID, s, op.Scope)
		}
	}
}

// matches reports whether the fault applies to a call.
func (f *Fault) matches(x *exchange) bool {
	switch {
	case f.Operation != "" && (x.route == nil || x.route.op.ID != f.Operation),
		f.Method != "" && x.method != f.Method,
		f.Path != "" && !strings.HasPrefix(x.escaped, f.Path),
		f.Expire && x.session == nil,
		f.RevokeScope != "" && (x.route == nil || !x.route.op.Exercises(f.RevokeScope)):
		return false
	}
	return true
}
