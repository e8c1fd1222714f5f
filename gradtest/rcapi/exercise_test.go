package rcapi_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestExercises(t *testing.T) {
	own := rcapi.MustParse("GET /own")
	for _, tt := range []struct {
		op    rcapi.Operation
		scope rcapi.Scope
		want  bool
	}{
		{rcapi.CreateSMSMessage, rcapi.ScopeSMS, true},
		{rcapi.CreateSMSMessage, rcapi.ScopeReadMessages, false}, // included is not exercised
		{own.Needs("Glip"), rcapi.ScopeTeamMessaging, true},      // an app's own operation, in an older spelling
		{own.Needs(rcapi.ScopeTeamMessaging), "glip", true},
		{own, "", false},
		{rcapi.CreateSubscription, rcapi.ScopeSubscriptionWebhook, true},
		{rcapi.CreateSubscription, "Webhook Subscriptions", true},
		{rcapi.MustParse("POST /restapi/v1.0/subscription"), rcapi.ScopeSubscriptionWebhook, true},
		{rcapi.ListSubscriptions, rcapi.ScopeSubscriptionWebhook, false},
	} {
		assert.Equal(t, tt.want, tt.op.Exercises(tt.scope), "%v %s", tt.op, tt.scope)
	}
}

func TestExercised(t *testing.T) {
	webhook := []rcapi.Scope{rcapi.ScopeSubscriptionWebhook}
	for _, tt := range []struct {
		op   rcapi.Operation
		body string
		want []rcapi.Scope
	}{
		{rcapi.CreateSubscription, `{"deliveryMode":{"transportType":"WebHook"}}`, webhook},
		{rcapi.CreateSubscription, `{"deliveryMode":{"transportType":"webhook","address":"https://a"}}`, webhook},
		{rcapi.CreateSubscription, `{"deliveryMode":{"transportType":"WebSocket"}}`, nil},
		{rcapi.CreateSubscription, `{"deliveryMode":"WebHook"}`, nil},
		{rcapi.CreateSubscription, `{`, nil},
		{rcapi.CreateSubscription, ``, nil},
		{rcapi.ListSubscriptions, `{"deliveryMode":{"transportType":"WebHook"}}`, nil},
		{rcapi.CreateSMSMessage, ``, []rcapi.Scope{rcapi.ScopeSMS}},
		{rcapi.ReadExtension.Needs("X"), ``, []rcapi.Scope{"X"}},
	} {
		assert.Equal(t, tt.want, tt.op.Exercised([]byte(tt.body)), "%v %s", tt.op, tt.body)
	}
}

// Every operation that can exercise a scope is listed under it, and Exercises agrees.
func TestOperationsAndExercisesAgree(t *testing.T) {
	for _, s := range rcapi.Scopes() {
		listed := make(map[string]bool)
		for o := range rcapi.Operations(s) {
			listed[o.ID] = true
		}
		for o := range rcapi.All() {
			assert.Equal(t, listed[o.ID], o.Exercises(s), "%v %s", o, s)
		}
		assert.Equal(t, len(listed) > 0, s.Exercisable(), s)
	}
}

func TestCondition(t *testing.T) {
	assert.Equal(t, "creates a subscription with WebHook transport", rcapi.Scope("Webhook Subscriptions").Condition())
	assert.Empty(t, rcapi.ScopeSMS.Condition())
}

func TestOperations(t *testing.T) {
	assert.Equal(t, []rcapi.Operation{rcapi.CreateSubscription}, slices.Collect(rcapi.Operations("Webhook Subscriptions")))
	assert.Empty(t, slices.Collect(rcapi.Operations(rcapi.ScopeVoicemail)))
	for o := range rcapi.Operations("Call Control") {
		assert.Equal(t, rcapi.ScopeCallControl, o.Scope)
		break
	}
}
