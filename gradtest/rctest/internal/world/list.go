package world

import (
	"slices"
	"strings"
)

// HandleList returns the resources under the path that match the query.
func HandleList(w *World, q *Request) (Reply, *Problem) {
	things, p := w.members(q)
	if p == nil && q.plan.listShape.style == bySync {
		things, p = w.sync(q, things)
	}
	if p != nil {
		return Reply{}, p
	}
	if q.plan.listShape.style == byChat { // the newest first, since the first page leads to older ones
		things = slices.Clone(things)
		slices.Reverse(things)
	}
	return w.ReplyPage(q, things)
}

// ReplyPage returns the requested page of these resources.
func (w *World) ReplyPage(q *Request, things []*Resource) (Reply, *Problem) {
	l := q.plan.listShape
	c, p := pageOf(q.Query, l.style, len(things))
	if p != nil {
		return Reply{}, p
	}
	records := make([]Object, 0, c.last-c.first)
	for _, t := range things[c.first:c.last] {
		t.setURI(q.Path)
		w.complete(t)
		records = append(records, t.Doc)
	}
	if l.isArray {
		return w.Reply(q, records, q.Path), nil
	}
	v := Object{"uri": c.uri(q.Path, q.Query, l.style, c.number), l.member: records}
	switch l.style {
	case byPage:
		v["paging"], v["navigation"] = c.paging(), c.navigation(q.Path, q.Query)
	case byToken:
		v["paging"] = c.tokens()
	case byChat:
		v["navigation"] = c.chatTokens()
	case bySync:
		v["syncInfo"] = w.syncInfo(q)
	case bySCIM:
		v["totalResults"], v["startIndex"], v["itemsPerPage"] = c.total, c.first+1, c.last-c.first
		v["schemas"] = []string{"urn:ietf:params:scim:api:messages:2.0:ListResponse"}
	}
	return w.Reply(q, v, q.Path), nil
}

// members selects the resources of a list.
func (w *World) members(q *Request) ([]*Resource, *Problem) {
	places := q.Parents()
	w.seed(q.plan.kind, places)
	if q.plan.lister != nil {
		return q.plan.lister(w, q)
	}
	return slices.DeleteFunc(w.List(q.plan.kind, places...), func(t *Resource) bool { return !q.Selects(t) }), nil
}

// Selects reports whether the requested list contains t: t belongs under the path's template and matches the query.
func (q *Request) Selects(t *Resource) bool {
	return t.Meets(q) && (q.plan.filter == nil || q.plan.filter(t))
}

// Meets reports whether a resource matches the query: each member that the query names has one of its values.
// A member that the resource does not have is no reason to leave it out.
func (t *Resource) Meets(q *Request) bool {
	for name, values := range q.Query {
		if pagingParams[name] || len(values) == 0 {
			continue
		}
		if own, ok := Scalar(t.Doc[name]); ok && !slices.ContainsFunc(values,
			func(v string) bool { return Matches(v, own) }) {
			return false
		}
	}
	return true
}

// Matches compares a query value, which may be several values separated by commas.
func Matches(value, own string) bool {
	for v := range strings.SplitSeq(value, ",") {
		if strings.EqualFold(strings.TrimSpace(v), own) {
			return true
		}
	}
	return false
}

// QueryAllows reports whether the query contains the value or does not have the parameter.
func QueryAllows(q *Request, name, value string) bool {
	values := q.Query[name]
	return len(values) == 0 || slices.ContainsFunc(values, func(v string) bool { return Matches(v, value) })
}
