package world

import (
	"net/url"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// filterKind is a kind of event filters.
type filterKind struct {
	template   string      // a last segment of * matches any segments
	parameters string      // of the query, separated by spaces, each with its values after = and between |
	scope      rcapi.Scope // that the app needs; empty: none
	source     string
}

const (
	filterAccount   = AccountPath
	filterExtension = ExtensionPath

	calls       = "detailedTelephonyState=true|false sipData=true|false"
	sessions    = "direction=Inbound|Outbound missedCall=true|false sipData=true|false statusCode withRecordings=true|false"
	messageType = "type=SMS|Fax|Pager|VoiceMail|Text direction=Inbound|Outbound"

	guideFilters = "guide, event filters"
	inSpec       = "specification, schemas of events"
	used         = "undocumented, but used by public programs"
	ownService   = "guide of the service; the filters of this service are not checked"
)

// filterKinds is the table of event filters that subscriptions may have. Others are refused.
var filterKinds = []filterKind{
	{filterExtension + "/message-store", messageType, rcapi.ScopeReadMessages, guideFilters},
	{filterExtension + "/message-store/instant", messageType, rcapi.ScopeReadMessages, guideFilters},
	{filterExtension + "/voicemail", "", rcapi.ScopeReadMessages, guideFilters},
	{filterExtension + "/fax", "direction=Inbound|Outbound", rcapi.ScopeReadMessages, guideFilters},
	{filterAccount + "/presence", calls, rcapi.ScopeReadPresence, guideFilters},
	{filterExtension + "/presence", calls, rcapi.ScopeReadPresence, guideFilters},
	{filterExtension + "/presence/dnd", "", rcapi.ScopeReadPresence, guideFilters},
	{filterExtension + "/presence/line", calls, rcapi.ScopeReadPresence, guideFilters},
	{filterExtension + "/presence/line/presence", calls, rcapi.ScopeReadPresence, guideFilters},
	{filterExtension + "/favorite", "", rcapi.ScopeReadContacts, guideFilters},
	{filterExtension + "/favorite/presence", calls, rcapi.ScopeReadPresence, inSpec},
	{filterAccount + "/call-queues/{groupId}/presence", calls, rcapi.ScopeReadPresence, inSpec},
	{filterAccount + "/telephony/sessions", sessions, rcapi.ScopeCallControl, guideFilters},
	{filterExtension + "/telephony/sessions", sessions, rcapi.ScopeCallControl, guideFilters},
	{filterExtension + "/missed-calls", "", rcapi.ScopeCallControl, used},
	{filterExtension + "/incoming-call-pickup", "", rcapi.ScopeReadPresence, used},
	{filterAccount + "/extension", "", rcapi.ScopeReadAccounts, guideFilters},
	{filterExtension, "", rcapi.ScopeReadAccounts, guideFilters},
	{filterExtension + "/grant", "", rcapi.ScopeReadAccounts, guideFilters},
	{filterExtension + "/answering-rule", "", rcapi.ScopeReadAccounts, used},
	{filterExtension + "/device", "", rcapi.ScopeReadAccounts, used},
	{filterAccount + "/device", "", rcapi.ScopeReadAccounts, used},
	{filterAccount + "/device/{deviceId}/emergency-address", "", rcapi.ScopeReadAccounts, guideFilters},
	{filterAccount + "/directory/entries", "", rcapi.ScopeReadAccounts, guideFilters},
	{filterAccount + "/phone-number", "usageType", rcapi.ScopeReadAccounts, guideFilters},
	{filterAccount + "/a2p-sms/batches", "from", rcapi.ScopeA2PSMS, guideFilters},
	{filterAccount + "/a2p-sms/batches/{batchId}", "", rcapi.ScopeA2PSMS, guideFilters},
	{filterAccount + "/a2p-sms/messages", "direction=Inbound|Outbound to from", rcapi.ScopeA2PSMS, guideFilters},
	{filterAccount + "/a2p-sms/opt-outs", "from", rcapi.ScopeA2PSMS, guideFilters},
	{filterAccount + "/message-threads/sync", "", rcapi.ScopeSMS, guideFilters},
	{filterAccount + "/message-threads/entries/sync", "", rcapi.ScopeSMS, guideFilters},
	{reminderPath, "threshold interval", "", guideFilters},
	{"/team-messaging/v1/posts", "", rcapi.ScopeTeamMessaging, guideFilters},
	{"/team-messaging/v1/groups", "", rcapi.ScopeTeamMessaging, guideFilters},
	{"/team-messaging/v1/*", "", rcapi.ScopeTeamMessaging, used},
	{"/restapi/v1.0/glip/*", "", rcapi.ScopeTeamMessaging, "guide of 2021"},
	{"/webinar/*", "*", "", ownService},
	{"/rcvideo/*", "*", "", ownService},
	{"/ai/*", "*", "", ownService},
}

// kindOfFilter finds the kind of a filter's path, of which ~ is resolved.
func (w *World) kindOfFilter(path, user string) (filterKind, bool) {
	for _, k := range filterKinds {
		if family, ok := strings.CutSuffix(k.template, "*"); ok {
			if rest, ok := strings.CutPrefix(path, family); ok && rest != "" && !strings.Contains(rest, "//") {
				return k, true
			}
			continue
		}
		params, ok := matchTemplate(k.template, path)
		if ok && w.filterParams(params, user) {
			return k, true
		}
	}
	return filterKind{}, false
}

// filterParams reports whether the account and the extension of a filter exist. Other ids are not checked: a filter may
// name a queue or a batch that is made later.
func (w *World) filterParams(params []Param, user string) bool {
	for _, p := range params {
		switch {
		case p.Name == "accountId" && p.Value != w.Config.AccountID,
			p.Name == "extensionId" && p.Value != user && w.Get(KindExtension, p.Value) == nil:
			return false
		}
	}
	return true
}

// allows reports whether filters of the kind may have a query.
func (k filterKind) allows(query url.Values) bool {
	if k.parameters == "*" {
		return true
	}
	for name, values := range query {
		at := slices.IndexFunc(strings.Fields(k.parameters), func(p string) bool {
			own, _, _ := strings.Cut(p, "=")
			return own == name
		})
		if at < 0 {
			return false
		}
		_, allowed, limited := strings.Cut(strings.Fields(k.parameters)[at], "=")
		for _, v := range values {
			for one := range strings.SplitSeq(v, ",") {
				if limited && !slices.Contains(strings.Split(allowed, "|"), one) {
					return false
				}
			}
		}
	}
	return true
}
