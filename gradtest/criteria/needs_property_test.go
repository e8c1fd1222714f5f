package criteria

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// needsScenes is how many random scenes TestNeedsAreExact judges: go test ./gradtest/criteria -run NeedsAreExact
// -needs.scenes 40000 -v
var needsScenes = flag.Uint64("needs.scenes", 400, "random scenes of TestNeedsAreExact")

// shortage is a random app that mostly lacks something, with endpoints and scopes of every kind that Needs
// distinguishes.
type shortage struct {
	rnd     *rand.Rand
	policy  Policy
	want    Want
	records []ledger.Record
	now     time.Time
	ids     int
}

var shortageOps = []rcapi.Operation{
	first, second, rcapi.ReadExtension, rcapi.CreateSMSMessage, rcapi.CreateSubscription, rcapi.AuthWsToken,
	rcapi.MustParse("GET /restapi/v9/own").Needs("Own"), rcapi.MustParse("GET /restapi/v9/other"),
	rcapi.CreateSubscription.Needs("Own"), // one call can exercise two scopes
}

func newShortage(seed uint64) *shortage {
	s := &shortage{rnd: rand.New(rand.NewPCG(seed, 7)), now: noon}
	s.policy = policies[seed%3]
	if seed%4 == 3 {
		s.policy = s.anyPolicy()
	}
	s.now = s.now.Add(time.Duration(s.rnd.Int64N(int64(24 * time.Hour))))
	for range s.rnd.IntN(5) {
		s.want.Endpoints = append(s.want.Endpoints, Endpoint{Op: s.op(), Calls: s.rnd.IntN(8)})
	}
	scopes := []rcapi.Scope{
		"ReadCallLog", "ReadMessages", "ReadAccounts", "SMS", "Own", "SubscriptionWebhook", "Webhook Subscriptions",
		"WebSocketsSubscription", "Glip", "Voicemail", "TeamMessaging",
	}
	s.rnd.Shuffle(len(scopes), func(i, j int) { scopes[i], scopes[j] = scopes[j], scopes[i] })
	s.want.Scopes = scopes[:s.rnd.IntN(5)]
	for range s.rnd.IntN(60) {
		s.traffic()
	}
	return s
}

func (s *shortage) op() rcapi.Operation { return shortageOps[s.rnd.IntN(len(shortageOps))] }

// anyPolicy has numbers that no policy of the package has.
func (s *shortage) anyPolicy() Policy {
	windows := []Windows{0, UTCDays, Rolling48h, UTCDays | Rolling48h}
	share := func() ErrorRule {
		return ErrorRule{
			Answers: Answers(s.rnd.IntN(16)), Over: Traffic(s.rnd.IntN(4)), Below: []int{0, 3, 5, 7, 40, 100}[s.rnd.IntN(6)],
		}
	}
	return Policy{
		Name: "any", Successes: s.rnd.IntN(40), PerEndpoint: s.rnd.IntN(8), Scopes: s.rnd.IntN(4) > 0,
		AuthErrors: share(), ClientErrors: share(), NoRefusals: s.rnd.IntN(4) == 0,
		CountIn: windows[s.rnd.IntN(4)], ErrorsIn: windows[s.rnd.IntN(4)],
	}
}

// traffic adds calls of the past: to declared endpoints mostly, of any outcome and any age.
func (s *shortage) traffic() {
	op := s.op()
	if n := len(s.want.Endpoints); n > 0 && s.rnd.IntN(5) > 0 {
		op = s.want.Endpoints[s.rnd.IntN(n)].Op
	}
	at := s.now.Add(-time.Duration(s.rnd.Int64N(int64(50 * time.Hour))))
	status := 200
	if s.rnd.IntN(6) == 0 {
		status = []int{401, 403, 404, 500, 0, 207}[s.rnd.IntN(6)]
	}
	if s.rnd.IntN(80) == 0 {
		status = 429
	}
	for range 1 + s.rnd.IntN(6) {
		r := s.answer(op, status, at, s.rnd.IntN(3) == 0)
		r.Sent = at.Add(-time.Duration(s.rnd.IntN(2)) * time.Second)
		r.Partial = status == 207
		switch s.rnd.IntN(20) {
		case 0:
			r.Scopes = nil // by a version that did not record them
		case 1:
			r.Method = "HEAD"
		case 2:
			r.Op, r.Method, r.Path, r.Scopes, r.OAuth = "getToken", "POST", "/restapi/oauth/token", nil, true
		}
		s.records = append(s.records, r)
	}
}

// answer is the record that a call leaves: of its scopes, the conditional one only when the call meets the condition.
func (s *shortage) answer(op rcapi.Operation, status int, at time.Time, condition bool) ledger.Record {
	r := answer(op, status, at)
	if condition && op.BodyDecides() {
		r.Scopes = append(r.Scopes, "SubscriptionWebhook")
	}
	r.OAuth = op.OAuth()
	s.ids++
	r.ID = fmt.Sprint("call-", s.ids)
	return r
}

// calls are the successes that n asks for, each doing no more than n says.
func (s *shortage) calls(n Needs) (made []ledger.Record) {
	add := func(op rcapi.Operation, times int, condition string) {
		for i := range times {
			made = append(made, s.answer(op, 200, s.now, condition != "" && i == 0))
		}
	}
	for _, e := range n.Endpoints {
		add(e.Op, e.Calls, e.Condition)
	}
	for _, e := range n.Scopes {
		add(e.Op, e.Calls, e.Condition)
	}
	for range n.Any + n.Dilution {
		for {
			op := s.want.Endpoints[s.rnd.IntN(len(s.want.Endpoints))].Op
			if !op.OAuth() {
				add(op, 1, "")
				break
			}
		}
	}
	return made
}

// provable reports whether an endpoint counts; otherwise no calls are enough.
func (s *shortage) provable() bool {
	return slices.ContainsFunc(s.want.Endpoints, func(e Endpoint) bool { return !e.Op.OAuth() })
}

// open are the rules that fail with the given calls, besides the wait for a 429.
func (s *shortage) open(made []ledger.Record) []string {
	v := Evaluate(s.policy, s.want, slices.Values(slices.Concat(s.records, made)), s.now)
	return slices.DeleteFunc(v.open(), func(rule string) bool { return rule == RuleRateLimit })
}

// TestNeedsAreExact makes the calls that Needs asks for: then every rule holds, and with any one of them left out it
// does not. A 429 still has to leave its window, and scopes that no call exercises are removed first, as Needs says.
func TestNeedsAreExact(t *testing.T) {
	tried, closed, met, kinds := 0, 0, 0, map[string]int{}
	for seed := range *needsScenes {
		s := newShortage(seed)
		n := Evaluate(s.policy, s.want, slices.Values(s.records), s.now).Needs
		if !s.provable() {
			require.NotEmpty(t, s.open(nil), "seed %d: without an endpoint nothing is proven", seed)
			continue
		}
		tried++
		s.want.Scopes = slices.DeleteFunc(s.want.Scopes, func(x rcapi.Scope) bool { return slices.Contains(n.Drop, x.Canonical()) })
		made := s.calls(n)
		require.Len(t, made, n.Total, "seed %d", seed)
		require.Empty(t, s.open(made), "seed %d: not enough: %+v", seed, n)
		if n.Total == 0 {
			met++
			continue
		}
		closed++
		for _, out := range []int{0, len(made) - 1, s.rnd.IntN(len(made)), s.rnd.IntN(len(made))} {
			fewer := slices.Delete(slices.Clone(made), out, out+1)
			require.NotEmpty(t, s.open(fewer), "seed %d: enough without call %d, %s %s: %+v", seed, out, made[out].Method, made[out].Path, n)
		}
		s.count(n, kinds)
		s.outlook(t, seed, n, made)
	}
	t.Logf("%d scenes: %d needed calls, %d did not; by kind of need: %v", tried, closed, met, kinds)
	assert.Greater(t, closed, tried/4, "the scenes must lack something")
	for _, kind := range []string{"endpoint", "undeclared", "scope", "new endpoint for a scope", "login", "condition", "any", "dilution", "wait", "drop"} {
		assert.NotZero(t, kinds[kind], kind)
	}
}

func (s *shortage) count(n Needs, kinds map[string]int) {
	for _, e := range n.Endpoints {
		kinds["endpoint"]++
		kinds["undeclared"] += one(!e.Declared)
		kinds["condition"] += one(e.Condition != "")
	}
	for _, e := range n.Scopes {
		kinds["scope"]++
		kinds["new endpoint for a scope"] += one(e.Calls > 1)
		kinds["login"] += one(e.Op.OAuth())
	}
	kinds["any"] += one(n.Any > 0)
	kinds["dilution"] += one(n.Dilution > 0)
	kinds["wait"] += one(!n.Wait.IsZero())
	kinds["drop"] += one(len(n.Drop) > 0)
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// outlook compares a forecast with what the calls bring about.
func (s *shortage) outlook(t *testing.T, seed uint64, n Needs, made []ledger.Record) {
	t.Helper()
	f := Forecast(s.policy, s.want, slices.Values(s.records), s.now)
	after := Evaluate(s.policy, s.want, slices.Values(slices.Concat(s.records, made)), s.now)
	if !f.Earliest.IsZero() || !n.Wait.IsZero() || !after.Ready {
		return
	}
	// Calls to any endpoint went to particular ones here, which may outlast what the forecast can promise.
	require.False(t, f.Latest.IsZero() && !after.Until.IsZero(), "seed %d", seed)
	require.False(t, !after.Until.IsZero() && after.Until.Before(f.Latest),
		"seed %d: after the calls until %v, forecast %v", seed, after.Until, f.Latest)
}
