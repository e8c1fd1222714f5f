package rctest

import (
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// grant is a set of app scopes as a token carries it. It does not change once made.
type grant struct {
	named  []rcapi.Scope // as listed to the client
	text   string        // the same, as in the token response
	permit map[rcapi.Scope]bool
}

// newGrant grants the scopes, in canonical spelling, and all that they include.
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

// asked is the part of the grant that a token request asks for with its field scope; the empty text asks for all. The scopes of
// OpenID Connect are no app scopes: they stand beside them, and openID tells of the one that matters.
func (g grant) asked(wanted string) (narrowed grant, openID bool, denial *oauthError) {
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

// openIDScopes are those of OpenID Connect.
var openIDScopes = []string{"openid", "profile", "email", "phone", "address", "offline_access"}
