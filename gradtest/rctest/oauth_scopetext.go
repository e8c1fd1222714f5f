package rctest

import (
	"strings"
	"unicode"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// scopeText describes a scope on the consent page. A scope without a text is written as separate words.
func scopeText(s rcapi.Scope) string {
	if w, ok := scopeTexts[s]; ok {
		return w
	}
	var b strings.Builder
	for i, r := range string(s) {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte(' ')
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

var scopeTexts = map[rcapi.Scope]string{
	rcapi.ScopeA2PSMS:                "Send text messages in bulk from the company's numbers",
	rcapi.ScopeAI:                    "Analyse speech and text",
	rcapi.ScopeAccounts:              "See and change all account settings",
	rcapi.ScopeAnalytics:             "See statistics of calls",
	rcapi.ScopeCallControl:           "Control calls in progress",
	rcapi.ScopeContacts:              "See and change your contacts",
	rcapi.ScopeControlWebinars:       "Run webinars",
	rcapi.ScopeDirectRingOut:         "Place calls without your confirmation",
	rcapi.ScopeEditAccounts:          "See and change the account and its extensions",
	rcapi.ScopeEditCallLog:           "See the call log and delete from it",
	rcapi.ScopeEditCustomData:        "Store data of its own with your extension",
	rcapi.ScopeEditExtensions:        "Change the settings of extensions",
	rcapi.ScopeEditMessages:          "See your messages, mark and delete them",
	rcapi.ScopeEditPaymentInfo:       "Change payment details of the account",
	rcapi.ScopeEditPresence:          "See and change your presence",
	rcapi.ScopeEditReportingSettings: "Change the settings of reports",
	rcapi.ScopeEditUserCredentials:   "Change your password and other credentials",
	rcapi.ScopeEditWebinars:          "Create and change webinars",
	rcapi.ScopeFaxes:                 "Send faxes",
	rcapi.ScopeGlipInternal:          "Mark your chats as read and unread",
	rcapi.ScopeInternalMessages:      "Send messages to extensions of the company",
	rcapi.ScopeInteroperability:      "Pass your sign-in on to another app",
	rcapi.ScopeMeetings:              "Create and change meetings",
	rcapi.ScopeReadAccounts:          "See the account and its extensions",
	rcapi.ScopeReadAuditTrail:        "See who changed what in the account",
	rcapi.ScopeReadCallLog:           "See your call log",
	rcapi.ScopeReadCallRecording:     "Listen to recordings of your calls",
	rcapi.ScopeReadClientInfo:        "See information about the app",
	rcapi.ScopeReadContacts:          "See your contacts",
	rcapi.ScopeReadMessages:          "See your messages",
	rcapi.ScopeReadPresence:          "See your presence",
	rcapi.ScopeReadWebinars:          "See webinars",
	rcapi.ScopeRingOut:               "Place calls between two phones",
	rcapi.ScopeRingSense:             "See RingSense insights into conversations",
	rcapi.ScopeRoleManagement:        "See roles and assign them to users",
	rcapi.ScopeSocialMessaging:       "See and send messages on social networks",
	rcapi.ScopeSMS:                   "Send and receive text messages",
	rcapi.ScopeSubscriptionWebhook:   "Receive events at its own web address",
	rcapi.ScopeTeamMessaging:         "Read and write in team chats",
	rcapi.ScopeVideo:                 "Create and change video meetings and see past ones",
	rcapi.ScopeVoicemail:             "Send voicemail",
	rcapi.ScopeVoipCalling:           "Make and receive calls over the internet",
	rcapi.ScopeWebSocket:             "Receive events over a WebSocket",
}
