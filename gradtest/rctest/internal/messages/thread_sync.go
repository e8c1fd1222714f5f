package messages

import (
	"cmp"
	"net/url"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// syncThreads is GET …/message-threads/sync.
func syncThreads(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	from, kind, p := syncFrom(w, q, "threads")
	if p != nil {
		return world.Reply{}, p
	}
	all := slices.DeleteFunc(w.List(kindThread), func(t *world.Resource) bool {
		if kind == "ISync" {
			return t.Revision <= from.Revision
		}
		return !isOpen(t)
	})
	return replySync(w, q, kind, "threads", nil, all, func(t *world.Resource) world.Object { return t.Doc })
}

// syncFrom reads type and token of a synchronization.
func syncFrom(w *world.World, q *world.Request, place string) (from world.SyncToken, kind string, p *world.Problem) {
	if kind = cmp.Or(q.Query.Get("syncType"), "FSync"); kind == "FSync" {
		return from, kind, nil
	}
	token := q.Query.Get("syncToken")
	if token == "" {
		return from, kind, world.Missing("syncToken")
	}
	from, ok := w.CheckSyncToken(token, place, q.At)
	if !ok {
		return from, kind, problemSyncToken.ForName("syncToken")
	}
	return from, kind, nil
}

// replySync answers with what was changed last first.
func replySync(w *world.World, q *world.Request, kind, place string, filter url.Values, all []*world.Resource,
	doc func(*world.Resource) world.Object) (world.Reply, *world.Problem) {
	slices.SortStableFunc(all, func(a, b *world.Resource) int {
		ta, _ := a.Doc["lastModifiedTime"].(time.Time)
		tb, _ := b.Doc["lastModifiedTime"].(time.Time)
		return cmp.Or(tb.Compare(ta), cmp.Compare(b.Revision, a.Revision))
	})
	records := make([]world.Object, 0, len(all))
	for _, t := range all {
		records = append(records, doc(t))
	}
	return w.Reply(q, world.Object{"records": records, "syncInfo": world.Object{
		"syncType": kind, "syncToken": w.NewSyncToken(place, q.At, filter).String(), "syncTime": q.At,
	}}, q.Path), nil
}

// syncEntries is GET …/message-threads/entries/sync. The scope of the full synchronization holds for those that follow.
func syncEntries(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	place := "entries-" + q.User
	from, kind, p := syncFrom(w, q, place)
	if p != nil {
		return world.Reply{}, p
	}
	filter := from.Filter
	if kind == "FSync" {
		filter = url.Values{"scope": {cmp.Or(q.Query.Get("scope"), "AssignedToMe")}, "threadIds": q.Query["threadIds"]}
		if filter.Get("scope") == "Explicit" && len(filter["threadIds"]) == 0 {
			return world.Reply{}, world.Missing("threadIds")
		}
	}
	var all []*world.Resource
	for _, name := range []string{kindThreadMessage, kindThreadNote, kindThreadHint} {
		for _, t := range w.List(name) {
			settle(w, t, q.At)
			in := w.Get(kindThread, world.Text(t.Doc, "threadId"))
			if in == nil || !inScope(w, in, t, filter, q.User) {
				continue
			}
			whole := t.Doc["availability"] == "Alive" && (isOpen(in) || filter.Get("scope") == "Explicit")
			if kind == "FSync" && whole || kind == "ISync" && t.Revision > from.Revision {
				all = append(all, t)
			}
		}
	}
	return replySync(w, q, kind, place, filter, all, entryDoc)
}

// inScope reports whether a user's synchronization includes an entry of a thread. It includes the entry that takes the
// thread away from the user.
func inScope(w *world.World, thread, entry *world.Resource, filter url.Values, user string) bool {
	assignee := world.Text(world.Child(thread.Doc, "assignee"), "extensionId")
	if assignee == "" && !isOpen(thread) {
		assignee = user // a resolved thread has no assignee, so every user gets the change
	}
	taken := world.Text(world.Child(entry.Doc, "previousAssignee"), "extensionId") == user
	switch filter.Get("scope") {
	case "Accessible":
		return true
	case "Unassigned":
		return assignee == ""
	case "AssignedToMeAndUnassigned":
		return assignee == "" || assignee == user || taken
	case "Explicit":
		return wantsAny(filter["threadIds"], thread.ID)
	}
	return assignee == user || taken
}

// entryDoc returns the JSON representation of an entry, with its kind. A deleted entry has only a few members.
func entryDoc(t *world.Resource) world.Object {
	name := map[string]string{kindThreadMessage: "Message", kindThreadNote: "Note"}[t.Kind]
	if name == "" {
		return t.Doc // hints have theirs
	}
	if t.Doc["availability"] != "Alive" {
		return world.Object{
			"recordType": "Deleted" + name, "id": t.ID, "threadId": t.Doc["threadId"], "availability": "Deleted",
			"lastModifiedTime": t.Doc["lastModifiedTime"],
		}
	}
	o := world.Object{"recordType": "Alive" + name}
	world.Merge(o, t.Doc)
	return o
}
