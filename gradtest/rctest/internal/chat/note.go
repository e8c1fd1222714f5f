package chat

import (
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const (
	kindNote = "notes of chats"
	lockHeld = 5 * time.Hour // how long a lock keeps others out

	previewMost = 150 // characters; how many the platform shows is in no source
)

// notes is the domain of notes, which the members of a chat edit together. Only its creator may see a draft.
func notes() world.Domain {
	return world.Domain{
		Kinds:    map[string]string{Path + "/chats/{chatId}/notes": kindNote, Path + "/notes": kindNote},
		OnCreate: map[string]world.CreateHook{"createChatNoteNew": createdNote},
		Lists:    map[string]world.Lister{"listChatNotesNew": listNotes},
		Handlers: map[string]world.Handler{
			"listChatNotesNew":  ofMember(world.HandleList),
			"createChatNoteNew": ofWriter(world.HandleCreate),
			"readUserNoteNew":   ofNote(false, world.HandleRead),
			"patchNoteNew":      ofNote(true, updateChatNote),
			"deleteNoteNew":     ofNote(true, world.HandleRemove),
			"lockNoteNew":       ofNote(true, lockNote),
			"unlockNoteNew":     ofNote(true, unlockNote),
			"publishNoteNew":    ofNote(false, ofCreator(publishNote)),
		},
		Owned: []string{kindNote},
	}
}

// ofNote restricts a handler to notes that the user may read and, if writing, that no other user has locked.
func ofNote(writing bool, do world.Handler) world.Handler {
	return ofMember(func(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
		t := q.Resource
		if t.Doc["status"] == "Draft" && world.Text(world.Child(t.Doc, "creator"), "id") != q.User {
			return world.Reply{}, world.NotFound("noteId", t.ID)
		}
		by := world.Text(world.Child(t.Doc, "lockedBy"), "id")
		if since, _ := t.Doc["lockedTime"].(time.Time); by != "" && q.At.Sub(since) >= lockHeld {
			w.Update(t, world.Object{"lockedBy": nil, "lockedTime": nil}, q.At)
			by = ""
		}
		if writing && by != "" && by != q.User {
			return world.Reply{}, world.NotAllowedNow("Note " + t.ID + " is locked by extension " + by)
		}
		return do(w, q)
	})
}

func createdNote(_ *world.World, q *world.Request, t *world.Resource) *world.Problem {
	by := world.Object{"id": q.User}
	t.Doc["type"], t.Doc["status"], t.Doc["chatIds"] = "Note", "Draft", []string{q.Param("chatId")}
	t.Doc["creator"], t.Doc["lastModifiedBy"], t.Doc["preview"] = by, by, preview(world.Text(t.Doc, "body"))
	return nil
}

// preview returns the first previewMost characters of a text.
func preview(s string) string {
	if r := []rune(s); len(r) > previewMost {
		return string(r[:previewMost])
	}
	return s
}

func updateChatNote(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	members := world.Pick(q.Object(), "title", "body")
	if s, ok := members["body"].(string); ok {
		members["preview"] = preview(s)
	}
	members["lastModifiedBy"], members["lastModifiedTime"] = world.Object{"id": q.User}, q.At
	if q.Query.Get("releaseLock") == "true" {
		members["lockedBy"], members["lockedTime"] = nil, nil
	}
	w.Update(q.Resource, members, q.At)
	return w.ReplyResource(q, q.Resource), nil
}

func lockNote(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	w.Update(q.Resource, world.Object{"lockedBy": world.Object{"id": q.User}, "lockedTime": q.At}, q.At)
	return q.Empty(), nil
}

func unlockNote(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	w.Update(q.Resource, world.Object{"lockedBy": nil, "lockedTime": nil}, q.At)
	return q.Empty(), nil
}

// publishNote shows a draft to the others of the chat, as a post with the note attached.
func publishNote(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if q.Resource.Doc["status"] != "Active" {
		w.Update(q.Resource, world.Object{"status": "Active", "lastModifiedTime": q.At}, q.At)
		addPost(w, q.Resource.Parent("chatId"), q.User, world.Object{"type": "TextMessage",
			"attachments": []world.Object{attachment(q.Resource, "Note")}}, q.At)
	}
	return w.ReplyResource(q, q.Resource), nil
}

func listNotes(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	made, p := world.CreatedBetween(q)
	if p != nil {
		return nil, p
	}
	return slices.DeleteFunc(w.List(kindNote, q.Parents()...), func(t *world.Resource) bool {
		creator := world.Text(world.Child(t.Doc, "creator"), "id")
		return t.Doc["status"] == "Draft" && creator != q.User || !made(t) || !t.Meets(q) ||
			!world.QueryAllows(q, "creatorId", creator)
	}), nil
}
