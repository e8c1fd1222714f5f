package criteria

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones must be there on any machine

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestFacts holds every worked example and every contradiction of the platform's texts, numbered as in the collection
// of facts that the policies were made from (section 1). Each policy is judged: the rules listed are those that fail.
func TestFacts(t *testing.T) {
	ready := []string{}
	partial := answer(second, 207, today)
	partial.Partial = true
	twice := answer(first, 200, today)
	twice.ID = "twice"
	subscription := rcapi.CreateSubscription
	webhook := answer(subscription, 200, today)
	webhook.Scopes = []string{"SubscriptionWebhook"}

	withScopes := func(scopes ...rcapi.Scope) Want { w := both(); w.Scopes = scopes; return w }
	for _, tt := range []struct {
		name    string
		want    Want
		records *log
		// rules that fail under each policy
		graduation, legacy, strictest []string
	}{
		{"1.2a 1.2b 1.2c 1.2e at least 20: 20 is enough for Legacy; 1.2d more than 20: it is not for Graduation", both(), enough(20),
			[]string{"volume"}, ready, []string{"volume"}},
		{"1.2d 21 is more than 20", both(), enough(21), ready, ready, ready},
		{"1.2a 19", both(), enough(19), []string{"volume"}, []string{"volume"}, []string{"volume"}},
		{"1.2 per endpoint: 4 on one of two", both(), new(log).ok(20, first, today).ok(4, second, today),
			[]string{"endpoints"}, []string{"endpoints"}, []string{"endpoints"}},
		{"1.2f 1.3 exactly 5 is enough", both(), new(log).ok(20, first, today).ok(5, second, today), ready, ready, ready},
		{"1.2b one call per permission: none for SMS", withScopes("ReadCallLog", "SMS"), enough(22),
			[]string{"scopes"}, []string{"scopes"}, []string{"scopes"}},
		{"1.2a no unused permission: a scope that no operation needs", withScopes("ReadCallLog", "Voicemail"), enough(22),
			[]string{"scopes"}, []string{"scopes"}, []string{"scopes"}},
		{"1.3 one endpoint suffices for a scope", Want{Endpoints: []Endpoint{{Op: first}, {Op: rcapi.ReadCompanyCallLog}}, Scopes: []rcapi.Scope{"ReadCallLog"}},
			new(log).ok(21, first, today).ok(5, rcapi.ReadCompanyCallLog, today), ready, ready, ready},
		{"10.7 inclusion does not exercise: SMS includes ReadMessages", Want{Endpoints: []Endpoint{{Op: rcapi.CreateSMSMessage}}, Scopes: []rcapi.Scope{"SMS", "ReadMessages"}},
			new(log).ok(21, rcapi.CreateSMSMessage, today), []string{"scopes"}, []string{"scopes"}, []string{"scopes"}},
		{"5.2 another spelling is the same scope", Want{Endpoints: []Endpoint{{Op: rcapi.ListGlipChatsNew}}, Scopes: []rcapi.Scope{"Glip"}},
			new(log).ok(21, rcapi.ListGlipChatsNew, today), ready, ready, ready},
		{"10.8 a subscription without WebHook transport", Want{Endpoints: []Endpoint{{Op: subscription}}, Scopes: []rcapi.Scope{"SubscriptionWebhook"}},
			new(log).ok(21, subscription, today), []string{"scopes"}, []string{"scopes"}, []string{"scopes"}},
		{"10.8 and one with", Want{Endpoints: []Endpoint{{Op: subscription}}, Scopes: []rcapi.Scope{"Webhook Subscriptions"}},
			new(log).ok(20, subscription, today).add(webhook), ready, ready, ready},

		{"1.3 error rule: 400s fail all 4xx, not authentication errors", both(), enough(36).answers(2, first, 400, today),
			ready, []string{"client-errors"}, []string{"client-errors"}},
		{"1.3 404s likewise", both(), enough(36).answers(2, first, 404, today), ready, []string{"client-errors"}, []string{"client-errors"}},
		{"1.3 401 and 403 fail both", both(), enough(36).answers(1, first, 401, today).answers(1, second, 403, today),
			[]string{"auth-errors"}, []string{"client-errors"}, []string{"auth-errors", "client-errors"}},
		{"1.9 one 401 in 20 calls is 5.0 %", Want{Endpoints: []Endpoint{{Op: first}}, Scopes: []rcapi.Scope{"ReadCallLog"}},
			new(log).ok(19, first, today).answers(1, first, 401, today),
			[]string{"volume", "auth-errors"}, []string{"volume", "client-errors"}, []string{"volume", "auth-errors", "client-errors"}},
		{"1.9 one error in 21", both(), enough(20).answers(1, first, 401, today), []string{"volume"}, ready, []string{"volume"}},
		{"1.9 one error in 22", both(), enough(21).answers(1, first, 401, today), ready, ready, ready},
		{"1.9 two in 40", both(), enough(38).answers(2, first, 401, today), []string{"auth-errors"}, []string{"client-errors"}, []string{"auth-errors", "client-errors"}},
		{"1.9 two in 41", both(), enough(39).answers(2, first, 401, today), ready, ready, ready},
		{"1.9 three in 60", both(), enough(57).answers(3, first, 403, today), []string{"auth-errors"}, []string{"client-errors"}, []string{"auth-errors", "client-errors"}},
		{"1.9 three in 61", both(), enough(58).answers(3, first, 403, today), ready, ready, ready},

		{"1.3 one 429: zero tolerated by a, a 4xx for b", both(), enough(100).answers(1, first, 429, today), ready, []string{"rate-limit"}, []string{"rate-limit"}},
		{"1.3 429 at the token endpoint is one too", both(), enough(100).token(1, 429, today), ready, []string{"rate-limit"}, []string{"rate-limit"}},
		{"1.3 429 that left the UTC window", both(), enough(100).answers(1, first, 429, before), ready, []string{"rate-limit"}, []string{"rate-limit"}},

		{"1.3 OAuth inside: good logins do not dilute API errors", both(), enough(36).answers(2, first, 401, today).token(50, 200, today),
			[]string{"auth-errors"}, []string{"client-errors"}, []string{"auth-errors", "client-errors"}},
		{"1.3 OAuth inside: failed logins count with OAuth", both(), enough(38).token(2, 400, today),
			[]string{"auth-errors"}, []string{"client-errors"}, []string{"auth-errors", "client-errors"}},
		{"1.3 failed logins, diluted", both(), enough(39).token(2, 401, today), ready, ready, ready},
		{"1.5 OAuth requests are no volume", both(), enough(20).token(10, 200, today), []string{"volume"}, ready, []string{"volume"}},

		{"1.4 worked example: 3 + 3 yesterday, 2 + 12 today", both(),
			new(log).ok(3, first, yesterday).ok(3, second, yesterday).ok(2, first, today).ok(12, second, today),
			[]string{"volume"}, ready, []string{"volume"}},
		{"1.4 success at 23:59:59 UTC two days ago", both(), enough(20).ok(1, first, before), []string{"volume"}, ready, []string{"volume"}},
		{"1.4 success at 00:00:00 UTC yesterday", both(), enough(20).ok(1, first, before.Add(time.Second)), ready, ready, ready},
		{"1.4 sent before midnight, answered after", both(),
			enough(20).add(ledger.Record{Kind: ledger.Done, Sent: before, At: before.Add(2 * time.Second), Method: first.Method, Path: first.Path, Status: 200}),
			[]string{"volume"}, ready, []string{"volume"}},
		{"1.4 in the rolling 48 h, outside the UTC window: no success", both(), new(log).ok(30, first, before).ok(30, second, before),
			[]string{"volume", "endpoints", "scopes"}, []string{"volume", "endpoints", "scopes"}, []string{"volume", "endpoints", "scopes"}},
		{"1.4 errors in the rolling 48 h, outside the UTC window, count there", both(), enough(38).answers(2, first, 401, before),
			[]string{"auth-errors"}, []string{"client-errors"}, []string{"auth-errors", "client-errors"}},
		{"1.4 errors diluted in the rolling window but not in the UTC one", both(), enough(30).answers(2, first, 401, today).ok(60, first, before),
			[]string{"auth-errors"}, []string{"client-errors"}, []string{"auth-errors", "client-errors"}},
		{"1.4 errors exactly 48 h old are forgotten", both(), enough(22).answers(9, first, 401, longBefore), ready, ready, ready},
		{"1.4 errors a moment younger are not", both(), enough(22).answers(9, first, 401, longBefore.Add(1)),
			[]string{"auth-errors"}, []string{"client-errors"}, []string{"auth-errors", "client-errors"}},
		{"1.4 error sent before the window, answered inside", both(),
			enough(22).add(ledger.Record{Kind: ledger.Done, Sent: longBefore.Add(-1), At: longBefore.Add(1), Method: first.Method, Path: first.Path, Status: 429}),
			ready, []string{"rate-limit"}, []string{"rate-limit"}},

		{"1.5 failed calls are no volume", both(), enough(20).answers(1, first, 500, today), []string{"volume"}, ready, []string{"volume"}},
		{"1.5 5xx and 3xx are in no rule", both(), enough(21).answers(9, first, 503, today).answers(9, second, 302, today), ready, ready, ready},
		{"1.5 every 2xx is a success", both(), enough(20).answers(1, first, 204, today), ready, ready, ready},
		{"1.5 10.10 207 with an inner failure", both(), enough(20).add(partial), []string{"volume"}, ready, []string{"volume"}},
		{"10.10 207 all good", both(), enough(20).answers(1, second, 207, today), ready, ready, ready},
		{"1.5 an endpoint used but not declared", both(), enough(21).ok(4, rcapi.ReadExtension, today),
			[]string{"endpoints"}, []string{"endpoints"}, []string{"endpoints"}},
		{"1.5 and with its 5", both(), enough(21).ok(5, rcapi.ReadExtension, today), ready, ready, ready},
		{"1.5 a path outside the catalogue", both(), enough(21).ok(4, rcapi.Operation{Method: "GET", Path: "/restapi/v3/{}"}, today),
			[]string{"endpoints"}, []string{"endpoints"}, []string{"endpoints"}},
		{"10.3 one path, two methods, are two endpoints",
			Want{Endpoints: []Endpoint{{Op: rcapi.ListSubscriptions}, {Op: rcapi.CreateSubscription}}},
			new(log).ok(21, rcapi.ListSubscriptions, today).ok(4, rcapi.CreateSubscription, today),
			[]string{"endpoints"}, []string{"endpoints"}, []string{"endpoints"}},

		{"no answer: unknown, not a success", both(),
			enough(20).add(ledger.Record{Kind: ledger.Done, At: today, Sent: today, Latest: today, Method: first.Method, Path: first.Path, Code: "timeout"}),
			[]string{"volume"}, ready, []string{"volume"}},
		{"reserved, never done", both(), enough(20).add(ledger.Record{Kind: ledger.Reserved, At: today, Op: first.ID}),
			[]string{"volume"}, ready, []string{"volume"}},
		{"an injected fault or replay is no evidence",
			both(), enough(20).add(ledger.Record{Kind: ledger.Done, At: today, Method: first.Method, Path: first.Path, Status: 200, Fault: true}).
				add(ledger.Record{Kind: ledger.Done, At: today, Method: first.Method, Path: first.Path, Status: 429, Fault: true}),
			[]string{"volume"}, ready, []string{"volume"}},
		{"a record kept twice is one call", both(), enough(19).add(twice).add(twice), []string{"volume"}, ready, []string{"volume"}},
		{"a record of the future", both(), enough(20).ok(1, first, noon.Add(1)), []string{"volume"}, ready, []string{"volume"}},
		{"nothing declared", Want{}, enough(50), []string{"endpoints"}, []string{"endpoints"}, []string{"endpoints"}},
		{"nothing sent", both(), new(log), []string{"volume", "endpoints", "scopes"}, []string{"volume", "endpoints", "scopes"}, []string{"volume", "endpoints", "scopes"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, p := range []struct {
				policy Policy
				open   []string
			}{{Graduation, tt.graduation}, {Legacy, tt.legacy}, {Strictest, tt.strictest}} {
				v := Evaluate(p.policy, tt.want, tt.records.all(), noon)
				assert.Equal(t, p.open, v.open(), p.policy.Name)
				assert.Equal(t, len(p.open) == 0, v.Ready, p.policy.Name)
				for _, f := range v.Findings {
					assert.Equal(t, f.OK, f.Fix == "", "%s %s: an act, and only where it is open: %q", p.policy.Name, f.Rule, f.Fix)
				}
				checkDemands(t, p.policy, v)
			}
		})
	}
}

// checkDemands holds the parts of a verdict against one another.
func checkDemands(t *testing.T, p Policy, v Verdict) {
	t.Helper()
	require.Equal(t, v.Ready, nothing(v.Needs) && len(v.open()) == 0)
	require.Equal(t, v.Needs.Total, v.Missing)
	require.Equal(t, v.Ready, !v.Until.IsZero(), p.Name)
}

// TestFactsWorkedExample is the example of the platform's own page, word for word.
func TestFactsWorkedExample(t *testing.T) {
	records := new(log).ok(3, first, yesterday).ok(3, second, yesterday).ok(2, first, today).ok(12, second, today)
	v := Evaluate(Graduation, both(), records.all(), noon)
	f := v.finding(RuleVolume)
	assert.Equal(t, "20 successful calls", f.Got)
	assert.Equal(t, "21 successful calls", f.Need)
	assert.Equal(t, "1 more successful call to any endpoint", f.Fix)
	assert.Contains(t, f.Note, "borderline")
	assert.Equal(t, 20, v.Successes)
	assert.Equal(t, 1, v.Missing)
	assert.Equal(t, []int{5, 15}, []int{v.Endpoints[0].Got, v.Endpoints[1].Got})

	v = Evaluate(Legacy, both(), records.all(), noon)
	assert.True(t, v.Ready)
	assert.Empty(t, v.finding(RuleVolume).Note)
	assert.Equal(t, time.Date(2026, 11, 6, 0, 0, 0, 0, time.UTC), v.Until, "yesterday's three leave at the next midnight")
}

// TestFactsZones judges the same records written and judged in zones with daylight saving: nothing may change.
func TestFactsZones(t *testing.T) {
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC) // New York leaves daylight saving on that day
	records := new(log).ok(10, first, now.Add(-35*time.Hour-59*time.Minute)).ok(11, second, now.Add(-time.Hour)).
		ok(5, first, now.Add(-36*time.Hour-time.Second)).answers(1, first, 401, now.Add(-47*time.Hour))
	want := Evaluate(Strictest, both(), records.all(), now)
	require.True(t, want.Ready)
	for _, name := range []string{"America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati"} {
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		local := new(log)
		for _, r := range records.records {
			r.At, r.Sent = r.At.In(zone), r.Sent.In(zone)
			local.add(r)
		}
		assert.Equal(t, want, Evaluate(Strictest, both(), local.all(), now.In(zone)), name)
	}
}
