package people

import (
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// directoryEntries is where the company's directory is: the extensions once more, with other members.
const directoryEntries = "/restapi/v1.0/account/{accountId}/directory/entries"

// listDirectory lists the extensions as the directory has them, as far as the search words and the type want them.
func listDirectory(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	var out []*world.Resource
	words := strings.Fields(strings.ToLower(world.Text(q.Object(), "searchString")))
	kinds := q.Query["type"]
	if kind := world.Text(q.Object(), "extensionType"); kind != "" {
		kinds = append(kinds, kind)
	}
	for _, t := range w.List(world.KindExtension) {
		e := entry(w, t)
		all := strings.ToLower(world.Text(e.Doc, "firstName") + " " + world.Text(e.Doc, "lastName") + " " +
			world.Text(e.Doc, "name") + " " +
			world.Text(e.Doc, "email") + " " + world.Text(e.Doc, "extensionNumber") + " " + phoneOf(w, t.ID))
		if slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(all, word) }) {
			continue
		}
		kind := world.Text(e.Doc, "type")
		if len(kinds) > 0 && !slices.ContainsFunc(kinds, func(v string) bool { return world.Matches(v, kind) }) {
			continue
		}
		switch q.Query.Get("typeGroup") {
		case "User":
			if kind != "User" {
				continue
			}
		case "NonUser":
			if kind == "User" {
				continue
			}
		}
		out = append(out, e)
	}
	return out, nil
}

func readDirectoryEntry(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	return w.ReplyResource(q, entry(w, q.Resource)), nil
}

// entry is an extension as the directory has it.
func entry(w *world.World, t *world.Resource) *world.Resource {
	contact := world.Child(t.Doc, "contact")
	doc := world.Object{
		"id": t.ID, "type": t.Doc["type"], "status": t.Doc["status"], "hidden": false,
		"extensionNumber": t.Doc["extensionNumber"],
		"name":            t.Doc["name"], "firstName": contact["firstName"], "lastName": contact["lastName"],
		"email": contact["email"],
		"account": world.Object{"id": w.Config.AccountID, "mainNumber": world.Object{"phoneNumber": mainNumber,
			"formattedPhoneNumber": mainNumber, "type": "VoiceFax", "usageType": "MainCompanyNumber"}},
	}
	if phone := phoneOf(w, t.ID); phone != "" {
		doc["phoneNumbers"] = []world.Object{{"phoneNumber": phone, "formattedPhoneNumber": phone, "type": "VoiceFax",
			"usageType": "DirectNumber"}}
	}
	return &world.Resource{Kind: t.Kind, ID: t.ID, Doc: doc}
}
