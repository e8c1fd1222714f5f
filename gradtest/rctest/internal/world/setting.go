package world

import "strings"

// startSetting is what is kept at a path without ids beyond the account's when the world begins.
func (w *World) startSetting(template string, doc Object, in ...Param) {
	w.add(&thing{kind: "setting " + template, in: in, doc: doc}, w.cfg.Now)
}

// setting is the object that the path names without an id: there is one in each place. Another that is kept at the same path
// is the same.
func (w *World) setting(q *Request) *thing {
	name, in := "setting "+q.plan.op.Path, q.places()
	if t := w.get(name, "", in...); t != nil {
		return t
	}
	t := &thing{kind: name, in: in}
	if o, ok := w.maker.Make(q.plan.answer, q.Path, true).(Object); ok {
		t.doc = o
	}
	for _, d := range w.plans.domains {
		if f := d.settings[q.plan.op.Path]; f != nil {
			t.doc = f(w, q)
		}
	}
	if t.doc == nil {
		t.doc = Object{}
	}
	t.doc["uri"] = q.Path
	w.add(t, q.At)
	return t
}

func readSetting(w *World, q *Request) (Reply, *Problem) {
	if q.plan.answer == nil {
		return empty(q.plan.status), nil
	}
	t := w.setting(q)
	return w.reply(q, t.doc, strings.TrimPrefix(q.Path, "/")), nil
}

func updateSetting(w *World, q *Request) (Reply, *Problem) {
	if q.plan.answer == nil {
		return empty(q.plan.status), nil
	}
	t := w.setting(q)
	merge(t.doc, q.body())
	w.changed()
	return w.reply(q, t.doc, strings.TrimPrefix(q.Path, "/")), nil
}

func removeSetting(w *World, q *Request) (Reply, *Problem) {
	if t := w.get("setting "+q.plan.op.Path, "", q.places()...); t != nil {
		w.remove(t, q.At)
	}
	return act(w, q)
}
