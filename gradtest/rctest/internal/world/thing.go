package world

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// thing is an object with an id.
type thing struct {
	kind    string
	id      string
	in      []Param // what it lies in: an extension, a chat; the account is not said
	doc     Object  // what is known of it; belongs to the world, under its lock
	files   []File  // content that can be downloaded
	made    time.Time
	changed time.Time
	rev     int64 // of the world at the last change: what has a higher one was changed later
}

// lies reports whether the thing may be reached by a path with these parameters: what the thing says of where it lies must not
// differ. A parameter that it says nothing of does not matter.
func (t *thing) lies(params []Param) bool {
	for _, p := range params {
		for _, own := range t.in {
			if own.Name == p.Name && own.Value != p.Value {
				return false
			}
		}
	}
	return true
}

// within is the value of what the thing lies in, such as the extension; empty: it does not say.
func (t *thing) within(name string) string {
	for _, p := range t.in {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// locate gives a starting thing the address under which it was first seen.
func (t *thing) locate(path string) {
	if _, ok := t.doc["uri"]; !ok {
		t.doc["uri"] = path
	}
}

// kind holds the things of one kind.
type kind struct {
	byID   map[string][]*thing // ids are unique within what the things lie in
	all    []*thing            // in the order of making
	gone   []*thing            // lately removed, for those who synchronize
	seeded map[string]bool     // places that have been given their starting things
}

func (w *World) kind(name string) *kind {
	k := w.kinds[name]
	if k == nil {
		k = &kind{byID: make(map[string][]*thing), seeded: make(map[string]bool)}
		w.kinds[name] = k
	}
	return k
}

// get finds a thing by its id, as seen from a path with these parameters.
func (w *World) get(name, id string, in ...Param) *thing {
	for _, t := range w.kind(name).byID[id] {
		if t.lies(in) {
			return t
		}
	}
	return nil
}

// list is the things of a kind as seen from a path with these parameters, oldest first.
func (w *World) list(name string, in ...Param) []*thing {
	var out []*thing
	for _, t := range w.kind(name).all {
		if t.lies(in) {
			out = append(out, t)
		}
	}
	return out
}

// all is every resource of a kind, oldest first. The caller must not change the slice.
func (w *World) all(name string) []*thing { return w.kind(name).all }

// add puts a new thing into the world. Its id stands in its document.
func (w *World) add(t *thing, at time.Time) *thing {
	if t.doc == nil {
		t.doc = Object{}
	}
	if t.id != "" {
		t.doc["id"] = t.id
	}
	t.made, t.changed, t.rev = at, at, w.revise()
	k := w.kind(t.kind)
	k.byID[t.id] = append(k.byID[t.id], t)
	k.all = append(k.all, t)
	w.keep(t)
	w.changed()
	return t
}

// remove takes a thing out of the world; for what lies in it see removeIn.
func (w *World) remove(t *thing, at time.Time) {
	t.changed, t.rev = at, w.revise()
	k := w.kind(t.kind)
	same := func(o *thing) bool { return o == t }
	if rest := slices.DeleteFunc(k.byID[t.id], same); len(rest) > 0 {
		k.byID[t.id] = rest
	} else {
		delete(k.byID, t.id)
	}
	k.all = slices.DeleteFunc(k.all, same)
	if k.gone = append(k.gone, t); len(k.gone) > goneKept {
		k.gone = slices.Clone(k.gone[1:])
	}
	w.drop(t)
	t.files = nil // what is gone is remembered without its contents
	w.changed()
}

// goneKept is how many removed things of a kind are remembered.
const goneKept = 1000

// removeIn removes everything that lies in what is named: with a chat go its posts. Its places are forgotten with it: ids are
// not given twice.
func (w *World) removeIn(in Param, at time.Time) {
	place := in.Name + "=" + in.Value + " " // as placeKey has it
	for _, k := range w.kinds {
		maps.DeleteFunc(k.seeded, func(key string, _ bool) bool {
			return strings.HasPrefix(key, place) || strings.Contains(key, " "+place)
		})
		for _, t := range slices.Clone(k.all) {
			if t.within(in.Name) == in.Value {
				w.remove(t, at)
			}
		}
	}
}

// update merges members into a thing: objects are merged, null removes, everything else replaces.
func (w *World) update(t *thing, members Object, at time.Time) {
	merge(t.doc, members)
	t.doc["id"] = t.id
	t.changed, t.rev = at, w.revise()
	w.changed()
}

// revise counts a change to a thing.
func (w *World) revise() int64 {
	w.revision++
	return w.revision
}

// revisions is the number of changes so far.
func (w *World) revisions() int64 { return w.revision }

// newID is an id unlike any other, of nine to ten digits as most of the platform's are.
func (w *World) newID() string {
	w.serial++
	return strconv.FormatInt(2_000_000_000+w.serial, 10)
}

// newUUID is an id of the other form.
func (w *World) newUUID() string {
	w.serial++
	return "7a1cbd2e-5b0f-4c0a-9d1e-" + strconv.FormatInt(0x100000000000+w.serial, 16)
}
