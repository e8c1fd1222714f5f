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
	group int // in limited; -1: not limited
	open  bool
	plan  *world.Plan
	reply func(*exchange) *problem // what is to be said once the request may pass
}

// routes are those of the whole catalogue, made on first use.
var routes = sync.OnceValue(func() map[string]*route {
	own := authorization()
	m := make(map[string]*route, 600)
	for op := range rcapi.All() {
		r := &route{op: op, group: groupIndex(op.Group), plan: world.PlanOf(op.ID), reply: own.answers[op.ID]}
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
