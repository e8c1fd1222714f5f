package world

import (
	"maps"
)

// HandleRead answers with the resource that the path names.
func HandleRead(w *World, q *Request) (Reply, *Problem) {
	q.Resource.setURI(q.Path)
	return w.ReplyResource(q, q.Resource), nil
}

// HandleCreate makes a resource of what the request says.
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

// NewResource is a resource as the request describes it, not yet in the world.
func (w *World) NewResource(q *Request) *Resource {
	t := &Resource{Kind: q.plan.kind, ID: w.idFor(q.plan.kind), Parents: q.Parents(), Doc: Object{}, Files: q.Files}
	Merge(t.Doc, q.Object())
	t.Doc["id"], t.Doc["uri"] = t.ID, q.Path+"/"+t.ID
	t.Doc["creationTime"], t.Doc["lastModifiedTime"] = q.At, q.At
	return t
}

// Parents is what a resource made by this request lies in.
func (q *Request) Parents() []Param {
	out := make([]Param, 0, len(q.Params))
	for _, p := range q.Params {
		if p.Name != "accountId" {
			out = append(out, p)
		}
	}
	return out
}

// HandleUpdate merges the request into the resource.
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
	w.Update(q.Resource, members, q.At)
	return w.ReplyResource(q, q.Resource), nil
}

// HandleRemove takes the resource out of the world, with all that lies in it.
func HandleRemove(w *World, q *Request) (Reply, *Problem) {
	t := q.Resource
	r := w.ReplyResource(q, t)
	w.Remove(t, q.At)
	w.RemoveUnder(Param{q.plan.steps[len(q.plan.steps)-1].known, t.ID}, q.At)
	return r, nil
}

// handleDefault answers an operation of which nothing more is known: a full object, after the resource that it is done to.
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
