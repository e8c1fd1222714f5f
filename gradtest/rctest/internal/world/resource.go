package world

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Resource is an object with an id.
type Resource struct {
	Kind     string
	ID       string
	Parents  []Param // what it lies in: an extension, a chat; the account is not said
	Doc      Object  // what is known of it; belongs to the world, under its lock
	Files    []File  // content that can be downloaded
	Created  time.Time
	Changed  time.Time
	Revision int64 // of the world at the last change: what has a higher one was changed later

	incomplete bool // complete has yet to add members
}

// reachable reports whether a path with these parameters leads to the resource: its parents must not
// differ. Parameters that it has no parent for do not matter.
func (t *Resource) reachable(params []Param) bool {
	for _, p := range params {
		for _, own := range t.Parents {
			if own.Name == p.Name && own.Value != p.Value {
				return false
			}
		}
	}
	return true
}

// Parent returns the id of a parent, such as the extension; empty: none.
func (t *Resource) Parent(name string) string {
	for _, p := range t.Parents {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// setURI gives a generated resource its address if it has none.
func (t *Resource) setURI(collection string) {
	if _, ok := t.Doc["uri"]; !ok {
		if uri := addressOf(collection, t.ID); uri != "" {
			t.Doc["uri"] = uri
		}
	}
}

// kind holds the resources of one kind.
type kind struct {
	byID    map[string][]*Resource // ids are unique within what the things lie in
	all     []*Resource            // in the order of making
	removed []*Resource            // lately removed, for those who synchronize
	seeded  map[string]bool        // places that have been given their starting things
}

func (w *World) kind(name string) *kind {
	k := w.kinds[name]
	if k == nil {
		k = &kind{byID: make(map[string][]*Resource), seeded: make(map[string]bool)}
		w.kinds[name] = k
	}
	return k
}

// Get finds a resource by its id, as seen from a path with these parameters.
func (w *World) Get(name, id string, in ...Param) *Resource {
	for _, t := range w.kind(name).byID[id] {
		if t.reachable(in) {
			return t
		}
	}
	return nil
}

// List returns the resources of a kind under a path with these parameters, oldest first.
func (w *World) List(name string, in ...Param) []*Resource {
	var out []*Resource
	for _, t := range w.kind(name).all {
		if t.reachable(in) {
			out = append(out, t)
		}
	}
	return out
}

// All returns every resource of a kind, oldest first. The caller must not change the slice.
func (w *World) All(name string) []*Resource { return w.kind(name).all }

// Add adds a new resource to the world. Its document contains its id.
func (w *World) Add(t *Resource, at time.Time) *Resource {
	if t.Doc == nil {
		t.Doc = Object{}
	}
	if t.ID != "" {
		t.Doc["id"] = t.ID
	}
	t.Created, t.Changed, t.Revision = at, at, w.nextRevision()
	k := w.kind(t.Kind)
	k.byID[t.ID] = append(k.byID[t.ID], t)
	k.all = append(k.all, t)
	w.cacheFiles(t)
	w.Invalidate()
	return t
}

// Remove removes a resource. RemoveUnder removes its children.
func (w *World) Remove(t *Resource, at time.Time) {
	t.Changed, t.Revision = at, w.nextRevision()
	k := w.kind(t.Kind)
	same := func(o *Resource) bool { return o == t }
	if rest := slices.DeleteFunc(k.byID[t.ID], same); len(rest) > 0 {
		k.byID[t.ID] = rest
	} else {
		delete(k.byID, t.ID)
	}
	k.all = slices.DeleteFunc(k.all, same)
	if k.removed = append(k.removed, t); len(k.removed) > removedKept {
		k.removed = slices.Clone(k.removed[1:])
	}
	w.dropFiles(t)
	t.Files = nil // what is gone is remembered without its contents
	w.Invalidate()
}

// removedKept bounds how many removed resources of a kind are remembered.
const removedKept = 1000

// RemoveUnder removes all children of a parent, such as the posts of a chat. Ids are
// never reused.
func (w *World) RemoveUnder(in Param, at time.Time) {
	place := in.Name + "=" + in.Value + " " // as placeKey has it
	for _, k := range w.kinds {
		maps.DeleteFunc(k.seeded, func(key string, _ bool) bool {
			return strings.HasPrefix(key, place) || strings.Contains(key, " "+place)
		})
		for _, t := range slices.Clone(k.all) {
			if t.Parent(in.Name) == in.Value {
				w.Remove(t, at)
			}
		}
	}
}

// Update merges members into a resource: objects are merged, null removes, everything else replaces.
func (w *World) Update(t *Resource, members Object, at time.Time) {
	Merge(t.Doc, members)
	t.Doc["id"] = t.ID
	t.Changed, t.Revision = at, w.nextRevision()
	w.Invalidate()
}

// nextRevision counts a change of a resource.
func (w *World) nextRevision() int64 {
	w.revision++
	return w.revision
}

// Revision returns the number of changes so far.
func (w *World) Revision() int64 { return w.revision }

// NewID returns a new id of nine to ten digits, as most of the platform's ids have.
func (w *World) NewID() string {
	w.serial++
	return strconv.FormatInt(2_000_000_000+w.serial, 10)
}

// NewUUID returns a new id in the form of a UUID.
func (w *World) NewUUID() string {
	w.serial++
	return "7a1cbd2e-5b0f-4c0a-9d1e-" + strconv.FormatInt(0x100000000000+w.serial, 16)
}
