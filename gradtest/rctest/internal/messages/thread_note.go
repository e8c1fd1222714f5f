package messages

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

func listThreadNotes(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	return entries(w, kindThreadNote, "noteIds", q, nil), nil
}

func addNote(w *world.World, at time.Time, t *world.Resource, words, author string) *world.Resource {
	n := &world.Resource{Kind: kindThreadNote, ID: w.NewUUID(), Doc: world.Object{
		"threadId": t.ID, "availability": "Alive", "text": words, "creationTime": at, "lastModifiedTime": at,
	}}
	if who := userOf(w, author); who != nil {
		n.Doc["author"] = who
	}
	w.Add(n, at)
	notifyEntry(w, at)
	return n
}

func createNote(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	id := world.Text(q.Object(), "threadId")
	t := w.Get(kindThread, id)
	if t == nil {
		return world.Reply{}, world.NotFoundInBody("threadId", id)
	}
	if p := mustBeOpen(t); p != nil {
		return world.Reply{}, p
	}
	return w.ReplyResource(q, addNote(w, q.At, t, world.Text(q.Object(), "text"), q.User)), nil
}

func updateNote(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if q.Resource.Doc["availability"] != "Alive" {
		return world.Reply{}, world.NotFound("noteId", q.Resource.ID)
	}
	if p := mayChange(w, q, q.Resource); p != nil {
		return world.Reply{}, p
	}
	w.Update(q.Resource, world.Object{"text": world.Text(q.Object(), "text"), "lastModifiedTime": q.At}, q.At)
	notifyEntry(w, q.At)
	return w.ReplyResource(q, q.Resource), nil
}

func deleteNotes(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	return deleteEntries(w, q, kindThreadNote, func(n *world.Resource) *world.Problem { return mayChange(w, q, n) })
}

// mayChange wants the author, and the thread open.
func mayChange(w *world.World, q *world.Request, note *world.Resource) *world.Problem {
	if t := w.Get(kindThread, world.Text(note.Doc, "threadId")); t != nil {
		if p := mustBeOpen(t); p != nil {
			return p
		}
	}
	if world.Text(world.Child(note.Doc, "author"), "extensionId") != q.User {
		return world.NotPermitted("Only its author may change a note")
	}
	return nil
}
