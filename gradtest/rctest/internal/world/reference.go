package world

import (
	"slices"
	"strings"
)

// reference is a member of generated objects that refers to a resource of the account, by id, address and name.
type reference struct {
	members    string // names, separated by spaces
	kind       string
	collection string // template of the address without the id; empty: the kind
}

const dictionary = "/restapi/v1.0/dictionary/"

// references says what generated objects refer to: the first resource of the kind. So an address that a response hands
// out leads to something, and the id next to it is that of the same thing.
var references = []reference{
	{"country homeCountry assignedCountry", dictionary + "country", ""},
	{"timezone", dictionary + "timezone", ""},
	{"state", dictionary + "state", ""},
	{"language greetingLanguage formattingLocale", dictionary + "language", ""},
	{"permission permissions includedPermissions", dictionary + "permission", ""},
	{"preset", dictionary + "greeting", ""},
	{"role roles", AccountPath + "/user-role", ""},
	{"site", AccountPath + "/sites", ""},
	{"answeringRule", ExtensionPath + "/answering-rule", ""},
	{"extension operator callQueueManager manager assignedBy", KindExtension, AccountPath + "/extension"},
}

// lists has the collections whose resources are those of another kind: the members of a site are extensions.
var lists = []struct{ collection, kind, address string }{
	{AccountPath + "/sites/{siteId}/members", KindExtension, AccountPath + "/extension"},
	{AccountPath + "/paging-only-groups/{pagingOnlyGroupId}/users", KindExtension, AccountPath + "/extension"},
	{AccountPath + "/call-recording/extensions", KindExtension, AccountPath + "/extension"},
	{AccountPath + "/call-monitoring-groups/{groupId}/members", KindExtension, AccountPath + "/extension"},
	{ExtensionPath + "/assignable-roles", AccountPath + "/user-role", AccountPath + "/user-role"},
}

// originals returns the resources that those of a collection are.
func (w *World) originals(collection string) (out []*Resource) {
	for _, l := range lists {
		if l.collection == collection {
			w.seed(l.kind, nil)
			for _, t := range w.List(l.kind) {
				t.setURI(strings.Replace(l.address, "{accountId}", w.Config.AccountID, 1))
				out = append(out, t)
			}
		}
	}
	return out
}

// First returns the first resource of a kind that has no parents but the account, or nil.
func (w *World) First(kind string) *Resource {
	w.seed(kind, nil)
	if all := w.All(kind); len(all) > 0 {
		return all[0]
	}
	return nil
}

// become gives a resource of a list the identity of the original.
func (w *World) become(t, original *Resource) {
	k := w.kind(t.Kind)
	k.byID[t.ID] = slices.DeleteFunc(k.byID[t.ID], func(o *Resource) bool { return o == t })
	t.ID = original.ID
	k.byID[t.ID] = append(k.byID[t.ID], t)
	for _, name := range []string{"id", "uri", "name", "extensionNumber"} {
		if v, ok := original.Doc[name]; ok {
			t.Doc[name] = v
		}
	}
	t.Doc["id"] = t.ID
}

// reference returns the member of a reference: id, uri or name.
func (w *World) reference(parent, member string) (any, bool) {
	for _, r := range references {
		if !hasWord(r.members, parent) {
			continue
		}
		in := []Param{}
		if strings.HasPrefix(r.kind, ExtensionPath) {
			in = append(in, Param{"extensionId", w.Config.Users[0].ID})
		}
		w.seed(r.kind, in)
		all := w.List(r.kind, in...)
		if len(all) == 0 {
			return nil, false
		}
		t, collection := all[0], r.collection
		if collection == "" {
			collection = r.kind
		}
		switch member {
		case "id":
			return t.ID, true
		case "uri":
			collection = strings.Replace(collection, "{accountId}", w.Config.AccountID, 1)
			return strings.Replace(collection, "{extensionId}", w.Config.Users[0].ID, 1) + "/" + t.ID, true
		case "name":
			v, ok := t.Doc["name"]
			return v, ok
		}
	}
	return nil, false
}

// hasWord reports whether a list separated by spaces has a word.
func hasWord(list, word string) bool {
	for s := range strings.FieldsSeq(list) {
		if s == word {
			return true
		}
	}
	return false
}
