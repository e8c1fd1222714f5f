package world

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

func listThreadMessages(w *World, q *Request) ([]*thing, *Problem) {
	when, p := creationRange(q)
	if p != nil {
		return nil, p
	}
	return w.entries(kindThreadMessage, "messageIds", q, when), nil
}

// entries are the messages or notes that a query asks for, the oldest first.
func (w *World) entries(kind, ids string, q *Request, when *between) []*thing {
	return slices.DeleteFunc(w.list(kind), func(t *thing) bool {
		w.settle(t, q.At)
		id := text(t.doc, "threadId")
		in := w.get(kindThread, id)
		return !isAvailable(t, q) || in == nil || !w.threadFits(in, q) || when != nil && !when.has(t.made) ||
			len(q.Query["threadIds"]) > 0 && !wantsAny(q.Query["threadIds"], id) ||
			len(q.Query[ids]) > 0 && !wantsAny(q.Query[ids], t.id)
	})
}

// sendToThread is POST …/message-threads/messages, with files or without.
func sendToThread(w *World, q *Request) (Reply, *Problem) {
	b, p := metadata(q)
	if p != nil {
		return Reply{}, p
	}
	from, words := text(object(b, "from"), "phoneNumber"), text(b, "text")
	switch {
	case from == "":
		return Reply{}, missing("from.phoneNumber")
	case words == "":
		return Reply{}, missing("text")
	case units(words) > smsTextMost:
		return Reply{}, tooLong("text", smsTextMost)
	}
	owner := w.caller(from)
	if owner.extension == "" {
		return Reply{}, problem(http.StatusBadRequest, "MSG-245", "The specified phone number is not one of the account's",
			Attribute{"parameterName", "from"}, Attribute{"parameterValue", from})
	}
	guests, p := w.recipients(objects(b, "to"))
	if p != nil {
		return Reply{}, p
	}
	files, p := mmsAttachments(q.Files)
	if p != nil {
		return Reply{}, p
	}
	t, p := w.threadFor(q, text(b, "threadId"), owner, guests[0].number)
	if p != nil {
		return Reply{}, p
	}
	d := draft{kind: typeSMS, from: owner, to: guests, text: words, files: files}
	m := w.addThreadMessage(q.At, t, "Outbound", words, files, q.User)
	w.arrive(q.At, d)
	return w.replyThing(q, m), nil
}

// metadata is what the request says besides its files: JSON, or a form field of this name that has no type.
func metadata(q *Request) (Object, *Problem) {
	if q.Body != nil {
		return q.body(), nil
	}
	var o Object
	if err := json.Unmarshal([]byte(q.Form.Get("metadata")), &o); err != nil {
		return nil, missing("metadata")
	}
	return o, nil
}

// threadFor is the thread that the request names, or else the open one between the two, or a new one.
func (w *World) threadFor(q *Request, id string, owner party, guest string) (*thing, *Problem) {
	if id != "" {
		t := w.get(kindThread, id)
		if t == nil {
			return nil, unknownInBody("threadId", id)
		}
		if p := mustBeOpen(t); p != nil {
			return nil, p
		}
		if text(object(t.doc, "ownerParty"), "phoneNumber") != owner.number || text(object(t.doc, "guestParty"), "phoneNumber") != guest {
			return nil, invalid("threadId", id)
		}
		return t, nil
	}
	if t := w.thread(owner.number, guest); t != nil {
		return t, nil
	}
	t := w.addThread(q.At, owner, guest, q.User)
	if self, ok := w.member(q.User); ok {
		w.reassign(q.At, t, &self, q.User) // who begins a conversation takes care of it
	}
	return t, nil
}

// addThreadMessage puts a message into a thread.
func (w *World) addThreadMessage(at time.Time, t *thing, direction, words string, files []attached, author string) *thing {
	m := &thing{kind: kindThreadMessage, id: w.newID(), doc: Object{
		"type": typeSMS, "threadId": t.id, "availability": "Alive", "direction": direction, "messageStatus": "Received",
		"creationTime": at, "lastModifiedTime": at,
	}}
	if words != "" {
		m.doc["text"] = words
	}
	if direction == "Outbound" {
		m.doc["messageStatus"] = "Queued"
		if who := w.userOf(author); who != nil {
			m.doc["author"] = who
		}
	}
	w.add(m, at)
	var attachments []Object
	for _, f := range files {
		id := w.newID()
		o := Object{
			"id": id, "contentType": f.Type, "size": len(f.Content),
			"contentUri": "/restapi/v1.0/account/" + w.cfg.AccountID + "/message-threads/messages/" + m.id + "/content/" + id,
		}
		if f.Name != "" {
			o["filename"] = f.Name
		}
		w.add(&thing{kind: kindThreadAttachment, id: id, in: []Param{{"messageId", m.id}}, doc: o, files: []File{f.File}}, at)
		attachments = append(attachments, o)
	}
	if attachments != nil {
		m.doc["attachments"] = attachments
	}
	w.tellOfEntry(at)
	return m
}

// deleteThreadMessages makes messages Deleted, all that are named or none.
func deleteThreadMessages(w *World, q *Request) (Reply, *Problem) {
	return w.deleteEntries(q, kindThreadMessage, nil)
}

// deleteEntries looks at all that is named before it deletes any.
func (w *World) deleteEntries(q *Request, kind string, allowed func(*thing) *Problem) (Reply, *Problem) {
	var all []*thing
	for _, id := range texts(q.body(), "ids") {
		t := w.get(kind, id)
		if t == nil {
			return Reply{}, unknownInBody("ids", id)
		}
		if allowed != nil {
			if p := allowed(t); p != nil {
				return Reply{}, p
			}
		}
		all = append(all, t)
	}
	for _, t := range all {
		w.settle(t, q.At)
		if t.doc["availability"] == "Alive" {
			w.update(t, Object{"availability": "Deleted", "lastModifiedTime": q.At}, q.At)
		}
	}
	w.tellOfEntry(q.At)
	return empty(http.StatusNoContent), nil
}
