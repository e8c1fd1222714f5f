package messages

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

func listThreadMessages(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	when, p := creationRange(q)
	if p != nil {
		return nil, p
	}
	return entries(w, kindThreadMessage, "messageIds", q, when), nil
}

// entries are the messages or notes that a query asks for, the oldest first.
func entries(w *world.World, kind, ids string, q *world.Request, when *world.TimeRange) []*world.Resource {
	return slices.DeleteFunc(w.List(kind), func(t *world.Resource) bool {
		settle(w, t, q.At)
		id := world.Text(t.Doc, "threadId")
		in := w.Get(kindThread, id)
		return !isAvailable(t, q) || in == nil || !threadFits(w, in, q) || when != nil && !when.Contains(t.Created) ||
			len(q.Query["threadIds"]) > 0 && !wantsAny(q.Query["threadIds"], id) ||
			len(q.Query[ids]) > 0 && !wantsAny(q.Query[ids], t.ID)
	})
}

// sendToThread is POST …/message-threads/messages, with files or without.
func sendToThread(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	b, p := metadata(q)
	if p != nil {
		return world.Reply{}, p
	}
	from, words := people.E164(world.Text(world.Child(b, "from"), "phoneNumber")), world.Text(b, "text")
	switch {
	case from == "":
		return world.Reply{}, world.Missing("from.phoneNumber")
	case words == "":
		return world.Reply{}, world.Missing("text")
	case units(words) > smsTextMost:
		return world.Reply{}, tooLong("text", smsTextMost)
	}
	owner := people.CallerOf(w, from)
	if owner.Extension == "" {
		return world.Reply{}, problemNumber.For("from", from, "account")
	}
	guests, p := recipients(w, world.Children(b, "to"))
	if p != nil {
		return world.Reply{}, p
	}
	files, p := mmsAttachments(q.Files)
	if p != nil {
		return world.Reply{}, p
	}
	t, p := threadFor(w, q, world.Text(b, "threadId"), owner, guests[0].Number)
	if p != nil {
		return world.Reply{}, p
	}
	d := draft{kind: typeSMS, from: owner, to: guests, text: words, files: files}
	m := addThreadMessage(w, q.At, t, "Outbound", words, files, q.User)
	arrive(w, q.At, d)
	return w.ReplyResource(q, m), nil
}

// metadata is what the request says besides its files: JSON, or a form field of this name that has no type.
func metadata(q *world.Request) (world.Object, *world.Problem) {
	if q.Body != nil {
		return q.Object(), nil
	}
	var o world.Object
	if err := json.Unmarshal([]byte(q.Form.Get("metadata")), &o); err != nil {
		return nil, world.Missing("metadata")
	}
	return o, nil
}

// threadFor is the thread that the request names, or else the open one between the two, or a new one.
func threadFor(w *world.World, q *world.Request, id string, owner people.Party, guest string) (*world.Resource,
	*world.Problem) {
	if id != "" {
		t := w.Get(kindThread, id)
		if t == nil {
			return nil, world.NotFoundInBody("threadId", id)
		}
		if p := mustBeOpen(t); p != nil {
			return nil, p
		}
		if world.Text(world.Child(t.Doc, "ownerParty"), "phoneNumber") != owner.Number ||
			world.Text(world.Child(t.Doc, "guestParty"), "phoneNumber") != guest {
			return nil, world.Invalid("threadId", id)
		}
		return t, nil
	}
	if t := thread(w, owner.Number, guest); t != nil {
		return t, nil
	}
	t := addThread(w, q.At, owner, guest, q.User)
	if self, ok := people.MemberOf(w, q.User); ok {
		reassign(w, q.At, t, &self, q.User) // who begins a conversation takes care of it
	}
	return t, nil
}

// addThreadMessage puts a message into a thread.
func addThreadMessage(w *world.World, at time.Time, t *world.Resource, direction, words string, files []attached,
	author string) *world.Resource {
	m := &world.Resource{Kind: kindThreadMessage, ID: w.NewID(), Doc: world.Object{
		"type": typeSMS, "threadId": t.ID, "availability": "Alive", "direction": direction, "messageStatus": "Received",
		"creationTime": at, "lastModifiedTime": at,
	}}
	if words != "" {
		m.Doc["text"] = words
	}
	if direction == "Outbound" {
		m.Doc["messageStatus"] = "Queued"
		if who := userOf(w, author); who != nil {
			m.Doc["author"] = who
		}
	}
	w.Add(m, at)
	var attachments []world.Object
	for _, f := range files {
		id := w.NewID()
		o := world.Object{
			"id": id, "contentType": f.Type, "size": len(f.Content),
			"contentUri": "/restapi/v1.0/account/" + w.Config.AccountID + "/message-threads/messages/" + m.ID + "/content/" + id,
		}
		if f.Name != "" {
			o["filename"] = f.Name
		}
		w.Add(&world.Resource{Kind: kindThreadAttachment, ID: id, Parents: []world.Param{world.NewParam("messageId", m.ID)},
			Doc: o, Files: []world.File{f.File}}, at)
		attachments = append(attachments, o)
	}
	if attachments != nil {
		m.Doc["attachments"] = attachments
	}
	notifyEntry(w, at)
	return m
}

// deleteThreadMessages makes messages Deleted, all that are named or none.
func deleteThreadMessages(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	return deleteEntries(w, q, kindThreadMessage, nil)
}

// deleteEntries looks at all that is named before it deletes any.
func deleteEntries(w *world.World, q *world.Request, kind string,
	allowed func(*world.Resource) *world.Problem) (world.Reply, *world.Problem) {
	var all []*world.Resource
	for _, id := range world.Texts(q.Object(), "ids") {
		t := w.Get(kind, id)
		if t == nil {
			return world.Reply{}, world.NotFoundInBody("ids", id)
		}
		if allowed != nil {
			if p := allowed(t); p != nil {
				return world.Reply{}, p
			}
		}
		all = append(all, t)
	}
	for _, t := range all {
		settle(w, t, q.At)
		if t.Doc["availability"] == "Alive" {
			w.Update(t, world.Object{"availability": "Deleted", "lastModifiedTime": q.At}, q.At)
		}
	}
	notifyEntry(w, q.At)
	return world.EmptyReply(http.StatusNoContent), nil
}
