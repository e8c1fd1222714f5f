package rctest

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// ownOperations has the operations that an app declares beyond the catalogue. It is never changed, only replaced.
type ownOperations struct {
	catalogue *rcapi.Catalogue
	routes    map[string]*route // by operation id
}

// Declare adds operations that the catalogue lacks, made with [rcapi.Parse]. A call of one is limited and needs a token
// and the scope, as the operation says; one of an unknown group counts as Medium, as the platform once booked unknown
// addresses. The answer is 200 with an object that has the address, and the id if the path ends in one. Operations that
// the catalogue has are ignored. Declare can be called while the emulator serves.
func (h *Handler) Declare(operations ...rcapi.Operation) {
	h.declaring.Lock()
	defer h.declaring.Unlock()
	routes := make(map[string]*route)
	if before := h.own.Load(); before != nil {
		for id, r := range before.routes {
			routes[id] = r
		}
	}
	added := false
	for _, op := range operations {
		known, ok := rcapi.Match(op.Method, op.Path)
		if op.Method == "" || op.Path == "" || ok && sameTemplate(known.Path, op.Path) {
			continue
		}
		r := &route{op: op, limit: groupLimit(op.Group), reply: answerDeclared}
		if op.Group == "" {
			r.limit = groupLimit(rcapi.Medium)
		}
		routes[op.ID] = r
		added = true
	}
	if !added {
		return
	}
	all := make([]rcapi.Operation, 0, len(routes))
	for _, r := range routes {
		all = append(all, r.op)
	}
	h.own.Store(&ownOperations{catalogue: rcapi.NewCatalogue(all...), routes: routes})
}

// find returns the route of a request; nil: there is none.
func (d *ownOperations) find(r *http.Request) *route {
	if d == nil {
		if op, ok := rcapi.MatchRequest(r); ok {
			return routes()[op.ID]
		}
		return nil
	}
	op, ok := d.catalogue.MatchRequest(r)
	if !ok {
		return nil
	}
	if own := d.routes[op.ID]; own != nil {
		return own
	}
	return routes()[op.ID]
}

// sameTemplate reports whether two templates differ at most in the names of their parameters.
func sameTemplate(a, b string) bool {
	for a != "" && b != "" {
		var x, y string
		x, a, _ = strings.Cut(a, "/")
		y, b, _ = strings.Cut(b, "/")
		if x != y && !(strings.HasPrefix(x, "{") && strings.HasPrefix(y, "{")) {
			return false
		}
	}
	return a == b
}

func answerDeclared(x *exchange) *problem {
	path, params := x.canonicalPath()
	for _, p := range params {
		if p.Name == "accountId" && p.Value != x.h.credentials.AccountID {
			return problemOf(world.NotFound(p.Name, p.Value))
		}
	}
	answer := map[string]string{"uri": x.base() + path}
	if strings.HasSuffix(x.route.op.Path, "}") {
		answer["id"] = params[len(params)-1].Value
	}
	body, _ := json.Marshal(answer) // of texts
	x.sendReply(world.Reply{Status: http.StatusOK, Body: body})
	return nil
}
