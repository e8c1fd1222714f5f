package criteria

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestFindingsInWords is the wording, since people act on it.
func TestFindingsInWords(t *testing.T) {
	webhook := Want{Endpoints: []Endpoint{{Op: rcapi.CreateSubscription}}, Scopes: []rcapi.Scope{"SubscriptionWebhook"}}
	scopes := both()
	scopes.Scopes = []rcapi.Scope{"ReadCallLog", "Glip", "Voicemail", "ReadMessages"}
	raised := both()
	raised.Endpoints[1].Calls = 12

	for _, tt := range []struct {
		name    string
		policy  Policy
		want    Want
		records *log
		finding Finding
	}{
		{"enough", Graduation, both(), enough(21), Finding{Rule: RuleVolume, OK: true, Got: "21 successful calls", Need: "21 successful calls"}},
		{"one", Graduation, both(), enough(1), Finding{Rule: RuleVolume, Got: "1 successful call", Need: "21 successful calls",
			Fix: "20 more successful calls to any endpoint"}},
		{"borderline", Graduation, both(), enough(20), Finding{Rule: RuleVolume, Got: "20 successful calls", Need: "21 successful calls",
			Fix:  "1 more successful call to any endpoint",
			Note: `borderline: 20 would meet the policy legacy, which asks for "at least 20"; this policy asks for "more than 20"`}},
		{"endpoints", Graduation, both(), enough(30), Finding{Rule: RuleEndpoints, OK: true, Got: "2 of 2 endpoints", Need: "5 successful calls on each"}},
		{"endpoints short", Graduation, raised, new(log).ok(4, first, today).ok(5, second, today),
			Finding{Rule: RuleEndpoints, Got: "0 of 2 endpoints", Need: "5 successful calls on each, more where declared",
				Fix: "readUserCallLog: 1 more successful call (4 of 5); listMessages: 7 more successful calls (5 of 12)"}},
		{"an endpoint only seen", Graduation, both(), enough(30).ok(1, rcapi.ReadExtension, yesterday).answers(1, rcapi.ReadExtension, 404, today),
			Finding{Rule: RuleEndpoints, Got: "2 of 3 endpoints", Need: "5 successful calls on each",
				Fix: "readExtension is called but not declared (1 of 5): declare it, or stop calling it and wait until 2026-11-07 01:00:00 UTC"}},
		{"nothing declared", Graduation, Want{}, new(log), Finding{Rule: RuleEndpoints, Got: "no endpoints declared", Need: "5 successful calls on each",
			Fix: "declare the endpoints that the app uses: without them the verdict proves nothing"}},
		{"no scopes", Graduation, Want{}, new(log), Finding{Rule: RuleScopes, OK: true, Got: "no app scopes declared", Need: "none"}},
		{"scopes", Graduation, scopes, new(log).ok(5, first, today), Finding{Rule: RuleScopes, Got: "1 of 4 app scopes exercised", Need: "1 successful call for each",
			Fix: "TeamMessaging: declare an endpoint that requires this scope, such as readGlipEveryoneNew, with 5 successful calls; " +
				"Voicemail: no operation exercises it: remove it in the developer console and from the declared scopes; " +
				"ReadMessages: 1 successful call to listMessages"}},
		{"webhook", Graduation, webhook, new(log).ok(30, rcapi.CreateSubscription, today),
			Finding{Rule: RuleScopes, Got: "0 of 1 app scope exercised", Need: "1 successful call for each",
				Fix: "SubscriptionWebhook: 1 successful call that creates a subscription with WebHook transport"}},
		{"no errors", Strictest, both(), enough(30).token(1, 200, today), Finding{Rule: RuleAuthErrors, OK: true, Got: "no errors in 30 API calls", Need: "less than 5 %"}},
		{"few errors", Strictest, both(), enough(30).answers(1, first, 401, today),
			Finding{Rule: RuleAuthErrors, OK: true, Got: "1 of 31 API calls (3.2 %) since 00:00 UTC yesterday", Need: "less than 5 %"}},
		{"one in 20", Strictest, both(), enough(19).answers(1, first, 401, before.Add(1e9)),
			Finding{Rule: RuleAuthErrors, Got: "1 of 20 API calls (5.0 %) since 00:00 UTC yesterday", Need: "less than 5 %",
				Fix: "1 more successful call, or wait until 2026-11-06 00:00:00 UTC, when the last error leaves the window"}},
		{"worse with authorization", Strictest, both(), enough(30).token(2, 400, before), Finding{Rule: RuleClientErrors,
			Got: "2 of 32 calls (6.2 %) in the last 48 h, authorization requests included", Need: "less than 5 %",
			Fix: "9 more successful calls, or wait until 2026-11-05 23:59:59 UTC, when the last error leaves the window"}},
		{"no refusal", Strictest, both(), enough(30), Finding{Rule: RuleRateLimit, OK: true, Got: "no responses with status 429", Need: "none"}},
		{"refused", Strictest, both(), enough(300).answers(1, first, 429, yesterday).answers(1, first, 429, today),
			Finding{Rule: RuleRateLimit, Got: "2 responses with status 429", Need: "none",
				Fix: "more calls cannot fix this: wait until 2026-11-07 01:00:00 UTC, when the last such response leaves the window, and stay within the rate limits"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.finding, Evaluate(tt.policy, tt.want, tt.records.all(), noon).finding(tt.finding.Rule))
		})
	}
}

func TestFindingsOrder(t *testing.T) {
	for _, tt := range []struct {
		policy Policy
		rules  []string
	}{
		{Graduation, []string{"volume", "endpoints", "scopes", "auth-errors"}},
		{Legacy, []string{"volume", "endpoints", "scopes", "client-errors", "rate-limit"}},
		{Strictest, []string{"volume", "endpoints", "scopes", "auth-errors", "client-errors", "rate-limit"}},
	} {
		var rules []string
		for _, f := range Evaluate(tt.policy, both(), new(log).all(), noon).Findings {
			rules = append(rules, f.Rule)
		}
		assert.Equal(t, tt.rules, rules)
	}
}

// TestTextsCarryThePolicysNumbers: nothing that is printed names a number of another policy.
func TestTextsCarryThePolicysNumbers(t *testing.T) {
	ours := Strictest
	ours.Name, ours.Successes, ours.PerEndpoint = "ours", 33, 7
	ours.AuthErrors.Below, ours.ClientErrors.Below = 3, 3
	for _, records := range []*log{new(log), enough(3).answers(2, first, 401, today).answers(1, first, 429, today)} {
		for _, f := range Evaluate(ours, both(), records.all(), noon).Findings {
			for _, text := range []string{f.Got, f.Need, f.Note} {
				for _, number := range []string{"20", "21", "5 %", "5 successful"} {
					assert.NotContains(t, text, number, f.Rule)
				}
			}
		}
	}
}
