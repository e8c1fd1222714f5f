package world

import "strings"

// SeedSetting sets the initial object of a path without ids beyond the account's.
func (w *World) SeedSetting(template string, doc Object, in ...Param) {
	w.Add(&Resource{Kind: "setting " + template, Parents: in, Doc: doc, incomplete: !w.Config.Bare}, w.Config.Now)
}

// Setting returns the object of a path without an id: there is one for each parent. Operations on the same path
// share it.
func (w *World) Setting(q *Request) *Resource {
	name, in := "setting "+q.plan.op.Path, q.Parents()
	if t := w.Get(name, "", in...); t != nil {
		if made, ok := w.maker.Make(q.plan.answer, q.Path, true).(Object); ok && t.incomplete {
			fillIn(t.Doc, made, "")
		}
		t.incomplete = false
		return t
	}
	t := &Resource{Kind: name, Parents: in}
	if o, ok := w.maker.Make(q.plan.answer, q.Path, true).(Object); ok {
		t.Doc = o
	}
	for _, d := range w.plans.domains {
		if f := d.Settings[q.plan.op.Path]; f != nil {
			made := t.Doc
			if t.Doc = f(w, q); t.Doc != nil && made != nil {
				fillIn(t.Doc, made, "")
			}
		}
	}
	if t.Doc == nil {
		t.Doc = Object{}
	}
	t.Doc["uri"] = q.Path
	w.Add(t, q.At)
	return t
}

func HandleReadSetting(w *World, q *Request) (Reply, *Problem) {
	if q.plan.answer == nil {
		return EmptyReply(q.plan.status), nil
	}
	t := w.Setting(q)
	return w.Reply(q, t.Doc, strings.TrimPrefix(q.Path, "/")), nil
}

func handleUpdateSetting(w *World, q *Request) (Reply, *Problem) {
	if q.plan.answer == nil {
		return EmptyReply(q.plan.status), nil
	}
	t := w.Setting(q)
	Merge(t.Doc, q.Object())
	w.Invalidate()
	return w.Reply(q, t.Doc, strings.TrimPrefix(q.Path, "/")), nil
}

func handleRemoveSetting(w *World, q *Request) (Reply, *Problem) {
	if t := w.Get("setting "+q.plan.op.Path, "", q.Parents()...); t != nil {
		w.Remove(t, q.At)
	}
	return handleDefault(w, q)
}
