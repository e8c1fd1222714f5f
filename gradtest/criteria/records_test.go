package criteria

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// The two endpoints of the platform's own worked example.
var (
	first  = rcapi.ReadUserCallLog // ReadCallLog
	second = rcapi.ListMessages    // ReadMessages
)

// noon is the fixed moment of judgement: a Thursday, 12:00 UTC. The UTC window began on the 3rd at 00:00.
var noon = time.Date(2026, 11, 5, 12, 0, 0, 0, time.UTC)

var (
	today      = time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC)
	yesterday  = time.Date(2026, 11, 4, 1, 0, 0, 0, time.UTC)
	before     = time.Date(2026, 11, 3, 23, 59, 59, 0, time.UTC) // inside the rolling window, before the UTC one
	longBefore = time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)   // exactly 48 h old
)

// log builds records; every call gets an id of its own.
type log struct{ records []ledger.Record }

func (l *log) add(r ledger.Record) *log {
	if r.ID == "" {
		r.ID = fmt.Sprintf("id-%d", len(l.records))
	}
	l.records = append(l.records, r)
	return l
}

// answers adds n answers of a status to op at t.
func (l *log) answers(n int, op rcapi.Operation, status int, t time.Time) *log {
	for range n {
		l.add(answer(op, status, t))
	}
	return l
}

// ok adds n answers 200.
func (l *log) ok(n int, op rcapi.Operation, t time.Time) *log { return l.answers(n, op, 200, t) }

// unscoped adds n answers 200 whose records do not say which scope was exercised.
func (l *log) unscoped(n int, op rcapi.Operation, t time.Time) *log {
	op.Scope = ""
	return l.ok(n, op, t)
}

// token adds n answers to token requests.
func (l *log) token(n, status int, t time.Time) *log {
	for range n {
		l.add(ledger.Record{Kind: ledger.Done, At: t, Sent: t, Op: "getToken", Method: "POST", Path: "/restapi/oauth/token", OAuth: true, Status: status})
	}
	return l
}

func (l *log) all() iter.Seq[ledger.Record] { return slices.Values(l.records) }

func answer(op rcapi.Operation, status int, t time.Time) ledger.Record {
	r := ledger.Record{Kind: ledger.Done, At: t, Sent: t, Op: op.ID, Method: op.Method, Path: op.Path, Status: status}
	if op.Scope != "" {
		r.Scopes = []string{string(op.Scope)}
	}
	return r
}

// both wants the two endpoints and their scopes.
func both() Want {
	return Want{
		Endpoints: []Endpoint{{Op: first}, {Op: second}},
		Scopes:    []rcapi.Scope{rcapi.ScopeReadCallLog, rcapi.ScopeReadMessages},
	}
}

// enough is evidence that passes every policy with exactly n successes: half on each endpoint, all of today.
func enough(n int) *log { return new(log).ok(n/2, first, today).ok(n-n/2, second, today) }

func (v Verdict) finding(rule string) Finding {
	for _, f := range v.Findings {
		if f.Rule == rule {
			return f
		}
	}
	return Finding{}
}

// open are the rules that do not hold.
func (v Verdict) open() []string {
	rules := []string{}
	for _, f := range v.Findings {
		if !f.OK {
			rules = append(rules, f.Rule)
		}
	}
	return rules
}
