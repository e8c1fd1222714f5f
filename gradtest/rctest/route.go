package rctest

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// route is how an operation is answered.
type route struct {
	op     rcapi.Operation
	status int // of success
	group  int // in limited; -1: not limited
	open   bool
	reply  func(*exchange) *problem // what is to be said once the request may pass
}

// routes are those of the whole catalogue, made on first use.
var routes = sync.OnceValue(func() map[string]*route {
	m := make(map[string]*route, 600)
	for op := range rcapi.All() {
		_, open := openRoutes[op.ID]
		m[op.ID] = &route{op: op, status: success(op), group: groupIndex(op.Group), open: open}
	}
	all := domains()
	for _, r := range m {
		s := shapeOf(r.op, r.status)
		r.reply = func(x *exchange) *problem { return s.reply(x, s) }
		for _, d := range all {
			d.apply(r, s)
		}
	}
	return m
})

// domain is what the emulator knows of one part of the platform beyond the shape of its answers. Keys are operation ids.
type domain struct {
	answers map[string]func(*exchange) *problem         // in the place of the answer by shape
	fields  map[string]func(*exchange, *text, thing)    // further members of an object
	records map[string]records                          // of a list
	checks  map[string]func(*exchange, []byte) *problem // of the request's body, before anything is made
	kept    map[string]string                           // where things made are found, if not where they were posted
	uuids   map[string]bool                             // things made have UUIDs
}

func domains() []domain {
	return []domain{authorization(), accounts(), messages(), calls(), subscriptions()}
}

func (d domain) apply(r *route, s *shape) {
	id := r.op.ID
	if own, ok := d.answers[id]; ok {
		r.reply = own
	}
	if fields, ok := d.fields[id]; ok {
		s.fields = fields
	}
	if rec, ok := d.records[id]; ok {
		s.records = rec
	}
	if check, ok := d.checks[id]; ok {
		s.check = check
	}
	if kept, ok := d.kept[id]; ok {
		s.kept = kept
	}
	s.uuid = s.uuid || d.uuids[id]
}

// openRoutes pass without a bearer token.
var openRoutes = map[string]struct{}{
	rcapi.GetToken.ID: {}, rcapi.RevokeToken.ID: {}, rcapi.Authorize.ID: {}, rcapi.Authorize2.ID: {},
	rcapi.AuthJwks.ID: {}, rcapi.ReadOpenIdConfiguration.ID: {}, rcapi.ReadAPIVersions.ID: {},
}

// success picks the status of an operation that documents several: what was made is 201, what is gone is 204, and a
// batch's 207 is never the answer to a single thing.
func success(op rcapi.Operation) int {
	switch {
	case op.Method == http.MethodPost && slices.Contains(op.Success, http.StatusCreated):
		return http.StatusCreated
	case op.Method == http.MethodDelete && slices.Contains(op.Success, http.StatusNoContent):
		return http.StatusNoContent
	case len(op.Success) > 0:
		return op.Success[0]
	}
	return http.StatusOK
}

// services are the first segments of paths that the gateway knows.
var services = []string{"restapi", "team-messaging", "webinar", "rcvideo", "scim", "ai", "analytics"}

// inService reports whether a path belongs to a service; if not, the gateway itself refuses it.
func inService(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return slices.Contains(services, first)
}

// allowed lists the methods that a path has.
func allowed(path string) []string {
	var out []string
	for _, m := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		if _, ok := rcapi.Match(m, path); ok {
			out = append(out, m)
		}
	}
	return out
}
