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

// narrow is the part of the grant that a token request asks for with its field scope; the empty text asks for all.
// ok is false when nothing of it is granted.
func (g grant) narrow(wanted string) (narrowed grant, ok bool) {
	if strings.TrimSpace(wanted) == "" {
		return g, true
	}
	asked := rcapi.ParseScopes(wanted)
	asked = slices.DeleteFunc(asked, func(s rcapi.Scope) bool { return !g.permit[s] })
	return newGrant(asked), len(asked) > 0
}
