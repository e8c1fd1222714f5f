package rctest

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// route is how an operation is answered.
type route struct {
	op    rcapi.Operation
	limit limitID // of the usage-plan group; noLimit: none
	open  bool
	plan  *world.Plan
	reply func(*exchange) *problem // what is to be said once the request may pass
}

// routes are those of the whole catalogue, made on first use.
var routes = sync.OnceValue(func() map[string]*route {
	own := authorization()
	m := make(map[string]*route, 600)
	for op := range rcapi.All() {
		r := &route{op: op, limit: groupLimit(op.Group), plan: world.PlanOf(op.ID), reply: own.answers[op.ID]}
		r.open = slices.ContainsFunc(own.open, func(o rcapi.Operation) bool { return o.ID == op.ID })
		if r.reply == nil {
			r.reply = serveFromWorld
		}
		m[op.ID] = r
	}
	return m
})

// domain is a part of the platform that is no state of the world. Keys are operation ids.
type domain struct {
	open    []rcapi.Operation                   // pass without a bearer token
	answers map[string]func(*exchange) *problem // in the place of the world's
}

// authorization is the part of the platform that hands out tokens and tells about itself.
func authorization() domain {
	return domain{
		open: []rcapi.Operation{
			rcapi.GetToken, rcapi.RevokeToken, rcapi.Authorize, rcapi.Authorize2,
			rcapi.AuthJwks, rcapi.ReadOpenIdConfiguration, rcapi.ReadAPIVersions,
		},
		answers: map[string]func(*exchange) *problem{
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

// services are the first segments of paths that the gateway knows.
var services = []string{"restapi", "team-messaging", "webinar", "rcvideo", "scim", "ai", "analytics"}

// knownService reports whether a path belongs to a service; if not, the gateway itself refuses it.
func knownService(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return slices.Contains(services, first)
}

// allowed lists the methods that a path has.
func allowed(path string) []string {
	var out []string
	for _, m := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		if _, ok := rcapi.Match(m, path); ok {
			out = append(out, m)
		}
	}
	return out
}
