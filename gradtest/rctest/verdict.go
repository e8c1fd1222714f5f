package rctest

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// The requirements of the 2023 text, in its strict reading.
//
// These numbers, and every rule in this file, also exist in package criteria, which evaluates the client's evidence.
// The copy is deliberate: the verdict of the server is used to test the one of the client, and a shared rule would make
// both wrong in the same way. So this file uses nothing of criteria, ledger, wire or window, and decides for itself
// what counts as a success, as an authentication error and as an exercised scope. Do not merge them.
const (
	successesNeeded = 21 // "more than 20"
	endpointNeeded  = 5
	errorPercent    = 5 // a share of exactly 5 % is too much
)

// Verdict says whether the app would graduate, computed from the calls that the server observed.
//
// Successes count from 00:00 UTC yesterday; authorization requests (token, revoke, …) do not. An endpoint counts as
// used if any call to it was answered less than 48 hours ago. Of a call that spans the edge of a window, the moment of
// the response counts for an error, that of the request for all others. The share of authentication errors must be
// below 5 % in both windows, with and without authorization requests.
type Verdict struct {
	Ready bool
	At    time.Time // of the verdict, UTC
	Since time.Time // start of the UTC window

	Successes    int // successful API calls, UTC window
	PerOperation []OperationCount
	PerScope     []ScopeCount // of the declared scopes, see [Config.Scopes]
	Shares       []Share      // of authentication errors

	// Of all requests, authorization included, in the last 48 hours:
	Total           int
	AuthErrors      int // 401 and 403 for API calls, 4xx for authorization requests
	ClientErrors    int // 4xx
	TooManyRequests int // 429: no requirement here, but one in older texts

	Open []string // what is missing, one sentence each; empty when ready
}

// OperationCount has the counts of one endpoint.
type OperationCount struct {
	Operation rcapi.Operation // without ID if the catalogue lacks it
	Successes int             // UTC window
	Calls     int             // with any status, answered in the last 48 hours
}

// ScopeCount has the count of one app scope.
type ScopeCount struct {
	Scope       rcapi.Scope
	Successes   int  // calls of operations that need exactly this scope, UTC window
	Exercisable bool // an operation needs exactly this scope
	Exempt      bool // see [Config.Exempt]
}

// Share is the share of authentication errors in a part of the traffic.
type Share struct {
	Window time.Duration // 48 h, or the length of the UTC window
	OAuth  bool          // authorization requests included
	Errors int
	Calls  int
}

// OK reports whether the share is below 5 %. It is true if there are no calls.
func (s Share) OK() bool { return s.Errors == 0 || s.Errors*100 < errorPercent*s.Calls }

// OK reports whether the endpoint has been called often enough.
func (c OperationCount) OK() bool { return c.Successes >= endpointNeeded }

// OK reports whether the scope has been exercised or need not be.
func (s ScopeCount) OK() bool { return s.Successes > 0 || s.Exempt }

// where describes the traffic, for a sentence.
func (s Share) where() string {
	where := "since 00:00 UTC yesterday"
	if s.Window == rolling {
		where = "in the last 48 hours"
	}
	if s.OAuth {
		where += ", authorization included"
	}
	return where
}

// Verdict returns the verdict on the calls up to now.
func (h *Handler) Verdict() Verdict {
	now := h.clock.now()
	return h.evidence.verdictAt(now, now, h.declared)
}

// verdictAt returns the verdict at now, which may be in the past. It ignores calls after until.
func (e *evidence) verdictAt(now, until time.Time, declared []rcapi.Scope) Verdict {
	today := now.UTC().Truncate(24 * time.Hour) // Unix time has no leap seconds, so UTC days begin at multiples
	v := Verdict{At: now.UTC(), Since: today.Add(-24 * time.Hour)}
	for _, s := range declared {
		v.PerScope = append(v.PerScope, ScopeCount{Scope: s, Exercisable: s.Exercisable(), Exempt: slices.Contains(e.exempt, s)})
	}
	// The UTC window without and with authorization requests, then the 48 hours likewise.
	shares := [4]Share{
		{Window: now.Sub(v.Since)}, {Window: now.Sub(v.Since), OAuth: true},
		{Window: rolling}, {Window: rolling, OAuth: true},
	}

	e.mu.Lock()
	defer e.mu.Unlock()
	counts := make([]OperationCount, len(e.sites))
	since, edge, last := v.Since.UnixNano(), now.Add(-rolling).UnixNano(), until.UnixNano()
	for _, marks := range e.marks {
		for _, m := range marks {
			if m.end <= edge || m.at > last || m.fault {
				continue
			}
			at := &e.sites[m.site]
			counts[m.site].Calls++ // until the response, the app used the endpoint
			// A call that spans the edge of a window is outside if it would help the app, and inside if it would not.
			counted, refused := m.at, m.status >= 400 && m.status < 500
			if refused {
				counted = m.end
			}
			if counted <= edge {
				continue
			}
			recent, good := counted >= since, m.good
			bad := m.status == 401 || m.status == 403 || at.oauth && refused
			v.count(m, bad)
			for i := range shares {
				if (i >= 2 || recent) && (shares[i].OAuth || !at.oauth) {
					shares[i].add(bad)
				}
			}
			if !good || !recent {
				continue
			}
			counts[m.site].Successes++
			if !at.oauth {
				v.Successes++
			}
			for i := range v.PerScope {
				if s := &v.PerScope[i]; s.Scope == at.op.Scope || m.webhook && s.Scope == rcapi.ScopeSubscriptionWebhook {
					s.Successes++
				}
			}
		}
	}
	for i, c := range counts {
		if c.Calls > 0 && !e.sites[i].oauth {
			c.Operation = e.sites[i].op
			v.PerOperation = append(v.PerOperation, c)
		}
	}
	slices.SortFunc(v.PerOperation, func(a, b OperationCount) int {
		return cmp.Or(cmp.Compare(a.Operation.Path, b.Operation.Path), cmp.Compare(a.Operation.Method, b.Operation.Method))
	})
	v.Shares = shares[:]
	v.explain()
	return v
}

// enough reports whether there are enough successful calls in total.
func (v *Verdict) enough() bool { return v.Successes >= successesNeeded }

func (v *Verdict) count(m mark, bad bool) {
	v.Total++
	if bad {
		v.AuthErrors++
	}
	if m.status >= 400 && m.status < 500 {
		v.ClientErrors++
	}
	if m.status == 429 {
		v.TooManyRequests++
	}
}

func (s *Share) add(bad bool) {
	s.Calls++
	if bad {
		s.Errors++
	}
}

// explain adds a sentence for every requirement that is not met.
func (v *Verdict) explain() {
	open := func(format string, args ...any) { v.Open = append(v.Open, fmt.Sprintf(format, args...)) }
	if !v.enough() {
		open("%d of %d successful calls", v.Successes, successesNeeded)
	}
	for _, c := range v.PerOperation {
		if !c.OK() {
			open("%s: %d of %d successful calls", c.Operation, c.Successes, endpointNeeded)
		}
	}
	for _, s := range v.PerScope {
		switch {
		case s.OK():
		case !s.Exercisable:
			open("scope %s: no operation exercises it", s.Scope)
		default:
			open("scope %s: not exercised", s.Scope)
		}
	}
	for _, s := range v.Shares {
		if !s.OK() {
			open("%d authentication errors in %d calls %s: less than %d %% is allowed",
				s.Errors, s.Calls, s.where(), errorPercent)
		}
	}
	v.Ready = len(v.Open) == 0
}
