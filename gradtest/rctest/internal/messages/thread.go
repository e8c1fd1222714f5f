package messages

import (
	"net/http"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Kinds of message threads.
const (
	kindThread           = "message threads"
	kindThreadMessage    = "thread messages"
	kindThreadNote       = "thread notes"
	kindThreadHint       = "thread hints"
	kindThreadAttachment = "thread attachments"
)

// messageThreads is the domain of SMS threads that several users share. A thread is between a number of the account and
// a guest. Every user of the account may monitor all threads, so no request is refused for lack of access.
func messageThreads() world.Domain {
	const threads = "/restapi/v1.0/account/{accountId}/message-threads"
	return world.Domain{
		Kinds: map[string]string{
			threads:               kindThread,
			threads + "/messages": kindThreadMessage,
			threads + "/messages/{messageId}/content": kindThreadAttachment,
			threads + "/notes":                        kindThreadNote,
		},
		Lists: map[string]world.Lister{
			"mthListThreads":  listThreads,
			"mthListMessages": listThreadMessages,
			"mthListNotes":    listThreadNotes,
		},
		Handlers: map[string]world.Handler{
			"mthDeleteThread":       deleteThread,
			"mthResolveThread":      resolveThread,
			"mthAssignThread":       assignThread,
			"mthSendMessage":        sendToThread,
			"mthDeleteMessages":     deleteThreadMessages,
			"mthReadMessageContent": readContent,
			"mthCreateNote":         createNote,
			"mthUpdateNote":         updateNote,
			"mthDeleteNotes":        deleteNotes,
			"mthSyncThreads":        syncThreads,
			"mthSyncEntries":        syncEntries,
		},
		Owned: []string{kindThread, kindThreadMessage, kindThreadNote, kindThreadHint, kindThreadAttachment},
		Seed:  seedThreads,
	}
}

// seedThreads begins with one conversation, which the first user takes care of.
func seedThreads(w *world.World) {
	if w.Config.Bare || len(w.Config.Users) == 0 {
		return
	}
	at := w.Config.Now.Add(-80 * time.Minute)
	self, _ := people.MemberOf(w, w.Config.Users[0].ID)
	t := addThread(w, at, self, "+16505550167", "")
	addThreadMessage(w, at, t, "Inbound", "Do you have this in blue?",
		[]attached{{File: world.SampleFile("image/png"), kind: "MmsAttachment"}}, "")
	reassign(w, at.Add(time.Minute), t, &self, self.Extension)
	addNote(w, at.Add(2*time.Minute), t, "Blue comes in on Friday", self.Extension)
}

// addThread begins a thread between a number of an extension and a guest.
func addThread(w *world.World, at time.Time, owner people.Party, guest, initiator string) *world.Resource {
	t := w.Add(&world.Resource{Kind: kindThread, ID: w.NewID(), Doc: world.Object{
		"label": guest, "status": "Open", "availability": "Alive",
		"owner":      world.Object{"extensionId": owner.Extension, "name": owner.Name, "extensionType": "User"},
		"ownerParty": world.Object{"phoneNumber": owner.Number}, "guestParty": world.Object{"phoneNumber": guest},
		"creationTime": at, "lastModifiedTime": at,
	}}, at)
	hint(w, at, t, "ThreadCreatedHint", initiator, nil)
	notifyThread(w, at)
	return t
}

// thread is the open one between two numbers; nil: there is none.
func thread(w *world.World, owner, guest string) *world.Resource {
	for _, t := range w.List(kindThread) {
		if isOpen(t) && world.Text(world.Child(t.Doc, "ownerParty"), "phoneNumber") == owner &&
			world.Text(world.Child(t.Doc, "guestParty"), "phoneNumber") == guest {
			return t
		}
	}
	return nil
}

func isOpen(t *world.Resource) bool {
	return t.Doc["status"] == "Open" && t.Doc["availability"] == "Alive"
}

// userOf returns the representation of an extension in threads, or nil if there is no such extension.
func userOf(w *world.World, extension string) world.Object {
	p, ok := people.MemberOf(w, extension)
	if !ok {
		return nil
	}
	return world.Object{"extensionId": p.Extension, "name": p.Name, "extensionType": "User"}
}

// hint notes what happened to a thread, for those who synchronize.
func hint(w *world.World, at time.Time, t *world.Resource, kind, initiator string, more world.Object) {
	doc := world.Object{"recordType": kind, "threadId": t.ID, "lastModifiedTime": at}
	if who := userOf(w, initiator); who != nil {
		doc["initiator"] = who
	}
	world.Merge(doc, more)
	w.Add(&world.Resource{Kind: kindThreadHint, ID: w.NewID(), Doc: doc}, at)
}

// notifyThread and notifyEntry tell subscribers that it is time to synchronize. Source: the guide's page on events of
// threads.
func notifyThread(w *world.World, at time.Time) {
	w.Notify(at, "/restapi/v1.0/account/"+w.Config.AccountID+"/message-threads/sync", world.Object{"lastModifiedTime": at})
}

func notifyEntry(w *world.World, at time.Time) {
	w.Notify(at, "/restapi/v1.0/account/"+w.Config.AccountID+"/message-threads/entries/sync",
		world.Object{"lastModifiedTime": at})
}

func listThreads(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	when, p := creationRange(q)
	if p != nil {
		return nil, p
	}
	phone := func(t *world.Resource, party, param string) bool {
		values := people.E164s(q.Query[param])
		return len(values) == 0 || wantsAny(values, world.Text(world.Child(t.Doc, party), "phoneNumber"))
	}
	return slices.DeleteFunc(w.List(kindThread), func(t *world.Resource) bool {
		return !isAvailable(t, q) || !threadFits(w, t, q) || when != nil && !when.Contains(t.Created) ||
			!phone(t, "ownerParty", "ownerPhoneNumber") || !phone(t, "guestParty", "guestPhoneNumber")
	}), nil
}

// creationRange has both ends or is not given at all.
func creationRange(q *world.Request) (*world.TimeRange, *world.Problem) {
	from, to := q.Query.Get("creationTimeFrom"), q.Query.Get("creationTimeTo")
	switch {
	case from == "" && to == "":
		return nil, nil
	case from == "":
		return nil, world.Missing("creationTimeFrom")
	case to == "":
		return nil, world.Missing("creationTimeTo")
	}
	r, p := world.DayRange(q.Query, "creationTimeFrom", "creationTimeTo", q.At)
	return &r, p
}

// isAvailable goes by the filter, whose default is Alive.
func isAvailable(t *world.Resource, q *world.Request) bool {
	values := q.Query["availability"]
	if len(values) == 0 {
		values = []string{"Alive"}
	}
	return wantsAny(values, world.Text(t.Doc, "availability"))
}

// threadFits goes by the filters about the thread itself or the one that something is in.
func threadFits(w *world.World, t *world.Resource, q *world.Request) bool {
	status, owners := q.Query["threadStatus"], q.Query["ownerExtensionIds"]
	return (len(status) == 0 || wantsAny(status, world.Text(t.Doc, "status"))) &&
		(len(owners) == 0 || wantsAny(owners, world.Text(world.Child(t.Doc, "owner"), "extensionId")))
}

// deleteThread makes a thread Deleted. It can be read still.
func deleteThread(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	t := q.Resource
	if t.Doc["availability"] == "Alive" {
		w.Update(t, world.Object{"availability": "Deleted", "assignee": nil, "lastModifiedTime": q.At}, q.At)
		hint(w, q.At, t, "ThreadDeletedHint", q.User, nil)
		notifyThread(w, q.At)
	}
	return world.EmptyReply(http.StatusNoContent), nil
}

func resolveThread(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	t := q.Resource
	if p := mustBeOpen(t); p != nil {
		return world.Reply{}, p
	}
	w.Update(t, world.Object{"status": "Resolved", "statusReason": "Manual", "assignee": nil, "lastModifiedTime": q.At},
		q.At)
	hint(w, q.At, t, "ThreadResolvedHint", q.User, nil)
	notifyThread(w, q.At)
	return w.ReplyResource(q, t), nil
}

// mustBeOpen refuses what cannot be done with a thread that is over. The platform's code for it is not documented.
func mustBeOpen(t *world.Resource) *world.Problem {
	if isOpen(t) {
		return nil
	}
	return world.InvalidBecause("threadId", t.ID, "the thread is not open")
}

// assignThread assigns a thread to a user, or removes its assignee.
func assignThread(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if p := mustBeOpen(q.Resource); p != nil {
		return world.Reply{}, p
	}
	var to *people.Party
	if assignee := world.Child(q.Object(), "assignee"); assignee != nil {
		id, _ := world.Scalar(assignee["extensionId"])
		p, ok := people.MemberOf(w, id)
		if !ok {
			return world.Reply{}, world.NotFoundInBody("assignee.extensionId", id)
		}
		to = &p
	}
	reassign(w, q.At, q.Resource, to, q.User)
	return w.ReplyResource(q, q.Resource), nil
}

func reassign(w *world.World, at time.Time, t *world.Resource, to *people.Party, initiator string) {
	more, change := world.Object{}, world.Object{"assignee": nil, "lastModifiedTime": at}
	if was := world.Child(t.Doc, "assignee"); was != nil {
		more["previousAssignee"] = was
	}
	if to != nil {
		more["assignee"] = userOf(w, to.Extension)
		change["assignee"] = more["assignee"]
	}
	delete(t.Doc, "assignee") // objects would be merged
	w.Update(t, change, at)
	hint(w, at, t, "ThreadAssignedHint", initiator, more)
	notifyThread(w, at)
}
