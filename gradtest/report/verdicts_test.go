package report

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	ratelimit "github.com/graduationkit/ringcentral/gradtest/window"
)

// now is the fixed moment of every golden file.
var now = time.Date(2026, 11, 5, 14, 3, 7, 0, time.UTC)

// hostile is a name that tries to get out of every format.
const hostile = "<script>alert(1)</script>|\n# [x](javascript:1) `*_\x1b[31m @all \u202e"

type calls []ledger.Record

func (c *calls) add(n, status int, op rcapi.Operation, ago time.Duration) {
	for range n {
		at := now.Add(-ago)
		r := ledger.Record{
			Kind: ledger.Done, ID: fmt.Sprint(len(*c)), At: at, Sent: at, Status: status,
			Op: op.ID, Method: op.Method, Path: op.Path, OAuth: op.OAuth(),
		}
		if op.Scope != "" {
			r.Scopes = []string{string(op.Scope)}
		}
		if status == 0 {
			r.Kind, r.Sent = ledger.Reserved, time.Time{}
		}
		*c = append(*c, r)
	}
}

func (c calls) all() iter.Seq[ledger.Record] { return slices.Values(c) }

// scene is a verdict with all that a report can show.
type scene struct {
	name    string
	verdict criteria.Verdict
	options Options
}

func scenes() []scene {
	want := criteria.Want{
		Endpoints: []criteria.Endpoint{{Op: rcapi.ReadUserCallLog}, {Name: "inbox", Op: rcapi.ListMessages}},
		Scopes:    []rcapi.Scope{rcapi.ScopeReadCallLog, rcapi.ScopeReadMessages},
	}
	make := func(name string, p criteria.Policy, w criteria.Want, c calls, o Options) scene {
		f := criteria.Forecast(p, w, c.all(), now)
		if o.App != "" {
			o.Forecast = &f
		}
		if o.Calls != nil {
			m := criteria.Scopes(p, w, c.all(), now)
			o.Scopes = &m
		}
		return scene{name, criteria.Evaluate(p, w, c.all(), now), o}
	}

	var good calls
	good.add(11, 200, rcapi.ReadUserCallLog, time.Hour)
	good.add(12, 200, rcapi.ListMessages, 20*time.Hour)

	var one calls // the worked example of the platform's own page: one call short
	one.add(3, 200, rcapi.ReadUserCallLog, 24*time.Hour)
	one.add(3, 200, rcapi.ListMessages, 24*time.Hour)
	one.add(2, 200, rcapi.ReadUserCallLog, time.Hour)
	one.add(12, 200, rcapi.ListMessages, time.Hour)

	much := want
	much.Scopes = append(slices.Clone(want.Scopes), rcapi.ScopeSMS, rcapi.ScopeVoicemail, rcapi.ScopeWebSocket)
	much.Endpoints = append(slices.Clone(want.Endpoints),
		criteria.Endpoint{Op: rcapi.CreateSMSMessage, Calls: 8},
		criteria.Endpoint{Op: rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/extension/{extensionId}/something-very-long/{id}")},
		criteria.Endpoint{Name: hostile, Op: rcapi.ReadAccountInfo})
	var bad calls
	bad.add(12, 200, rcapi.ReadUserCallLog, time.Hour)
	bad.add(3, 200, rcapi.ListMessages, 20*time.Hour)
	bad.add(2, 401, rcapi.ListMessages, 47*time.Hour)
	bad.add(1, 429, rcapi.ReadUserCallLog, time.Hour)
	bad.add(2, 0, rcapi.ReadUserCallLog, 2*time.Hour)
	bad.add(2, 200, rcapi.ReadExtension, time.Hour)
	bad.add(1, 200, rcapi.Operation{Method: "GET", Path: "/restapi/v9/{}/" + hostile}, time.Hour)
	bad.add(1, 400, rcapi.Operation{Method: "POST", Path: "/restapi/oauth/token"}, time.Hour)
	bad.add(1, 200, rcapi.Operation{Method: "POST", Path: "/restapi/oauth/token"}, 2*time.Hour)
	bad[len(bad)-1].Granted = []string{"ReadCallLog", "SMS", "Faxes"}
	bad.add(1, 204, rcapi.DeleteMessageByFilter, time.Hour)
	bad[len(bad)-1].Stage, bad[len(bad)-1].Endpoint = ledger.StageCleanup, "inbox"

	for i, group := range map[int]string{0: "heavy", 1: "heavy", 2: "Heavy", 12: "light", 20: "medium"} {
		bad[i].Signal = ratelimit.Signal{Group: group, Limit: 10, Window: time.Minute, Remaining: i}
		bad[i].Waited = time.Duration(i) * 19 * time.Second
	}

	var wait calls
	wait.add(11, 200, rcapi.ReadUserCallLog, time.Hour)
	wait.add(12, 200, rcapi.ListMessages, time.Hour)
	wait.add(1, 429, rcapi.ListMessages, 47*time.Hour)

	return []scene{
		make("ready", criteria.Graduation, want, good, Options{App: "crm-sync"}),
		make("one-short", criteria.Graduation, want, one, Options{
			App: "crm-sync", Calls: NewCalls(one.all()), Evidence: evidenceOf(one), Policies: criteria.Compare(want, one.all(), now, criteria.Legacy, criteria.Strictest),
		}),
		make("everything", criteria.Strictest, much, bad, Options{
			App: "crm " + hostile, Calls: NewCalls(bad.all()), Evidence: damaged(bad),
			Policies: criteria.Compare(much, bad.all(), now, criteria.Graduation, criteria.Legacy), Notes: []string{"A note. " + hostile},
			Provenance: Provenance{Server: LocalServer, Name: "127.0.0.1 " + hostile, Commit: "c0ffee " + hostile, Run: "https://ci.example.com/1 " + hostile},
		}),
		make("waiting", criteria.Legacy, want, wait, Options{App: "crm-sync"}),
		make("nothing", criteria.Graduation, criteria.Want{}, nil, Options{}),
	}
}

// evidenceOf is what a ledger of two days says of the calls.
func evidenceOf(c calls) *Evidence {
	return &Evidence{
		Records: 3 * len(c), Calls: len(c), First: now.Add(-24 * time.Hour), Last: now.Add(-time.Hour),
		Heads: []ledger.DayHead{
			{Day: "2026-11-04", N: 18, Hash: "i--Kycmyy9g6952xeOkssmLcw-YPtL67rxhDcecCr38"},
			{Day: "2026-11-05", N: 42, Hash: "0ZUJ4S2KG7AYEBEPT4BCKKHRUI5rxhDcecCr38xeOks"},
		},
	}
}

func damaged(c calls) *Evidence {
	e := evidenceOf(c)
	e.Fault = "2026-11-04.jsonl: record 3 was changed " + hostile
	return e
}
