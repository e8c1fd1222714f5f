package rctest

import (
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// grant is the set of app scopes of an app or a token. It is immutable.
type grant struct {
	named  []rcapi.Scope // as granted, without included scopes
	text   string        // the same, as in the token response
	permit map[rcapi.Scope]bool
}

// newGrant grants scopes, which are in canonical spelling, and the scopes that they include.
func newGrant(scopes []rcapi.Scope) grant {
	g := grant{named: scopes, permit: make(map[rcapi.Scope]bool, len(scopes))}
	names := make([]string, 0, len(scopes))
	for _, s := range scopes {
		names = append(names, string(s))
		g.permit[s] = true
		for _, inner := range s.Includes() {
			g.permit[inner] = true
		}
	}
	g.text = strings.Join(names, " ")
	return g
}

// narrow returns the part of the grant that the field scope of a token request asks for; an empty field asks for all.
// OpenID scopes are not app scopes; openID reports whether "openid" was requested.
func (g grant) narrow(wanted string) (narrowed grant, openID bool, denial *oauthError) {
	var names []string
	for name := range strings.FieldsSeq(wanted) {
		openID = openID || name == "openid"
		if !slices.Contains(openIDScopes, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return g, openID, nil
	}
	scopes := rcapi.ParseScopes(strings.Join(names, " "))
	scopes = slices.DeleteFunc(scopes, func(s rcapi.Scope) bool { return !g.permit[s] })
	if len(scopes) == 0 {
		return g, openID, oauthScope
	}
	return newGrant(scopes), openID, nil
}

// openIDScopes are the scopes of OpenID Connect.
var openIDScopes = []string{"openid", "profile", "email", "phone", "address", "offline_access"}
