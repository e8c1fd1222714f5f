package rcapi

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Scope is an app scope (application permission) in the spelling of the token response. The empty Scope means that no
// scope is needed.
type Scope string

// App scopes that are in the developer guide but are needed by no operation of the specification. Except for
// SubscriptionWebhook they cannot be exercised: no call can show that an app uses them.
const (
	ScopeAccounts              Scope = "Accounts"
	ScopeControlWebinars       Scope = "ControlWebinars"
	ScopeDirectRingOut         Scope = "DirectRingOut" // on request
	ScopeEditCustomData        Scope = "EditCustomData"
	ScopeEditPaymentInfo       Scope = "EditPaymentInfo"
	ScopeEditReportingSettings Scope = "EditReportingSettings" // on request
	ScopeEditUserCredentials   Scope = "EditUserCredentials"   // on request
	ScopeReadClientInfo        Scope = "ReadClientInfo"
	ScopeSubscriptionWebhook   Scope = "SubscriptionWebhook" // see exercise.go
	ScopeVoicemail             Scope = "Voicemail"
)

// unneeded has these scopes, sorted.
var unneeded = [...]Scope{
	ScopeAccounts, ScopeControlWebinars, ScopeDirectRingOut, ScopeEditCustomData, ScopeEditPaymentInfo,
	ScopeEditReportingSettings, ScopeEditUserCredentials, ScopeReadClientInfo,
	ScopeSubscriptionWebhook, ScopeVoicemail,
}

// Scopes returns all app scopes that have a constant, sorted. The slice is the caller's.
func Scopes() []Scope {
	out := slices.Concat(needed[:], unneeded[:])
	slices.Sort(out)
	return out
}

// ParseScopes returns the space-separated scopes of a token response, in canonical spelling, sorted, without
// duplicates.
func ParseScopes(s string) []Scope {
	var out []Scope
	for name := range strings.FieldsSeq(s) {
		out = append(out, Scope(name).Canonical())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Canonical returns the spelling of the token response: Glip becomes TeamMessaging, "A2P SMS" A2PSMS, "Webhook
// Subscriptions" SubscriptionWebhook. Case, spaces, hyphens and underscores do not matter. An unknown scope is
// returned unchanged.
func (s Scope) Canonical() Scope {
	if s == "" || s.named() {
		return s
	}
	folded := fold(string(s))
	for _, list := range [][]Scope{needed[:], unneeded[:]} {
		for _, known := range list {
			if fold(string(known)) == folded {
				return known
			}
		}
	}
	return alias(folded, s)
}

// Known reports whether s, in any spelling, is a scope of the specification or the guide.
func (s Scope) Known() bool { return s.Canonical().named() }

// Includes returns the scopes that s includes, directly or indirectly, sorted; nil if none. An app with s may do what
// they allow. The platform does not say whether a call under s exercises them, and package criteria assumes that it
// does not.
func (s Scope) Includes() []Scope {
	var out []Scope
	var walk func(Scope)
	walk = func(s Scope) {
		for _, inner := range s.inclusions() {
			if !slices.Contains(out, inner) {
				out = append(out, inner)
				walk(inner)
			}
		}
	}
	walk(s.Canonical())
	slices.Sort(out)
	return out
}

// GoString returns s as Go source, such as rcapi.ScopeSMS.
func (s Scope) GoString() string {
	if s.named() {
		return "rcapi.Scope" + string(s)
	}
	return fmt.Sprintf("%q", string(s))
}

func (s Scope) named() bool {
	if _, ok := slices.BinarySearch(needed[:], s); ok {
		return true
	}
	_, ok := slices.BinarySearch(unneeded[:], s)
	return ok
}

func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '_':
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// inclusions is the inclusion column of the developer guide. Unlike a map, a switch needs no initialization at
// start-up.
func (s Scope) inclusions() []Scope {
	switch s {
	case ScopeAccounts:
		return []Scope{ScopeEditAccounts}
	case ScopeEditAccounts:
		return []Scope{ScopeEditExtensions, ScopeReadAccounts}
	case ScopeContacts:
		return []Scope{ScopeReadContacts}
	case ScopeEditPresence:
		return []Scope{ScopeReadPresence}
	case ScopeEditCallLog, ScopeReadCallRecording:
		return []Scope{ScopeReadCallLog}
	case ScopeEditMessages, ScopeFaxes, ScopeInternalMessages, ScopeSMS:
		return []Scope{ScopeReadMessages}
	}
	return nil
}

// alias returns the scope of another name, as used by the guide, the console, app-creation links and older
// specifications. Names that differ only in case, spaces, hyphens or underscores need no entry.
func alias(folded string, otherwise Scope) Scope {
	switch folded {
	case "glip":
		return ScopeTeamMessaging
	case "websocketsubscription", "websocketsubscriptions", "websocketssubscription", "websocketssubscriptions":
		return ScopeWebSocket
	case "webhooksubscription", "webhooksubscriptions":
		return ScopeSubscriptionWebhook
	case "voicemailbroadcasting":
		return ScopeVoicemail
	case "telephonysessions":
		return ScopeCallControl
	}
	return otherwise
}
