package planner_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/planner"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

var now = time.Date(2026, 8, 5, 12, 0, 0, 0, time.UTC)

var ids int

func call(op rcapi.Operation, status int, ago time.Duration) ledger.Record {
	ids++
	at := now.Add(-ago)
	r := ledger.Record{
		Kind: ledger.Done, ID: fmt.Sprint("call-", ids), At: at, Sent: at, Op: op.ID, Method: op.Method, Path: op.Path,
		Groups: op.Groups(), Status: status,
	}
	if op.Scope != "" {
		r.Scopes = []string{string(op.Scope)}
	}
	return r
}

func calls(n int, op rcapi.Operation, status int, ago time.Duration) (out []ledger.Record) {
	for range n {
		out = append(out, call(op, status, ago))
	}
	return out
}

func by(endpoint string, stage ledger.Stage, records ...ledger.Record) []ledger.Record {
	for i := range records {
		records[i].Endpoint, records[i].Stage = endpoint, stage
	}
	return records
}

func input(records []ledger.Record, endpoints ...planner.Endpoint) planner.Input {
	in := planner.Input{
		Policy: criteria.Graduation, Endpoints: endpoints, Records: records, Now: now,
		Limits: func(string) (window.Limit, bool) { return window.Limit{Calls: 10, Per: time.Minute}, true },
	}
	for i := range in.Endpoints {
		e := &in.Endpoints[i]
		if e.Name == "" {
			e.Name = e.Op.ID
		}
		if e.Op.Scope != "" {
			in.Scopes = append(in.Scopes, e.Op.Scope)
		}
	}
	return in
}

func sends(p planner.Plan) (out []int) {
	for _, a := range p.Endpoints {
		out = append(out, a.Send)
	}
	return out
}

var (
	own    = planner.Endpoint{Op: rcapi.ReadExtension}
	log    = planner.Endpoint{Op: rcapi.ReadUserCallLog}
	create = planner.Endpoint{Op: rcapi.CreateContact, Cleanup: true}
)

func TestPlan(t *testing.T) {
	for _, tc := range []struct {
		name  string
		in    planner.Input
		sends []int
		any   int
		dil   int
		takes time.Duration
	}{
		{"nothing yet", input(nil, own, log), []int{16, 5}, 11, 0, time.Minute},
		{"all there", input(calls(21, own.Op, 200, time.Hour), own), []int{0}, 0, 0, 0},
		{"volume alone", input(calls(6, own.Op, 200, time.Hour), own), []int{15}, 15, 0, time.Minute},
		// 4 + 36 successes make two errors less than 5 % of 41; without room for the second, 21 would do.
		{"an error, and room for one more", input(append(calls(4, own.Op, 200, time.Hour), call(own.Op, 401, time.Hour)), own, log), []int{31, 5}, 11, 19, 3 * time.Minute},
		{"an error, all proven", input(append(append(calls(10, own.Op, 200, time.Hour), calls(11, log.Op, 200, time.Hour)...), call(own.Op, 401, time.Hour)), own, log), []int{0, 0}, 0, 0, 0},
		{"slots in use", input(calls(20, own.Op, 200, 20*time.Second), own, planner.Endpoint{Op: rcapi.ReadExtension, Name: "again"}), []int{1, 0}, 1, 0, 40 * time.Second},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := planner.New(tc.in)
			assert.Equal(t, tc.sends, sends(p))
			assert.Equal(t, tc.any, p.Any, "for volume")
			assert.Equal(t, tc.dil, p.Dilution, "for dilution")
			assert.Equal(t, tc.takes, p.Duration)
			total := 0
			for _, n := range tc.sends {
				total += n
			}
			assert.Equal(t, total, p.Calls)
		})
	}
}

// TestSideCalls: what an endpoint's own code was seen to send is part of the plan: its time, its volume, and the
// operations that only it can call.
func TestSideCalls(t *testing.T) {
	var records []ledger.Record
	for range 2 {
		records = append(records, by("createContact", ledger.StageCall, call(create.Op, 200, time.Hour))...)
		records = append(records, by("createContact", ledger.StageCleanup, call(rcapi.DeleteContact, 204, time.Hour), call(rcapi.ReadContact, 404, time.Hour))...)
	}
	in := input(records, create)
	in.Policy.ClientErrors = criteria.ErrorRule{} // the answer 404 of the clean-up is its own affair here
	p := planner.New(in)
	// Three more creations bring three more deletions with them, which makes 10 of 21 successes: 11 are left, and the
	// reading needs 5 successes that the clean-up never gets.
	assert.Equal(t, 2, p.Endpoints[0].Have)
	assert.Equal(t, 2*p.Endpoints[0].Send, p.Side, "one deletion and one reading a call")
	assert.GreaterOrEqual(t, p.Endpoints[0].Send, 5)
	assert.Equal(t, p.Calls+p.Side, p.Groups[0].Calls, "all of them are charged to one group")
}

// TestSurplusGoesToTheCheapest: reads before writes, by group, and never to an authorization request.
func TestSurplusGoesToTheCheapest(t *testing.T) {
	sms := planner.Endpoint{Op: rcapi.CreateSMSMessage}
	messages := planner.Endpoint{Op: rcapi.ListMessages}
	assert.Equal(t, []int{5, 5, 11}, sends(planner.New(input(nil, log, sms, messages))))
	assert.Equal(t, []int{5, 16}, sends(planner.New(input(nil, sms, log))), "a read of any group before a write")
	assert.Equal(t, []int{0}, sends(planner.New(input(nil, planner.Endpoint{Op: rcapi.GetToken}))))
}

func TestSelectedEndpointsLeaveVolumeOpen(t *testing.T) {
	in := input(nil, own, log)
	in.Selected = func(name string) bool { return name == "readUserCallLog" }
	p := planner.New(in)
	assert.Equal(t, []int{5}, sends(p))
	assert.Zero(t, p.Any)
}

func TestRepeatPlansAllCalls(t *testing.T) {
	in := input(calls(30, own.Op, 200, time.Hour), own, log)
	in.Repeat = true
	p := planner.New(in)
	assert.Equal(t, []int{16, 5}, sends(p))
}

// TestScopesThatCallsOfEndpointsLeaveOpen: an authorization request is sent once for its scope and counts as nothing
// else; an endpoint with enough successes is called once more for a scope that none of them exercised, but not again in
// the same sweep when that success did not exercise it either.
func TestScopesThatCallsOfEndpointsLeaveOpen(t *testing.T) {
	socket, hook := planner.Endpoint{Op: rcapi.AuthWsToken}, planner.Endpoint{Op: rcapi.CreateSubscription}
	token := call(rcapi.AuthWsToken, 200, time.Hour)
	token.OAuth = true
	withHook := func(records []ledger.Record) planner.Input {
		in := input(records, hook)
		in.Scopes = append(in.Scopes, rcapi.ScopeSubscriptionWebhook)
		return in
	}
	tried := withHook(calls(22, hook.Op, 200, time.Hour))
	tried.Tried = map[string]int{hook.Op.String(): 1}
	for _, tc := range []struct {
		name  string
		in    planner.Input
		sends []int
	}{
		{"an authorization request", input(nil, own, socket), []int{21, 1}},
		{"sent already", input([]ledger.Record{token}, own, socket), []int{21, 0}},
		{"nothing else missing", input(calls(21, own.Op, 200, time.Hour), own, socket), []int{0, 1}},
		{"errors, which it does not dilute among API calls", input(append(calls(38, own.Op, 200, time.Hour), calls(2, own.Op, 401, time.Hour)...), own, socket), []int{21, 1}},
		{"no subscription had WebHook transport", withHook(calls(22, hook.Op, 200, time.Hour)), []int{1}},
		{"nor the one that was sent for it", tried, []int{0}},
		{"those that are missing anyway can have it", withHook(calls(19, hook.Op, 200, time.Hour)), []int{2}},
	} {
		t.Run(tc.name, func(t *testing.T) { assert.Equal(t, tc.sends, sends(planner.New(tc.in))) })
	}
}
