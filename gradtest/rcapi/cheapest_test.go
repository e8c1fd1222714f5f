package rcapi_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestCheapest(t *testing.T) {
	const account, own = "/restapi/v1.0/account/{accountId}", "/restapi/v1.0/account/{accountId}/extension/{extensionId}"
	for s, want := range map[rcapi.Scope]string{
		rcapi.ScopeReadAccounts:        "GET " + own,
		rcapi.ScopeEditAccounts:        "GET " + account + "/message-store-configuration",
		rcapi.ScopeTeamMessaging:       "GET /team-messaging/v1/everyone",
		"Glip":                         "GET /team-messaging/v1/everyone",
		rcapi.ScopeCallControl:         "GET " + account + "/telephony/sessions/{telephonySessionId}",
		rcapi.ScopeReadWebinars:        "GET /webinar/configuration/v1/sessions",
		rcapi.ScopeSMS:                 "GET /restapi/v2/accounts/{accountId}/sms/consents/export",
		rcapi.ScopeVideo:               "GET /rcvideo/v1/history/meetings",
		rcapi.ScopeEditWebinars:        "POST /webinar/configuration/v1/webinars",
		rcapi.ScopeRoleManagement:      "GET " + account + "/user-role/default",
		rcapi.ScopeReadCallLog:         "GET " + own + "/call-log",
		rcapi.ScopeA2PSMS:              "GET " + account + "/a2p-sms/batches",
		rcapi.ScopeContacts:            "POST " + own + "/address-book/contact",
		rcapi.ScopeReadMessages:        "GET " + own + "/message-store",
		rcapi.ScopeReadPresence:        "GET " + own + "/presence",
		rcapi.ScopeReadContacts:        "GET " + own + "/favorite",
		rcapi.ScopeEditPresence:        "PUT " + own + "/presence",
		rcapi.ScopeEditMessages:        "PUT " + own + "/message-store/{messageId}",
		rcapi.ScopeRingOut:             "POST " + own + "/ring-out",
		rcapi.ScopeAnalytics:           "POST /analytics/calls/v1/accounts/{accountId}/aggregation/fetch",
		rcapi.ScopeReadCallRecording:   "GET " + account + "/recording/{recordingId}",
		rcapi.ScopeVoipCalling:         "POST /restapi/v1.0/client-info/sip-provision",
		rcapi.ScopeReadAuditTrail:      "POST " + account + "/audit-trail/search",
		rcapi.ScopeWebSocket:           "POST /restapi/oauth/wstoken",
		rcapi.ScopeFaxes:               "POST " + own + "/fax",
		rcapi.ScopeInternalMessages:    "POST " + own + "/company-pager",
		rcapi.ScopeSubscriptionWebhook: "POST /restapi/v1.0/subscription",
	} {
		o, ok := rcapi.Cheapest(s)
		assert.True(t, ok)
		assert.Equal(t, want, o.String(), "%q", string(s))
	}
	for _, s := range rcapi.Scopes() {
		o, ok := rcapi.Cheapest(s)
		assert.Equal(t, s.Exercisable(), ok, s)
		if ok && o.Deprecated {
			assert.Contains(t, []rcapi.Scope{rcapi.ScopeAI, rcapi.ScopeMeetings}, s, "all operations of these are deprecated")
		}
		for other := range rcapi.Operations(s) {
			if _, today := other.At(rcapi.Newest); today {
				assert.Contains(t, o.Editions(), rcapi.Newest, s)
			}
		}
	}
	_, ok := rcapi.Cheapest("")
	assert.False(t, ok)
}
