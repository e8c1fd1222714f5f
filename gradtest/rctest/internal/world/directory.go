package world

import (
	"slices"
	"strings"
)

// directoryEntries is where the company's directory is: the extensions once more, with other members.
const directoryEntries = "/restapi/v1.0/account/{accountId}/directory/entries"

// listDirectory lists the extensions as the directory has them, as far as the search words and the type want them.
func listDirectory(w *World, q *Request) ([]*thing, *Problem) {
	var out []*thing
	words := strings.Fields(strings.ToLower(text(q.body(), "searchString")))
	kinds := q.Query["type"]
	if kind := text(q.body(), "extensionType"); kind != "" {
		kinds = append(kinds, kind)
	}
	for _, t := range w.list(kindExtension) {
		e := w.entry(t)
		all := strings.ToLower(text(e.doc, "firstName") + " " + text(e.doc, "lastName") + " " + text(e.doc, "name") + " " +
			text(e.doc, "email") + " " + text(e.doc, "extensionNumber") + " " + w.phoneOf(t.id))
		if slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(all, word) }) {
			continue
		}
		kind := text(e.doc, "type")
		if len(kinds) > 0 && !slices.ContainsFunc(kinds, func(v string) bool { return wants(v, kind) }) {
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

func readDirectoryEntry(w *World, q *Request) (Reply, *Problem) {
	return w.replyThing(q, w.entry(q.thing)), nil
}

// entry is an extension as the directory has it.
func (w *World) entry(t *thing) *thing {
	contact := object(t.doc, "contact")
	doc := Object{
		"id": t.id, "type": t.doc["type"], "status": t.doc["status"], "hidden": false, "extensionNumber": t.doc["extensionNumber"],
		"name": t.doc["name"], "firstName": contact["firstName"], "lastName": contact["lastName"], "email": contact["email"],
		"account": Object{"id": w.cfg.AccountID, "mainNumber": Object{"phoneNumber": mainNumber, "formattedPhoneNumber": mainNumber, "type": "VoiceFax", "usageType": "MainCompanyNumber"}},
	}
	if phone := w.phoneOf(t.id); phone != "" {
		doc["phoneNumbers"] = []Object{{"phoneNumber": phone, "formattedPhoneNumber": phone, "type": "VoiceFax", "usageType": "DirectNumber"}}
	}
	return &thing{kind: t.kind, id: t.id, doc: doc}
}
