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
	all := domains()
	m := make(map[string]*route, 600)
	for op := range rcapi.All() {
		r := &route{op: op, status: success(op), group: groupIndex(op.Group)}
		s := newShape(op, r.status)
		for _, d := range all {
			d.apply(r, s)
		}
		if answer := s.answer(op); r.reply == nil {
			r.reply = func(x *exchange) *problem { return answer(x, s) }
		}
		m[op.ID] = r
	}
	return m
})

// domain is what the emulator knows of one part of the platform beyond what the catalogue tells. Keys are operation ids.
type domain struct {
	open    []rcapi.Operation                           // pass without a bearer token
	answers map[string]func(*exchange) *problem         // in the place of the answer by shape
	lists   map[string]string                           // lists whose names do not give them away: name of the array
	media   map[string]string                           // downloads: type of the content
	fields  map[string]func(*exchange, *text, thing)    // members of an object besides uri and id
	records map[string]records                          // members of a list
	checks  map[string]func(*exchange, []byte) *problem // of the request's body, before anything is made
	kept    map[string]string                           // where things made are found, if not where they were posted
	uuids   map[string]bool                             // things made have UUIDs
}

func domains() []domain {
	return []domain{authorization(), accounts(), messages(), calls(), subscriptions(), downloads(), otherLists()}
}

func (d domain) apply(r *route, s *shape) {
	id := r.op.ID
	r.open = r.open || slices.ContainsFunc(d.open, func(o rcapi.Operation) bool { return o.ID == id })
	if own, ok := d.answers[id]; ok {
		r.reply = own
	}
	if name, ok := d.lists[id]; ok {
		s.members = name
	}
	if kind, ok := d.media[id]; ok {
		s.media = kind
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
