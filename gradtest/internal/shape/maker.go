package shape

import (
	"bytes"
	"encoding/json"
	"time"
)

// Maker generates values. The same Maker and key generate the same value. It has no state and is safe for concurrent
// use.
type Maker struct {
	Seed uint64
	// Now is the time around which generated times lie; zero: 1 January 2026, UTC.
	Now time.Time
	// Base is the scheme and host of URIs, put in front of those that begin with "/". Empty: generated URIs have
	// https://example.com.
	Base string
	// Home is the address of a resource that exists, such as "/restapi/v1.0/account/1". With it no addresses of resources
	// are invented: an optional member that is one is not generated, and a required one is Home. Addresses of web pages
	// are still generated, with another host.
	Home string
	// Known returns a known value of a member by dotted path. It is called with the whole path, such as
	// "records.extension.id", then with its suffixes "extension.id" and "id". The names id, uri, name, type and status
	// are only looked up alone for the resource itself. A value that does not fit is ignored. Nil: no values are known.
	Known func(path string) (any, bool)
	// Request generates requests, which lack read-only members and have write-only ones. False: responses.
	Request bool
}

// Make generates a value of the shape. If full, the value has all members that are not about an error or a deletion;
// otherwise only the required ones. A key that is a number or a UUID becomes the id of the value, if it fits.
func (m Maker) Make(s *Shape, key string, full bool) any {
	d := json.NewDecoder(bytes.NewReader(m.AppendMade(nil, s, key, full)))
	var v any
	if err := d.Decode(&v); err != nil {
		panic("shape: the generated value is not JSON: " + err.Error())
	}
	return v
}

// AppendMade appends the value of Make as JSON.
func (m Maker) AppendMade(b []byte, s *Shape, key string, full bool) []byte {
	w := writer{Maker: m, resource: resource{key: key}, full: full}
	return w.must(b, s)
}

// Parameter generates the text of a parameter, or for a list the text of one item.
func (m Maker) Parameter(p Parameter, key string) string {
	w := writer{Maker: m, resource: resource{key: key}}
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

// Append appends v as JSON that is valid for s, with members in the order of the specification. It omits members that s
// lacks or that do not fit, and generates required members that are missing. If s names no members of an object, it
// keeps all. In members that are URIs, a string that begins with "/" gets Base in front.
func (m Maker) Append(b []byte, s *Shape, v any, key string) []byte {
	w := writer{Maker: m, resource: resource{key: key}}
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

// writer appends one value.
type writer struct {
	Maker
	resource
	full bool
	room [8]step // memory of the path
}

// resource is the object being appended. Its generated members depend on its key and not on the place of the object, so
// that it is the same alone and in a list.
type resource struct {
	key  string
	id   any // replaces key, into which it is converted only when a value is generated; nil: none
	root int // depth of the object
}

// name returns the key of the resource.
func (t *resource) name() string {
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

// ownMember reports whether a path is a direct member of the resource with this name.
func (w *writer) ownMember(at path, name string) bool {
	return len(at) == w.root+1 && at[w.root].item < 0 && at[w.root].name == name
}

func (w *writer) now() time.Time {
	if w.Now.IsZero() {
		return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return w.Now.UTC()
}

// hash depends only on the seed, the key and the path within the resource.
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
