package world

import (
	"net/url"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// eventFilter is an event filter of a subscription: an address, and the conditions of its query.
type eventFilter struct {
	text  string // as the subscription shows it, with real ids in the place of ~
	path  string
	query url.Values
}

// eventFilterScopes are the app scopes that filters need, by the end of their address; the longest that fits counts. Source:
// the guide's pages of the event filters.
var eventFilterScopes = []struct {
	end   string
	scope rcapi.Scope
}{
	{"/message-store", rcapi.ScopeReadMessages}, {"/message-store/instant", rcapi.ScopeReadMessages},
	{"/voicemail", rcapi.ScopeReadMessages},
	{"/fax", rcapi.ScopeReadMessages}, {"/presence", rcapi.ScopeReadPresence}, {"/presence/line", rcapi.ScopeReadPresence},
	{"/presence/line/presence", rcapi.ScopeReadPresence}, {"/telephony/sessions", rcapi.ScopeCallControl},
	{"/missed-calls", rcapi.ScopeCallControl},
	{"/favorite", rcapi.ScopeReadContacts}, {"/favorite/presence", rcapi.ScopeReadPresence},
	{"/extension", rcapi.ScopeReadAccounts},
	{"/directory/entries", rcapi.ScopeReadAccounts}, {"/phone-number", rcapi.ScopeReadAccounts},
	{"/device", rcapi.ScopeReadAccounts},
	{"/answering-rule", rcapi.ScopeReadAccounts}, {"/grant", rcapi.ScopeReadAccounts},
	{"/a2p-sms/batches", rcapi.ScopeA2PSMS},
	{"/a2p-sms/messages", rcapi.ScopeA2PSMS}, {"/a2p-sms/opt-outs", rcapi.ScopeA2PSMS},
	{"/message-threads/sync", rcapi.ScopeSMS}, {"/message-threads/entries/sync", rcapi.ScopeSMS},
}

// newEventFilter reads an event filter. False: it is none.
func (w *World) newEventFilter(s, user string) (eventFilter, bool) {
	path, query, _ := strings.Cut(s, "?")
	values, err := url.ParseQuery(query)
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch first {
	case "restapi", "team-messaging", "rcvideo", "webinar", "ai", "analytics":
	default:
		return eventFilter{}, false
	}
	if err != nil || !strings.HasPrefix(path, "/") || strings.Count(path, "/") < 3 {
		return eventFilter{}, false
	}
	segments := strings.Split(path, "/")
	for i := 1; i < len(segments); i++ {
		if segments[i] != "~" {
			continue
		}
		switch segments[i-1] {
		case "account", "accounts":
			segments[i] = w.Config.AccountID
		case "extension", "extensions":
			segments[i] = user
		}
	}
	f := eventFilter{path: strings.Join(segments, "/"), query: values}
	f.text = f.path
	if query != "" {
		f.text += "?" + query
	}
	return f, true
}

// scope is the app scope that the filter needs; empty: none.
func (f eventFilter) scope() rcapi.Scope {
	if strings.HasPrefix(f.path, "/team-messaging/") || strings.HasPrefix(f.path, "/restapi/v1.0/glip/") {
		return rcapi.ScopeTeamMessaging
	}
	var found rcapi.Scope
	longest := 0
	for _, row := range eventFilterScopes {
		if strings.HasSuffix(f.path, row.end) && len(row.end) > longest {
			found, longest = row.scope, len(row.end)
		}
	}
	if found == "" && strings.HasPrefix(f.path, "/restapi/v1.0/account/") && strings.Count(f.path, "/") == 6 {
		return rcapi.ScopeReadAccounts // an extension
	}
	return found
}

// matches reports whether an event is what the filter asks for. What the event says nothing of does not matter: such words
// of a query ask for more members, not for other events.
func (f eventFilter) matches(e Event) bool {
	if f.path != e.Filter {
		return false
	}
	for name, values := range f.query {
		for _, of := range e.Attributes {
			if of.Name == name && !Matches(strings.Join(values, ","), of.Value) {
				return false
			}
		}
	}
	return true
}
