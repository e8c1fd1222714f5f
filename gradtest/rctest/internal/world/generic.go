package world

import (
	"maps"
)

// read answers with the thing that the path names.
func read(w *World, q *Request) (Reply, *Problem) {
	q.thing.locate(q.Path)
	return w.replyThing(q, q.thing), nil
}

// create makes a thing of what the request says.
func create(w *World, q *Request) (Reply, *Problem) {
	t := w.newThing(q)
	if q.plan.created != nil {
		if p := q.plan.created(w, q, t); p != nil {
			return Reply{}, p
		}
	}
	w.add(t, q.At)
	return w.replyThing(q, t), nil
}

// newThing is a thing as the request describes it, not yet in the world.
func (w *World) newThing(q *Request) *thing {
	t := &thing{kind: q.plan.kind, id: w.idFor(q.plan.kind), in: q.places(), doc: Object{}, files: q.Files}
	merge(t.doc, q.body())
	t.doc["id"], t.doc["uri"] = t.id, q.Path+"/"+t.id
	t.doc["creationTime"], t.doc["lastModifiedTime"] = q.At, q.At
	return t
}

// places is what a thing made by this request lies in.
func (q *Request) places() []Param {
	out := make([]Param, 0, len(q.Params))
	for _, p := range q.Params {
		if p.Name != "accountId" {
			out = append(out, p)
		}
	}
	return out
}

// update merges the request into the thing.
func update(w *World, q *Request) (Reply, *Problem) {
	members := maps.Clone(q.body())
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
	w.update(q.thing, members, q.At)
	return w.replyThing(q, q.thing), nil
}

// remove takes the thing out of the world, with all that lies in it.
func remove(w *World, q *Request) (Reply, *Problem) {
	t := q.thing
	r := w.replyThing(q, t)
	w.remove(t, q.At)
	w.removeIn(Param{q.plan.steps[len(q.plan.steps)-1].as, t.id}, q.At)
	return r, nil
}

// act answers an operation of which nothing more is known: a full object, after the thing that it is done to.
func act(w *World, q *Request) (Reply, *Problem) {
	p := q.plan
	if p.answer == nil {
		return empty(p.status), nil
	}
	m := w.maker
	m.Base = q.Base
	made := m.Make(p.answer, q.Path, true)
	if o, ok := made.(Object); ok && q.thing != nil && !p.list.is() {
		merge(o, q.thing.doc)
	}
	return w.reply(q, made, q.Path), nil
}
