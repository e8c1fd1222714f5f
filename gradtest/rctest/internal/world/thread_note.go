package world

import (
	"net/http"
	"time"
)

func listThreadNotes(w *World, q *Request) ([]*thing, *Problem) {
	return w.entries(kindThreadNote, "noteIds", q, nil), nil
}

func (w *World) addNote(at time.Time, t *thing, words, author string) *thing {
	n := &thing{kind: kindThreadNote, id: w.newUUID(), doc: Object{
		"threadId": t.id, "availability": "Alive", "text": words, "creationTime": at, "lastModifiedTime": at,
	}}
	if who := w.userOf(author); who != nil {
		n.doc["author"] = who
	}
	w.add(n, at)
	w.tellOfEntry(at)
	return n
}

func createNote(w *World, q *Request) (Reply, *Problem) {
	id := text(q.body(), "threadId")
	t := w.get(kindThread, id)
	if t == nil {
		return Reply{}, unknownInBody("threadId", id)
	}
	if p := mustBeOpen(t); p != nil {
		return Reply{}, p
	}
	return w.replyThing(q, w.addNote(q.At, t, text(q.body(), "text"), q.User)), nil
}

func updateNote(w *World, q *Request) (Reply, *Problem) {
	if q.thing.doc["availability"] != "Alive" {
		return Reply{}, unknown("noteId", q.thing.id)
	}
	if p := w.mayChange(q, q.thing); p != nil {
		return Reply{}, p
	}
	w.update(q.thing, Object{"text": text(q.body(), "text"), "lastModifiedTime": q.At}, q.At)
	w.tellOfEntry(q.At)
	return w.replyThing(q, q.thing), nil
}

func deleteNotes(w *World, q *Request) (Reply, *Problem) {
	return w.deleteEntries(q, kindThreadNote, func(n *thing) *Problem { return w.mayChange(q, n) })
}

// mayChange wants the author, and the thread open.
func (w *World) mayChange(q *Request, note *thing) *Problem {
	if t := w.get(kindThread, text(note.doc, "threadId")); t != nil {
		if p := mustBeOpen(t); p != nil {
			return p
		}
	}
	if text(object(note.doc, "author"), "extensionId") != q.User {
		return problem(http.StatusForbidden, "CMN-404", "Only its author may change a note")
	}
	return nil
}
