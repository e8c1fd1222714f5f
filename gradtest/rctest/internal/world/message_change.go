package world

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// purgedMost bounds what is remembered of purged messages.
const purgedMost = 1000

// Conversations that can be deleted at once. Source: description in the specification.
const (
	conversationsMost       = 50
	conversationsMostInBody = 100
)

func readMessage(w *World, q *Request) (Reply, *Problem) {
	w.settle(q.thing, q.At)
	return w.replyThing(q, q.thing), nil
}

// updateMessage is PUT and PATCH: the read status, and with PATCH the availability too, which brings back a deleted message.
func updateMessage(w *World, q *Request) (Reply, *Problem) {
	t := q.thing
	w.settle(t, q.At)
	change := Object{}
	if v, ok := q.body()["readStatus"].(string); ok {
		change["readStatus"] = v
	}
	availability := ""
	if q.op().Method == http.MethodPatch {
		availability = text(q.body(), "availability")
		if availability == "" && len(change) == 0 {
			return Reply{}, missing("readStatus")
		}
	}
	if availability != "" {
		change["availability"] = availability
	}
	differs := false
	for name, v := range change {
		differs = differs || t.doc[name] != v
	}
	if differs {
		change["lastModifiedTime"] = q.At
		w.update(t, change, q.At)
		w.tellOfMessage(q.At, t, false)
	}
	r := w.replyThing(q, t)
	if availability == "Purged" {
		w.purge(t, q.At)
	}
	return r, nil
}

// deleteMessage is the deletion of one message: first it is Deleted, then Purged.
func deleteMessage(w *World, q *Request) (Reply, *Problem) {
	if isOfType(q.thing, q.Query.Get("type")) {
		w.discard(q.thing, q.At, q.Query.Get("purge") == "true")
	}
	return empty(http.StatusNoContent), nil
}

// deleteMessages is the deletion of all messages that the query or the ids of conversations in the body name.
func deleteMessages(w *World, q *Request) (Reply, *Problem) {
	until := q.At
	if v := q.Query.Get("dateTo"); v != "" {
		var ok bool
		if until, ok = momentOf(v); !ok {
			return Reply{}, invalid("dateTo", v)
		}
	}
	conversations, most := q.Query["conversationId"], conversationsMost
	if ids, ok := q.Body.([]any); ok {
		most = conversationsMostInBody
		for _, id := range ids {
			if s, ok := scalar(id); ok {
				conversations = append(conversations, s)
			}
		}
	}
	if ids := strings.Split(strings.Join(conversations, ","), ","); len(ids) > most {
		return Reply{}, problem(http.StatusBadRequest, "CMN-106", "Batch is too long: at most "+strconv.Itoa(most)+" are allowed")
	}
	for _, t := range w.list(kindMessage, Param{"extensionId", q.extension()}) {
		made, _ := t.doc["creationTime"].(time.Time)
		if made.After(until) || !isOfType(t, q.Query.Get("type")) || !t.isOf(q.Query) {
			continue
		}
		if len(conversations) > 0 && !wantsAny(conversations, text(t.doc, "conversationId")) {
			continue
		}
		w.discard(t, q.At, q.Query.Get("purge") == "true")
	}
	return empty(http.StatusNoContent), nil
}

// isOfType knows All, and Text for what is written.
func isOfType(t *thing, kind string) bool {
	own := text(t.doc, "type")
	switch kind {
	case "", "All":
		return true
	case "Text":
		return own == typeSMS || own == typePager
	}
	return own == kind
}

// discard takes a message one step away, or all at once.
func (w *World) discard(t *thing, at time.Time, purge bool) {
	w.settle(t, at)
	if t.doc["availability"] == "Deleted" {
		purge = true
	}
	if purge {
		w.purge(t, at)
	} else {
		w.update(t, Object{"availability": "Deleted", "lastModifiedTime": at}, at)
	}
	w.tellOfMessage(at, t, false)
}

// purge takes a message and its contents out of the world. Lists of purged messages and synchronization know of it still.
func (w *World) purge(t *thing, at time.Time) {
	for _, o := range objects(t.doc, "attachments") {
		if a := w.get(kindAttachment, text(o, "id"), t.in[0], Param{"messageId", t.id}); a != nil {
			w.remove(a, at)
		}
	}
	w.remove(t, at)
	t.kind = kindPurged
	t.doc["availability"], t.doc["lastModifiedTime"] = "Purged", at
	delete(t.doc, "attachments")
	made := t.made
	w.add(t, at)
	t.made = made
	if all := w.all(kindPurged); len(all) > purgedMost {
		w.remove(all[0], at)
	}
}
