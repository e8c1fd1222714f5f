package criteria

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestWorst(t *testing.T) {
	v := Evaluate(Strictest, both(), enough(30).answers(1, first, 401, today).answers(1, first, 400, before).token(9, 200, today).all(), noon)
	assert.Len(t, v.Ratios, 8)
	worst, ok := v.Worst(RuleClientErrors)
	assert.True(t, ok)
	assert.Equal(t, Ratio{Rule: RuleClientErrors, Window: Rolling48h, Over: APITraffic, Budget: Budget{Errors: 2, Calls: 32, Below: 5}}, worst)
	worst, _ = v.Worst(RuleAuthErrors)
	assert.Equal(t, Ratio{Rule: RuleAuthErrors, Window: UTCDays, Over: APITraffic, Budget: Budget{Errors: 1, Calls: 31, Below: 5}}, worst)
	_, ok = Evaluate(Graduation, both(), enough(1).all(), noon).Worst(RuleClientErrors)
	assert.False(t, ok)
}

func TestAllows(t *testing.T) {
	for _, tt := range []struct {
		name    string
		records *log
		planned int
		want    bool
	}{
		{"20 calls leave no room", new(log), 20, false},
		{"21 do", new(log), 21, true},
		{"what was sent counts", enough(15), 6, true},
		{"a second error needs 41", enough(20).answers(1, first, 401, today), 19, false},
		{"and gets them", enough(20).answers(1, first, 401, today), 20, true},
		{"the other window may be full", enough(40).answers(3, first, 401, before), 20, false},
		{"failed logins count", enough(20).token(1, 401, today), 19, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			allowed := true
			for _, r := range Evaluate(Graduation, both(), tt.records.all(), noon).Ratios {
				r.Planned = tt.planned
				allowed = allowed && r.Allows(1)
			}
			assert.Equal(t, tt.want, allowed)
		})
	}
}

func TestScopeNotes(t *testing.T) {
	want := both()
	want.Scopes = []rcapi.Scope{"Glip", "TeamMessaging", "WebSocketsSubscription", "Webhook Subscriptions", "Voicemail", "Custom"}
	want.Endpoints = append(want.Endpoints, Endpoint{Op: rcapi.MustParse("GET /custom").Needs("Custom")})
	v := Evaluate(Graduation, want, new(log).all(), noon)
	assert.Equal(t, []ScopeCount{
		{Scope: "TeamMessaging"},
		{Scope: "WebSocket", Note: "only an authorization request exercises it, which the platform may not count"},
		{Scope: "SubscriptionWebhook", Note: "exercised by a call that creates a subscription with WebHook transport"},
		{Scope: "Voicemail", Note: "no operation exercises it: remove it"},
		{Scope: "Custom"},
	}, v.Scopes)
}

// TestAuthorizationRequestExercisesItsScope: WebSocket has no other operation; the note says what is uncertain.
func TestAuthorizationRequestExercisesItsScope(t *testing.T) {
	records := new(log)
	ws := answer(rcapi.Operation{ID: "createWsToken", Method: "POST", Path: "/restapi/oauth/wstoken", Scope: "WebSocket"}, 200, today)
	ws.OAuth = true
	v := Evaluate(Graduation, Want{Scopes: []rcapi.Scope{"WebSocket"}}, records.add(ws).all(), noon)
	assert.Equal(t, []ScopeCount{{
		Scope: "WebSocket", Got: 1, OAuth: 1, Note: "exercised by an authorization request alone, which the platform may not count",
	}}, v.Scopes)
	assert.Zero(t, v.Successes)
}
