package world

import "strings"

// HandleRead returns the resource that the path names.
func HandleRead(w *World, q *Request) (Reply, *Problem) {
	q.Resource.setURI(strings.TrimSuffix(q.Path, "/"+q.Resource.ID))
	return w.ReplyResource(q, q.Resource), nil
}

// HandleCreate creates a resource from the request.
func HandleCreate(w *World, q *Request) (Reply, *Problem) {
	t := w.NewResource(q)
	if q.plan.created != nil {
		if p := q.plan.created(w, q, t); p != nil {
			return Reply{}, p
		}
	}
	w.Add(t, q.At)
	return w.ReplyResource(q, t), nil
}

// NewResource returns a resource as the request describes it. It is not added to the world.
func (w *World) NewResource(q *Request) *Resource {
	t := &Resource{Kind: q.plan.kind, ID: w.idFor(q.plan.kind), Parents: q.Parents(), Doc: Object{}, Files: q.Files}
	Merge(t.Doc, q.Object())
	t.Doc["id"] = t.ID
	delete(t.Doc, "uri")
	t.setURI(q.Path)
	t.Doc["creationTime"], t.Doc["lastModifiedTime"] = q.At, q.At
	return t
}

// Parents returns the parents of a resource that this request creates.
func (q *Request) Parents() []Param {
	out := make([]Param, 0, len(q.Params))
	for _, p := range q.Params {
		if p.Name != "accountId" {
			out = append(out, p)
		}
	}
	return out
}

// HandleRemove removes the resource and everything under it.
func HandleRemove(w *World, q *Request) (Reply, *Problem) {
	t := q.Resource
	r := w.ReplyResource(q, t)
	w.Remove(t, q.At)
	w.RemoveUnder(Param{q.plan.steps[len(q.plan.steps)-1].known, t.ID}, q.At)
	return r, nil
}

// handleDefault serves an operation without a domain: it returns a complete object, based on the resource of the path.
func handleDefault(w *World, q *Request) (Reply, *Problem) {
	p := q.plan
	if p.answer == nil {
		return EmptyReply(p.status), nil
	}
	m := w.maker
	m.Base = q.Base
	made := m.Make(p.answer, q.Path, true)
	if o, ok := made.(Object); ok && q.Resource != nil && !p.listShape.exists() {
		Merge(o, q.Resource.Doc)
	}
	return w.Reply(q, made, q.Path), nil
}
