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
	scope rcapi.Scope // that the app needs; empty: none
}

// newEventFilter reads an event filter. False: there is no such filter.
func (w *World) newEventFilter(s, user string) (eventFilter, bool) {
	path, query, _ := strings.Cut(s, "?")
	values, err := url.ParseQuery(query)
	if err != nil || !strings.HasPrefix(path, "/") {
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
	kind, ok := w.kindOfFilter(f.path, user)
	if !ok || !kind.allows(values) {
		return eventFilter{}, false
	}
	f.scope = kind.scope
	f.text = f.path
	if query != "" {
		f.text += "?" + query
	}
	return f, true
}

// matches reports whether an event is what the filter asks for. What the event says nothing of does not matter: such
// words of a query ask for more members, not for other events.
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
