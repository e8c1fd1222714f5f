package world

import (
	"maps"
	"strings"
)

// fullUpdates are the PUT operations that replace a resource: a member that the request leaves out is removed. Source:
// descriptions in the specification ("full resource update", "partial update is not supported"). Of updateIVRMenu and
// updateSiteIvrSettings it says that omitted members are not changed; of the others nothing, and they change only what
// the request has. Adaptive cards, lists of settings and SCIM users are replaced by their own handlers.
const fullUpdates = "updateContact updateSwitch"

// HandleUpdate merges the request into the resource, or replaces the resource by it.
func HandleUpdate(w *World, q *Request) (Reply, *Problem) {
	members := maps.Clone(q.Object())
	if members == nil {
		members = Object{}
	}
	if q.plan.updated != nil {
		if p := q.plan.updated(w, q, members); p != nil {
			return Reply{}, p
		}
	}
	delete(members, "uri")
	members["lastModifiedTime"] = q.At
	w.complete(q.Resource)
	if hasWord(fullUpdates, q.plan.op.ID) {
		q.plan.clear(q.Resource)
	}
	w.Update(q.Resource, members, q.At)
	return w.ReplyResource(q, q.Resource), nil
}

// clear removes the members that a request can set.
func (p *Plan) clear(t *Resource) {
	if p.request == nil {
		return
	}
	for _, m := range p.request.Members {
		if name := m.Name; !m.ReadOnly && name != "id" && !strings.HasSuffix(name, "Time") {
			delete(t.Doc, name)
		}
	}
}
