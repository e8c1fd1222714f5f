package shape

import (
	"bytes"
	"encoding/json"
	"time"
)

// Maker makes up what is not known. The same Maker and the same key give the same values. It has no state: all
// goroutines may use it.
type Maker struct {
	Seed uint64
	// Now is the moment around which dates are made; zero: the first of January 2026.
	Now time.Time
	// Base is scheme and host, put before addresses that begin with "/". Made addresses have https://example.com when it
	// is empty.
	Base string
	// Known has values that the world knows of a member. It is asked for the dotted path, such as "records.extension.id",
	// then for its ends: "extension.id", "id"; the names id, uri, name, type and status alone mean those of the thing
	// itself, and are asked for there only. A value that does not fit is not taken. Nil: nothing is known.
	Known func(path string) (any, bool)
	// Request makes what clients send: without the members that are only read, with those that are only written.
	Request bool
}

// Make makes a value of the shape, with all members that tell of no error or deletion (full), or only with the required
// ones. A key that is a number or a UUID is the id of the thing made, where it fits.
func (m Maker) Make(s *Shape, key string, full bool) any {
	d := json.NewDecoder(bytes.NewReader(m.AppendMade(nil, s, key, full)))
	var v any
	if err := d.Decode(&v); err != nil {
		panic("shape: what was made is no JSON: " + err.Error())
	}
	return v
}

// AppendMade writes what Make makes as JSON.
func (m Maker) AppendMade(b []byte, s *Shape, key string, full bool) []byte {
	w := writer{Maker: m, thing: thing{key: key}, full: full}
	return w.must(b, s)
}

// Parameter makes the text of a parameter; of a list, one of its values.
func (m Maker) Parameter(p Parameter, key string) string {
	w := writer{Maker: m, thing: thing{key: key}}
	s := p.Shape.items()
	b, ok := w.made(nil, s, path(w.room[:0]).member(p.Name, s))
	if !ok {
		return ""
	}
	var text string
	if json.Unmarshal(b, &text) == nil {
		return text
	}
	return string(b)
}

// Append writes v as JSON that is valid for s, members in the skeleton's order. Members of v that fit are kept; those
// that s lacks, or whose type does not fit, are left out; required ones that are missing are made. Of an object of
// which s names no members, all are kept. Strings that begin with "/" in members that are addresses get Base in front.
func (m Maker) Append(b []byte, s *Shape, v any, key string) []byte {
	w := writer{Maker: m, thing: thing{key: key}}
	if out, ok := w.value(b, s, v, w.room[:0]); ok {
		return out
	}
	return w.must(b, s)
}

func (w *writer) must(b []byte, s *Shape) []byte {
	if out, ok := w.made(b, s, w.room[:0]); ok {
		return out
	}
	return append(b, "null"...)
}

// writer writes one value.
type writer struct {
	Maker
	thing
	full bool
	room [8]step // of the path
}

// thing is what is being written. What is made up for it does not depend on where it stands: in a list it is what it is
// by itself.
type thing struct {
	key  string
	id   any // in place of key, which becomes text only when something is made; nil: none
	root int // how deep it stands
}

// name is what distinguishes the thing.
func (t *thing) name() string {
	if t.id != nil {
		if text, ok := t.id.(string); ok {
			t.key = text
		} else {
			t.key = string(appendNumber(nil, t.id))
		}
		t.id = nil
	}
	return t.key
}

// own reports whether a place is a member of the thing itself that has this name.
func (w *writer) own(at path, name string) bool {
	return len(at) == w.root+1 && at[w.root].item < 0 && at[w.root].name == name
}

func (w *writer) now() time.Time {
	if w.Now.IsZero() {
		return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return w.Now.UTC()
}

// hash is a number that depends on seed, key and place alone.
func (w *writer) hash(at path) uint64 {
	h := mix(0xcbf29ce484222325, w.name()) ^ w.Seed*0x9e3779b97f4a7c15
	for _, s := range at[min(w.root, len(at)):] {
		h = mix(h, s.name)
		h = (h ^ uint64(s.item+1)) * 0x100000001b3
	}
	h ^= h >> 30
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 27
	h *= 0x94d049bb133111eb
	return h ^ h>>31
}

func mix(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 0x100000001b3
	}
	return h
}
