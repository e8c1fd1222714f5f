package messages

import (
	"net/http"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// purgedMost bounds what is remembered of purged messages.
const purgedMost = 1000

// Conversations that can be deleted at once. Source: description in the specification.
const (
	conversationsMost       = 50
	conversationsMostInBody = 100
)

func readMessage(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	settle(w, q.Resource, q.At)
	return w.ReplyResource(q, q.Resource), nil
}

// updateMessage is PUT and PATCH: the read status, and with PATCH the availability too, which brings back a deleted
// message.
func updateMessage(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	t := q.Resource
	settle(w, t, q.At)
	change := world.Object{}
	if v, ok := q.Object()["readStatus"].(string); ok {
		change["readStatus"] = v
	}
	availability := ""
	if q.Operation().Method == http.MethodPatch {
		availability = world.Text(q.Object(), "availability")
		if availability == "" && len(change) == 0 {
			return world.Reply{}, world.Missing("readStatus")
		}
	}
	if availability != "" {
		change["availability"] = availability
	}
	differs := false
	for name, v := range change {
		differs = differs || t.Doc[name] != v
	}
	if differs {
		change["lastModifiedTime"] = q.At
		w.Update(t, change, q.At)
		notifyMessage(w, q.At, t, false)
	}
	r := w.ReplyResource(q, t)
	if availability == "Purged" {
		purge(w, t, q.At)
	}
	return r, nil
}

// deleteMessage is the deletion of one message: first it is Deleted, then Purged.
func deleteMessage(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if isOfType(q.Resource, q.Query.Get("type")) {
		discard(w, q.Resource, q.At, q.Query.Get("purge") == "true")
	}
	return world.EmptyReply(http.StatusNoContent), nil
}

// deleteMessages is the deletion of all messages that the query or the ids of conversations in the body name.
func deleteMessages(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	until := q.At
	if v := q.Query.Get("dateTo"); v != "" {
		var ok bool
		if until, ok = world.ParseTime(v); !ok {
			return world.Reply{}, world.Invalid("dateTo", v)
		}
	}
	conversations, most := q.Query["conversationId"], conversationsMost
	if ids, ok := q.Body.([]any); ok {
		most = conversationsMostInBody
		for _, id := range ids {
			if s, ok := world.Scalar(id); ok {
				conversations = append(conversations, s)
			}
		}
	}
	if ids := strings.Split(strings.Join(conversations, ","), ","); len(ids) > most {
		return world.Reply{}, world.BatchTooLong(most)
	}
	for _, t := range w.List(kindMessage, world.NewParam("extensionId", q.Extension())) {
		made, _ := t.Doc["creationTime"].(time.Time)
		if made.After(until) || !isOfType(t, q.Query.Get("type")) || !isOf(t, q.Query) {
			continue
		}
		if len(conversations) > 0 && !wantsAny(conversations, world.Text(t.Doc, "conversationId")) {
			continue
		}
		discard(w, t, q.At, q.Query.Get("purge") == "true")
	}
	return world.EmptyReply(http.StatusNoContent), nil
}

// isOfType knows All, and Text for what is written.
func isOfType(t *world.Resource, kind string) bool {
	own := world.Text(t.Doc, "type")
	switch kind {
	case "", "All":
		return true
	case "Text":
		return own == typeSMS || own == typePager
	}
	return own == kind
}

// discard takes a message one step away, or all at once.
func discard(w *world.World, t *world.Resource, at time.Time, forever bool) {
	settle(w, t, at)
	if t.Doc["availability"] == "Deleted" {
		forever = true
	}
	if forever {
		purge(w, t, at)
	} else {
		w.Update(t, world.Object{"availability": "Deleted", "lastModifiedTime": at}, at)
	}
	notifyMessage(w, at, t, false)
}

// purge takes a message and its contents out of the world. Lists of purged messages and synchronization know of it
// still.
func purge(w *world.World, t *world.Resource, at time.Time) {
	for _, o := range world.Children(t.Doc, "attachments") {
		if a := w.Get(kindAttachment, world.Text(o, "id"), t.Parents[0], world.NewParam("messageId", t.ID)); a != nil {
			w.Remove(a, at)
		}
	}
	w.Remove(t, at)
	t.Kind = kindPurged
	t.Doc["availability"], t.Doc["lastModifiedTime"] = "Purged", at
	delete(t.Doc, "attachments")
	made := t.Created
	w.Add(t, at)
	t.Created = made
	if all := w.All(kindPurged); len(all) > purgedMost {
		w.Remove(all[0], at)
	}
}
