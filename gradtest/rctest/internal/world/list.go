package world

import (
	"slices"
	"strings"
)

// replyList answers with the things of a place, as far as the query wants them.
func replyList(w *World, q *Request) (Reply, *Problem) {
	things, p := w.members(q)
	if p == nil && q.plan.list.style == bySync {
		things, p = w.sync(q, things)
	}
	if p != nil {
		return Reply{}, p
	}
	return w.replyThings(q, things)
}

// replyThings answers with the page of these things that is asked for.
func (w *World) replyThings(q *Request, things []*thing) (Reply, *Problem) {
	l := q.plan.list
	c, p := cutOf(q.Query, l.style, len(things))
	if p != nil {
		return Reply{}, p
	}
	records := make([]Object, 0, c.last-c.first)
	for _, t := range things[c.first:c.last] {
		t.locate(q.Path + "/" + t.id)
		records = append(records, t.doc)
	}
	if l.bare {
		return w.reply(q, records, q.Path), nil
	}
	v := Object{"uri": c.address(q.Path, q.Query, l.style, c.page), l.member: records}
	switch l.style {
	case byPage:
		v["paging"], v["navigation"] = c.paging(), c.navigation(q.Path, q.Query)
	case byToken:
		v["paging"] = c.tokens()
	case byChat:
		v["navigation"] = c.tokens()
	case bySync:
		v["syncInfo"] = w.syncInfo(q)
	case bySCIM:
		v["totalResults"], v["startIndex"], v["itemsPerPage"] = c.total, c.first+1, c.last-c.first
		v["schemas"] = []string{"urn:ietf:params:scim:api:messages:2.0:ListResponse"}
	}
	return w.reply(q, v, q.Path), nil
}

// members picks the things that a list is about.
func (w *World) members(q *Request) ([]*thing, *Problem) {
	places := q.places()
	w.begin(q.plan.kind, places)
	if q.plan.picks != nil {
		return q.plan.picks(w, q)
	}
	return slices.DeleteFunc(w.list(q.plan.kind, places...), func(t *thing) bool { return !q.selects(t) }), nil
}

// selects reports whether a list that is asked for contains t: t belongs under the path's template, and it meets the query.
func (q *Request) selects(t *thing) bool { return t.meets(q) && (q.plan.only == nil || q.plan.only(t)) }

// meets reports whether a thing is what the query asks for: of a member that the query names it has one of the values.
// What the thing says nothing of is no reason to leave it out.
func (t *thing) meets(q *Request) bool {
	for name, values := range q.Query {
		if pages[name] || len(values) == 0 {
			continue
		}
		if own, ok := scalar(t.doc[name]); ok && !slices.ContainsFunc(values, func(v string) bool { return wants(v, own) }) {
			return false
		}
	}
	return true
}

// wants compares a value of the query, which may hold several joined by commas.
func wants(value, own string) bool {
	for v := range strings.SplitSeq(value, ",") {
		if strings.EqualFold(strings.TrimSpace(v), own) {
			return true
		}
	}
	return false
}

// oneOf reports whether the query wants the value, or says nothing of it.
func oneOf(q *Request, name, value string) bool {
	values := q.Query[name]
	return len(values) == 0 || slices.ContainsFunc(values, func(v string) bool { return wants(v, value) })
}
