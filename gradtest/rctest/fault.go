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

// Fault is something that goes wrong on demand, see [Handler.Fail]. The first three fields say which calls it meets, the next
// ones what becomes of them, the last four which of those calls it strikes.
//
// A fault stands behind the checks of gateway, token and rate: a call that they refuse is refused as ever, and meets no fault.
// A call that is struck uses quota like any other and carries the rate headers, if it is answered.
//
// Status, Expire, RevokeScope, Maintenance and Drop exclude each other. All others combine.
type Fault struct {
	Operation string // id, such as rcapi.ListMessages.ID; empty: any operation, known to the catalogue or not
	Method    string // effective one; empty: any
	Path      string // prefix of the path as it was sent; empty: any

	Status     int           // 400 to 599; 0: no refusal
	Code       string        // of the refusal, such as CMN-201; empty: a usual one of the status
	Message    string        // of the refusal; empty: a usual one
	RetryAfter time.Duration // with Status or Maintenance, whole seconds; zero: usual for 429 and Maintenance, else none; negative: none

	Expire      bool        // 401 OAU-128, the access token has expired; calls without token are not met. The token stays as it is
	RevokeScope rcapi.Scope // 403 CMN-401, the app has lost the scope; meets only operations that need exactly it
	Maintenance bool        // 503 CMN-211 MaintenanceMode with Retry-After, 10 s if RetryAfter is zero

	Delay       time.Duration // before the answer. It alone changes no answer, so what it delays counts as evidence
	Jitter      time.Duration // up to so much is added to Delay, by Seed
	Drop        bool          // the connection is closed without an answer
	Truncate    bool          // half of the body is sent, with the Content-Length of all; an answer without body is dropped
	ContentType string        // in place of the right one

	Probability float64 // of striking a call that is met, by Seed; 0 stands for 1
	Seed        uint64  // makes chance the same in every run in which calls come in the same order
	Times       int     // strikes so many calls and is over; 0: until it is removed
	After       bool    // the call has its effect (a message is made, a token is issued) and the fault hides its answer
}

// answers reports whether the fault takes the place of the platform's own answer.
func (f *Fault) answers() bool {
	return f.Status != 0 || f.Expire || f.RevokeScope != "" || f.Maintenance || f.Drop
}

// delays reports whether the fault does nothing but delay.
func (f *Fault) delays() bool { return !f.answers() && !f.Truncate && f.ContentType == "" }

// kind says in a word what the fault does.
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

// check refuses what makes no sense, all of it together.
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
		fault("it has more than one of status, expire, revokeScope, maintenance and drop: a call is answered once, so give one")
	case f.delays() && f.Delay == 0 && f.Jitter == 0:
		fault("it does nothing: give status, expire, revokeScope, maintenance, drop, truncate, contentType or delay")
	case f.Drop && (f.Truncate || f.ContentType != ""):
		fault("a dropped connection has no answer: leave out truncate and contentType, or drop")
	}
	if f.Status != 0 && (f.Status < 400 || f.Status > 599) {
		fault("status is %d: use 400 to 599", f.Status)
	}
	if f.Status == 0 && (f.Code != "" || f.Message != "") {
		fault("code and message belong to a status: give one, such as 503")
	}
	if f.Status == 0 && !f.Maintenance && f.RetryAfter != 0 {
		fault("retryAfter belongs to a status or to maintenance: give one, such as 429")
	}
	if f.RetryAfter > 0 && f.RetryAfter%time.Second != 0 {
		fault("retryAfter is %v: the header counts whole seconds: use 1s or a multiple", f.RetryAfter)
	}
	if f.Delay < 0 || f.Jitter < 0 {
		fault("delay %v and jitter %v: neither can be negative", f.Delay, f.Jitter)
	}
	if strings.ContainsFunc(f.ContentType, func(r rune) bool { return r < ' ' || r > '~' }) {
		fault("contentType is %q: a header has printable ASCII only", f.ContentType)
	}
	if !utf8.ValidString(f.Method + f.Path + f.Code + f.Message) {
		fault("its text is not UTF-8")
	}
	if math.IsNaN(f.Probability) || f.Probability < 0 || f.Probability > 1 {
		fault("probability is %v: use 0 to 1", f.Probability)
	}
	if f.Times < 0 {
		fault("times is %d: use 0 for a fault that stays until it is removed", f.Times)
	}
	return errors.Join(faults...)
}

func (f *Fault) checkTarget(fault func(string, ...any)) {
	op, known := rcapi.Lookup(f.Operation)
	switch {
	case f.Operation != "" && (f.Method != "" || f.Path != ""):
		fault("operation names method and path: leave those out, or it")
	case f.Operation != "" && !known:
		act := "use the id of one, such as " + rcapi.ListMessages.ID + ", or method and path"
		if near := rcapi.Nearest(f.Operation, 3); len(near) > 0 {
			act = "did you mean " + strings.Join(near, " or ") + "?"
		}
		fault("there is no operation %q: %s", f.Operation, act)
	case f.Path != "" && f.Path[0] != '/':
		fault("path is %q: it is the beginning of a path, so it begins with /", f.Path)
	}
	if f.Method != "" && !slices.Contains(httpMethods, f.Method) {
		fault("method is %q: use one of %s", f.Method, strings.Join(httpMethods, ", "))
	}
	if s := f.RevokeScope; s != "" {
		switch {
		case !s.Known():
			fault("there is no app scope %q: use one of package rcapi, such as %s", s, rcapi.ScopeReadMessages)
		case !s.Exercisable():
			fault("no operation needs scope %s: no call can be refused for it", s)
		case known && !needs(op, s):
			fault("%s does not need scope %s: it needs %q", op.ID, s, op.Scope)
		}
	}
}

// needs reports whether an operation can be refused for want of a scope.
func needs(op rcapi.Operation, s rcapi.Scope) bool {
	s = s.Canonical()
	return op.Scope == s || s == rcapi.ScopeSubscriptionWebhook && op.ID == rcapi.CreateSubscription.ID
}

// meets reports whether a call is one that the fault is for.
func (f *Fault) meets(x *exchange) bool {
	switch {
	case f.Operation != "" && (x.route == nil || x.route.op.ID != f.Operation),
		f.Method != "" && x.method != f.Method,
		f.Path != "" && !strings.HasPrefix(x.escaped, f.Path),
		f.Expire && x.session == nil,
		f.RevokeScope != "" && (x.route == nil || !needs(x.route.op, f.RevokeScope)):
		return false
	}
	return true
}
