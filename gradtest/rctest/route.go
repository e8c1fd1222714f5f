package rctest

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/domains"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// route is how the emulator handles an operation.
type route struct {
	op    rcapi.Operation
	limit limitID // of the usage-plan group; noLimit: none
	open  bool    // needs no bearer token
	plan  *world.Plan
	reply func(*exchange) *problem // runs once all checks have passed
}

// routes returns the routes of the whole catalogue by operation id. They are created on first use.
var routes = sync.OnceValue(func() map[string]*route {
	own := authorization()
	m := make(map[string]*route, 600)
	for op := range rcapi.All() {
		r := &route{op: op, limit: groupLimit(op.Group), plan: domains.Plans().Of(op.ID), reply: own.replies[op.ID]}
		r.open = slices.ContainsFunc(own.open, func(o rcapi.Operation) bool { return o.ID == op.ID })
		if r.reply == nil {
			r.reply = serveFromWorld
		}
		m[op.ID] = r
	}
	return m
})

// domain is a part of the platform that package world does not handle. Keys are operation ids.
type domain struct {
	open    []rcapi.Operation                   // operations that need no bearer token
	replies map[string]func(*exchange) *problem // instead of world's
}

// authorization has the operations for tokens, OpenID and API versions.
func authorization() domain {
	return domain{
		open: []rcapi.Operation{
			rcapi.GetToken, rcapi.RevokeToken, rcapi.Authorize, rcapi.Authorize2,
			rcapi.AuthJwks, rcapi.ReadOpenIdConfiguration, rcapi.ReadAPIVersions,
		},
		replies: map[string]func(*exchange) *problem{
			rcapi.GetToken.ID:                issueToken,
			rcapi.RevokeToken.ID:             revoke,
			rcapi.Authorize.ID:               authorize,
			rcapi.Authorize2.ID:              authorize,
			rcapi.ReadOpenIdConfiguration.ID: discovery,
			rcapi.AuthJwks.ID:                jwks,
			rcapi.AuthUserInfo.ID:            userInfo,
			rcapi.AuthWsToken.ID:             webSocketToken,
			rcapi.ReadAPIVersions.ID:         versions,
			rcapi.ReadAPIVersion.ID:          version,
		},
	}
}

// services are the first path segments that the gateway knows.
var services = []string{"restapi", "team-messaging", "webinar", "rcvideo", "scim", "ai", "analytics", "cx"}

// knownService reports whether a path belongs to a service. If not, the gateway itself refuses it.
func knownService(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return slices.Contains(services, first)
}

// allowed returns the methods that a path has.
func allowed(path string) []string {
	var out []string
	for _, m := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		if _, ok := rcapi.Match(m, path); ok {
			out = append(out, m)
		}
	}
	return out
}
