package rcapi_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestCanonical(t *testing.T) {
	for from, want := range map[rcapi.Scope]rcapi.Scope{
		"Glip":                    rcapi.ScopeTeamMessaging,
		"A2P SMS":                 rcapi.ScopeA2PSMS,
		"WebSocketsSubscription":  rcapi.ScopeWebSocket,
		"WebSocketsSubscriptions": rcapi.ScopeWebSocket,
		"Webhook Subscriptions":   rcapi.ScopeSubscriptionWebhook,
		"WebhookSubscriptions":    rcapi.ScopeSubscriptionWebhook,
		"VoicemailBroadcasting":   rcapi.ScopeVoicemail,
		"Call Control":            rcapi.ScopeCallControl,
		"TelephonySessions":       rcapi.ScopeCallControl,
		"read_call-log":           rcapi.ScopeReadCallLog,
		"sms":                     rcapi.ScopeSMS,
		"Meetings":                rcapi.ScopeMeetings,
		"":                        "",
		"Unheard Of":              "Unheard Of",
	} {
		assert.Equal(t, want, from.Canonical(), "%q", string(from))
		assert.Equal(t, want != "" && want != "Unheard Of", from.Known(), "%q", string(from))
	}
	for _, s := range rcapi.Scopes() {
		assert.Equal(t, s, s.Canonical())
	}
}

func TestScopes(t *testing.T) {
	all := rcapi.Scopes()
	assert.Len(t, all, 43)
	assert.True(t, slices.IsSorted(all))
	assert.Len(t, slices.Compact(slices.Clone(all)), 43)

	var idle []rcapi.Scope
	for _, s := range all {
		if !s.Exercisable() {
			idle = append(idle, s)
		}
	}
	assert.Equal(t, []rcapi.Scope{
		"Accounts", "ControlWebinars", "DirectRingOut", "EditCustomData", "EditPaymentInfo", "EditReportingSettings",
		"EditUserCredentials", "ReadClientInfo", "Voicemail",
	}, idle)
	assert.False(t, rcapi.Scope("").Exercisable())
	assert.False(t, rcapi.Scope("Foo").Exercisable())
	assert.True(t, rcapi.Scope("Glip").Exercisable())
}

func TestIncludes(t *testing.T) {
	read := []rcapi.Scope{rcapi.ScopeReadMessages}
	for s, want := range map[rcapi.Scope][]rcapi.Scope{
		rcapi.ScopeAccounts:          {rcapi.ScopeEditAccounts, rcapi.ScopeEditExtensions, rcapi.ScopeReadAccounts},
		rcapi.ScopeEditAccounts:      {rcapi.ScopeEditExtensions, rcapi.ScopeReadAccounts},
		rcapi.ScopeContacts:          {rcapi.ScopeReadContacts},
		rcapi.ScopeEditCallLog:       {rcapi.ScopeReadCallLog},
		rcapi.ScopeReadCallRecording: {rcapi.ScopeReadCallLog},
		rcapi.ScopeEditPresence:      {rcapi.ScopeReadPresence},
		rcapi.ScopeEditMessages:      read,
		rcapi.ScopeFaxes:             read,
		rcapi.ScopeInternalMessages:  read,
		rcapi.ScopeSMS:               read,
		"sms":                        read,
		rcapi.ScopeEditExtensions:    nil,
		rcapi.ScopeEditWebinars:      nil,
		"":                           nil,
	} {
		assert.Equal(t, want, s.Includes(), "%q", string(s))
	}
}

func TestParseScopes(t *testing.T) {
	assert.Equal(t, []rcapi.Scope{"Foo", rcapi.ScopeReadCallLog, rcapi.ScopeTeamMessaging},
		rcapi.ParseScopes(" TeamMessaging\tFoo ReadCallLog Glip \n"))
	assert.Nil(t, rcapi.ParseScopes("  "))
}
