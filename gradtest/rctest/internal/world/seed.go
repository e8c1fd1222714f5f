package world

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// seedCount is how many resources of a kind are generated under a path.
const seedCount = 2

// seed generates the initial resources of a kind under a path when the path is first used. Kinds that a domain owns,
// and bare worlds, have none.
func (w *World) seed(name string, in []Param) {
	k := w.kind(name)
	in = slices.DeleteFunc(slices.Clone(in), func(p Param) bool { return p.Name == "accountId" })
	place := parentsKey(in)
	if k.seeded[place] {
		return
	}
	k.seeded[place] = true
	if w.Config.Bare || w.plans.owned[name] {
		return
	}
	form := w.plans.formOf(name)
	for _, id := range form.ids(w.Config.Seed, name+" "+place) {
		t := &Resource{Kind: name, ID: id, Parents: in}
		if o, ok := w.maker.Make(form.item, t.ID, true).(Object); ok {
			t.Doc = o
		} else {
			t.Doc = Object{}
		}
		delete(t.Doc, "uri")
		w.Add(t, w.Config.Now)
	}
	for i, original := range w.originals(name) {
		if all := w.List(name, in...); i < len(all) {
			w.become(all[i], original)
		}
	}
}

func parentsKey(in []Param) string {
	var b strings.Builder
	for _, p := range in {
		b.WriteString(p.Name + "=" + p.Value + " ")
	}
	return b.String()
}

// form is the structure of the resources of a kind.
type form struct {
	item *shape.Shape // as they are read
	id   *shape.Shape // as it appears in a path
}

// formOf finds the form of a kind in its operations: a read shows more than a list.
func (ps *Plans) formOf(name string) form {
	if f, ok := ps.forms.Load(name); ok {
		return f.(form)
	}
	var f form
	best := 0
	for op := range rcapi.All() {
		p := ps.Of(op.ID)
		if p == nil {
			continue
		}
		for _, s := range p.steps {
			if s.kind == name && f.id == nil {
				f.id = pathParam(op.ID, s.name)
			}
		}
		if p.kind != name {
			continue
		}
		p.resolve()
		switch {
		case p.role == roleRead && best < 3:
			f.item, best = p.answer, 3
		case (p.role == roleCreate || p.role == roleUpdate) && best < 2:
			f.item, best = p.answer, 2
		case p.role == roleList && best < 1:
			f.item, best = p.listShape.record, 1
		}
	}
	ps.forms.Store(name, f)
	return f
}

func pathParam(operationID, name string) *shape.Shape {
	if op := shape.Of(operationID); op != nil {
		for _, p := range op.Parameters {
			if p.In == "path" && p.Name == name {
				return p.Shape
			}
		}
	}
	return nil
}

// ids returns the ids of generated resources: every possible one if they are words, otherwise numbers or UUIDs.
func (f form) ids(seed uint64, key string) []string {
	if f.id != nil && len(f.id.Enum) > 0 {
		var out []string
		for _, v := range f.id.Enum {
			if s, ok := Scalar(v); ok {
				out = append(out, s)
			}
		}
		return out
	}
	uuid := f.id != nil && f.id.Format == "uuid"
	if id, ok := f.item.Member("id"); ok && id.Shape != nil && id.Shape.Format == "uuid" {
		uuid = true
	}
	var out []string
	for i := range seedCount {
		h := fnv.New64a()
		h.Write([]byte(key + strconv.Itoa(i)))
		n := h.Sum64() ^ seed
		if uuid {
			hex := strconv.FormatUint(n|1<<63, 16)
			out = append(out, "5c1e"+hex[:4]+"-"+hex[4:8]+"-4"+hex[8:11]+"-8"+hex[11:14]+"-0000"+hex[:8])
			continue
		}
		out = append(out, strconv.FormatUint(1_000_000_000+n%900_000_000, 10))
	}
	return out
}

// idFor returns the id of a new resource in the form of its kind.
func (w *World) idFor(kind string) string {
	f := w.plans.formOf(kind)
	id, ok := f.item.Member("id")
	if f.id != nil && f.id.Format == "uuid" || ok && id.Shape != nil && id.Shape.Format == "uuid" {
		return w.NewUUID()
	}
	return w.NewID()
}
