package world

import (
	"cmp"
	"net/url"
	"slices"
	"time"
)

// syncThreads is GET …/message-threads/sync.
func syncThreads(w *World, q *Request) (Reply, *Problem) {
	from, kind, p := w.syncFrom(q, "threads")
	if p != nil {
		return Reply{}, p
	}
	all := slices.DeleteFunc(w.list(kindThread), func(t *thing) bool {
		if kind == "ISync" {
			return t.rev <= from.rev
		}
		return !isOpen(t)
	})
	return w.replySync(q, kind, "threads", nil, all, func(t *thing) Object { return t.doc })
}

// syncFrom reads type and token of a synchronization.
func (w *World) syncFrom(q *Request, place string) (from syncToken, kind string, p *Problem) {
	if kind = cmp.Or(q.Query.Get("syncType"), "FSync"); kind == "FSync" {
		return from, kind, nil
	}
	token := q.Query.Get("syncToken")
	if token == "" {
		return from, kind, missing("syncToken")
	}
	from, ok := w.since(token, place, q.At)
	if !ok {
		return from, kind, staleToken()
	}
	return from, kind, nil
}

// replySync answers with what was changed last first.
func (w *World) replySync(q *Request, kind, place string, filter url.Values, all []*thing, doc func(*thing) Object) (Reply, *Problem) {
	slices.SortStableFunc(all, func(a, b *thing) int {
		ta, _ := a.doc["lastModifiedTime"].(time.Time)
		tb, _ := b.doc["lastModifiedTime"].(time.Time)
		return cmp.Or(tb.Compare(ta), cmp.Compare(b.rev, a.rev))
	})
	records := make([]Object, 0, len(all))
	for _, t := range all {
		records = append(records, doc(t))
	}
	return w.reply(q, Object{"records": records, "syncInfo": Object{
		"syncType": kind, "syncToken": w.newSyncToken(place, q.At, filter).String(), "syncTime": q.At,
	}}, q.Path), nil
}

// syncEntries is GET …/message-threads/entries/sync. The scope of the full synchronization holds for those that follow.
func syncEntries(w *World, q *Request) (Reply, *Problem) {
	place := "entries-" + q.User
	from, kind, p := w.syncFrom(q, place)
	if p != nil {
		return Reply{}, p
	}
	filter := from.filter
	if kind == "FSync" {
		filter = url.Values{"scope": {cmp.Or(q.Query.Get("scope"), "AssignedToMe")}, "threadIds": q.Query["threadIds"]}
		if filter.Get("scope") == "Explicit" && len(filter["threadIds"]) == 0 {
			return Reply{}, missing("threadIds")
		}
	}
	var all []*thing
	for _, name := range []string{kindThreadMessage, kindThreadNote, kindThreadHint} {
		for _, t := range w.list(name) {
			w.settle(t, q.At)
			in := w.get(kindThread, text(t.doc, "threadId"))
			if in == nil || !w.inScope(in, t, filter, q.User) {
				continue
			}
			whole := t.doc["availability"] == "Alive" && (isOpen(in) || filter.Get("scope") == "Explicit")
			if kind == "FSync" && whole || kind == "ISync" && t.rev > from.rev {
				all = append(all, t)
			}
		}
	}
	return w.replySync(q, kind, place, filter, all, entryDoc)
}

// inScope reports whether an entry of a thread is what somebody synchronizes. Whom a thread is taken from is told.
func (w *World) inScope(thread, entry *thing, filter url.Values, user string) bool {
	assignee := text(object(thread.doc, "assignee"), "extensionId")
	if assignee == "" && !isOpen(thread) {
		assignee = user // nobody has a thread that is over: all may know that it is
	}
	taken := text(object(entry.doc, "previousAssignee"), "extensionId") == user
	switch filter.Get("scope") {
	case "Accessible":
		return true
	case "Unassigned":
		return assignee == ""
	case "AssignedToMeAndUnassigned":
		return assignee == "" || assignee == user || taken
	case "Explicit":
		return wantsAny(filter["threadIds"], thread.id)
	}
	return assignee == user || taken
}

// entryDoc tells an entry's kind. Of what was deleted little is told.
func entryDoc(t *thing) Object {
	name := map[string]string{kindThreadMessage: "Message", kindThreadNote: "Note"}[t.kind]
	if name == "" {
		return t.doc // hints have theirs
	}
	if t.doc["availability"] != "Alive" {
		return Object{
			"recordType": "Deleted" + name, "id": t.id, "threadId": t.doc["threadId"], "availability": "Deleted",
			"lastModifiedTime": t.doc["lastModifiedTime"],
		}
	}
	o := Object{"recordType": "Alive" + name}
	merge(o, t.doc)
	return o
}
