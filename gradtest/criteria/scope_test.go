package criteria

import (
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
		{own, "", false},
		{rcapi.CreateSubscription, rcapi.ScopeSubscriptionWebhook, true},
		{rcapi.ListSubscriptions, rcapi.ScopeSubscriptionWebhook, false},
	} {
		assert.Equal(t, tt.want, exercises(tt.op, tt.scope), "%v %s", tt.op, tt.scope)
	}
}
