package world

import (
	"slices"
	"time"
)

const (
	kindNote = "notes of chats"
	lockHeld = 5 * time.Hour // how long a lock keeps others out

	previewMost = 150 // characters; how many the platform shows is in no source
)

// notes is the part of the world about texts that a chat's members write together. A draft is its creator's alone.
func notes() domain {
	return domain{
		kinds:   map[string]string{chatPath + "/chats/{chatId}/notes": kindNote, chatPath + "/notes": kindNote},
		created: map[string]func(*World, *Request, *thing) *Problem{"createChatNoteNew": createdNote},
		lists:   map[string]func(*World, *Request) ([]*thing, *Problem){"listChatNotesNew": listNotes},
		actions: map[string]action{
			"listChatNotesNew":  ofMember(replyList),
			"createChatNoteNew": ofWriter(create),
			"readUserNoteNew":   ofNote(false, read),
			"patchNoteNew":      ofNote(true, updateChatNote),
			"deleteNoteNew":     ofNote(true, remove),
			"lockNoteNew":       ofNote(true, lockNote),
			"unlockNoteNew":     ofNote(true, unlockNote),
			"publishNoteNew":    ofNote(false, ofCreator(publishNote)),
		},
		own: []string{kindNote},
	}
}

// ofNote lets an action see notes that the user may read, and, for writing, that nobody else has locked.
func ofNote(writing bool, do action) action {
	return ofMember(func(w *World, q *Request) (Reply, *Problem) {
		t := q.thing
		if t.doc["status"] == "Draft" && text(object(t.doc, "creator"), "id") != q.User {
			return Reply{}, unknown("noteId", t.id)
		}
		by := text(object(t.doc, "lockedBy"), "id")
		if since, _ := t.doc["lockedTime"].(time.Time); by != "" && q.At.Sub(since) >= lockHeld {
			w.update(t, Object{"lockedBy": nil, "lockedTime": nil}, q.At)
			by = ""
		}
		if writing && by != "" && by != q.User {
			return Reply{}, notNow("Note " + t.id + " is locked by extension " + by)
		}
		return do(w, q)
	})
}

func createdNote(_ *World, q *Request, t *thing) *Problem {
	by := Object{"id": q.User}
	t.doc["type"], t.doc["status"], t.doc["chatIds"] = "Note", "Draft", []string{q.param("chatId")}
	t.doc["creator"], t.doc["lastModifiedBy"], t.doc["preview"] = by, by, preview(text(t.doc, "body"))
	return nil
}

// preview is the beginning of a text.
func preview(s string) string {
	if r := []rune(s); len(r) > previewMost {
		return string(r[:previewMost])
	}
	return s
}

func updateChatNote(w *World, q *Request) (Reply, *Problem) {
	members := picked(q.body(), "title", "body")
	if s, ok := members["body"].(string); ok {
		members["preview"] = preview(s)
	}
	members["lastModifiedBy"], members["lastModifiedTime"] = Object{"id": q.User}, q.At
	if q.Query.Get("releaseLock") == "true" {
		members["lockedBy"], members["lockedTime"] = nil, nil
	}
	w.update(q.thing, members, q.At)
	return w.replyThing(q, q.thing), nil
}

func lockNote(w *World, q *Request) (Reply, *Problem) {
	w.update(q.thing, Object{"lockedBy": Object{"id": q.User}, "lockedTime": q.At}, q.At)
	return q.empty(), nil
}

func unlockNote(w *World, q *Request) (Reply, *Problem) {
	w.update(q.thing, Object{"lockedBy": nil, "lockedTime": nil}, q.At)
	return q.empty(), nil
}

// publishNote shows a draft to the others of the chat, as a post with the note attached.
func publishNote(w *World, q *Request) (Reply, *Problem) {
	if q.thing.doc["status"] != "Active" {
		w.update(q.thing, Object{"status": "Active", "lastModifiedTime": q.At}, q.At)
		w.addPost(q.thing.within("chatId"), q.User, Object{"type": "TextMessage", "attachments": []Object{attachment(q.thing, "Note")}}, q.At)
	}
	return w.replyThing(q, q.thing), nil
}

func listNotes(w *World, q *Request) ([]*thing, *Problem) {
	made, p := madeBetween(q)
	if p != nil {
		return nil, p
	}
	return slices.DeleteFunc(w.list(kindNote, q.places()...), func(t *thing) bool {
		creator := text(object(t.doc, "creator"), "id")
		return t.doc["status"] == "Draft" && creator != q.User || !made(t) || !t.meets(q) || !oneOf(q, "creatorId", creator)
	}), nil
}
