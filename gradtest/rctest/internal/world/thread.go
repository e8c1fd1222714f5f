package world

import (
	"net/http"
	"slices"
	"time"
)

// Kinds of message threads.
const (
	kindThread           = "message threads"
	kindThreadMessage    = "thread messages"
	kindThreadNote       = "thread notes"
	kindThreadHint       = "thread hints"
	kindThreadAttachment = "thread attachments"
)

// messageThreads is the part of the world about SMS that several people answer. A thread is between a number of the
// account and a guest. Everybody of the account is a monitor of all threads: nobody is refused for want of access.
func messageThreads() domain {
	const threads = "/restapi/v1.0/account/{accountId}/message-threads"
	return domain{
		kinds: map[string]string{
			threads:               kindThread,
			threads + "/messages": kindThreadMessage,
			threads + "/messages/{messageId}/content": kindThreadAttachment,
			threads + "/notes":                        kindThreadNote,
		},
		lists: map[string]func(*World, *Request) ([]*thing, *Problem){
			"mthListThreads":  listThreads,
			"mthListMessages": listThreadMessages,
			"mthListNotes":    listThreadNotes,
		},
		actions: map[string]action{
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
		own:   []string{kindThread, kindThreadMessage, kindThreadNote, kindThreadHint, kindThreadAttachment},
		start: startThreads,
	}
}

// startThreads begins with one conversation, which the first user takes care of.
func startThreads(w *World) {
	if w.cfg.Bare || len(w.cfg.Users) == 0 {
		return
	}
	at := w.cfg.Now.Add(-80 * time.Minute)
	self, _ := w.member(w.cfg.Users[0].ID)
	t := w.addThread(at, self, "+16505550167", "")
	w.addThreadMessage(at, t, "Inbound", "Do you have this in blue?", []attached{{File: sample("image/png"), kind: "MmsAttachment"}}, "")
	w.reassign(at.Add(time.Minute), t, &self, self.extension)
	w.addNote(at.Add(2*time.Minute), t, "Blue comes in on Friday", self.extension)
}

// addThread begins a thread between a number of an extension and a guest.
func (w *World) addThread(at time.Time, owner party, guest, initiator string) *thing {
	t := w.add(&thing{kind: kindThread, id: w.newID(), doc: Object{
		"label": guest, "status": "Open", "availability": "Alive",
		"owner":      Object{"extensionId": owner.extension, "name": owner.name, "extensionType": "User"},
		"ownerParty": Object{"phoneNumber": owner.number}, "guestParty": Object{"phoneNumber": guest},
		"creationTime": at, "lastModifiedTime": at,
	}}, at)
	w.hint(at, t, "ThreadCreatedHint", initiator, nil)
	w.tellOfThread(at)
	return t
}

// thread is the open one between two numbers; nil: there is none.
func (w *World) thread(owner, guest string) *thing {
	for _, t := range w.list(kindThread) {
		if isOpen(t) && text(object(t.doc, "ownerParty"), "phoneNumber") == owner && text(object(t.doc, "guestParty"), "phoneNumber") == guest {
			return t
		}
	}
	return nil
}

func isOpen(t *thing) bool { return t.doc["status"] == "Open" && t.doc["availability"] == "Alive" }

// userOf is an extension as threads tell it; nil: nobody.
func (w *World) userOf(extension string) Object {
	p, ok := w.member(extension)
	if !ok {
		return nil
	}
	return Object{"extensionId": p.extension, "name": p.name, "extensionType": "User"}
}

// hint notes what happened to a thread, for those who synchronize.
func (w *World) hint(at time.Time, t *thing, kind, initiator string, more Object) {
	doc := Object{"recordType": kind, "threadId": t.id, "lastModifiedTime": at}
	if who := w.userOf(initiator); who != nil {
		doc["initiator"] = who
	}
	merge(doc, more)
	w.add(&thing{kind: kindThreadHint, id: w.newID(), doc: doc}, at)
}

// tellOfThread and tellOfEntry tell subscribers that it is time to synchronize. Source: the guide's page on events of threads.
func (w *World) tellOfThread(at time.Time) {
	w.tell(at, "/restapi/v1.0/account/"+w.cfg.AccountID+"/message-threads/sync", Object{"lastModifiedTime": at})
}

func (w *World) tellOfEntry(at time.Time) {
	w.tell(at, "/restapi/v1.0/account/"+w.cfg.AccountID+"/message-threads/entries/sync", Object{"lastModifiedTime": at})
}

func listThreads(w *World, q *Request) ([]*thing, *Problem) {
	when, p := creationRange(q)
	if p != nil {
		return nil, p
	}
	phone := func(t *thing, party, param string) bool {
		values := numbersIn(q.Query[param])
		return len(values) == 0 || wantsAny(values, text(object(t.doc, party), "phoneNumber"))
	}
	return slices.DeleteFunc(w.list(kindThread), func(t *thing) bool {
		return !isAvailable(t, q) || !w.threadFits(t, q) || when != nil && !when.has(t.made) ||
			!phone(t, "ownerParty", "ownerPhoneNumber") || !phone(t, "guestParty", "guestPhoneNumber")
	}), nil
}

// creationRange has both ends or is not given at all.
func creationRange(q *Request) (*between, *Problem) {
	from, to := q.Query.Get("creationTimeFrom"), q.Query.Get("creationTimeTo")
	switch {
	case from == "" && to == "":
		return nil, nil
	case from == "":
		return nil, missing("creationTimeFrom")
	case to == "":
		return nil, missing("creationTimeTo")
	}
	r, p := rangeOf(q.Query, "creationTimeFrom", "creationTimeTo", q.At)
	return &r, p
}

// isAvailable goes by the filter, whose default is Alive.
func isAvailable(t *thing, q *Request) bool {
	values := q.Query["availability"]
	if len(values) == 0 {
		values = []string{"Alive"}
	}
	return wantsAny(values, text(t.doc, "availability"))
}

// threadFits goes by the filters about the thread itself or the one that something is in.
func (w *World) threadFits(t *thing, q *Request) bool {
	status, owners := q.Query["threadStatus"], q.Query["ownerExtensionIds"]
	return (len(status) == 0 || wantsAny(status, text(t.doc, "status"))) &&
		(len(owners) == 0 || wantsAny(owners, text(object(t.doc, "owner"), "extensionId")))
}

// deleteThread makes a thread Deleted. It can be read still.
func deleteThread(w *World, q *Request) (Reply, *Problem) {
	t := q.thing
	if t.doc["availability"] == "Alive" {
		w.update(t, Object{"availability": "Deleted", "assignee": nil, "lastModifiedTime": q.At}, q.At)
		w.hint(q.At, t, "ThreadDeletedHint", q.User, nil)
		w.tellOfThread(q.At)
	}
	return empty(http.StatusNoContent), nil
}

func resolveThread(w *World, q *Request) (Reply, *Problem) {
	t := q.thing
	if p := mustBeOpen(t); p != nil {
		return Reply{}, p
	}
	w.update(t, Object{"status": "Resolved", "statusReason": "Manual", "assignee": nil, "lastModifiedTime": q.At}, q.At)
	w.hint(q.At, t, "ThreadResolvedHint", q.User, nil)
	w.tellOfThread(q.At)
	return w.replyThing(q, t), nil
}

// mustBeOpen refuses what cannot be done with a thread that is over. The platform's code for it is not documented.
func mustBeOpen(t *thing) *Problem {
	if isOpen(t) {
		return nil
	}
	return problem(http.StatusBadRequest, "CMN-101", "Parameter [threadId] value is invalid: the thread is not open",
		Attribute{"parameterName", "threadId"}, Attribute{"parameterValue", t.id})
}

// assignThread assigns a thread to somebody, or to nobody.
func assignThread(w *World, q *Request) (Reply, *Problem) {
	if p := mustBeOpen(q.thing); p != nil {
		return Reply{}, p
	}
	var to *party
	if assignee := object(q.body(), "assignee"); assignee != nil {
		id, _ := scalar(assignee["extensionId"])
		p, ok := w.member(id)
		if !ok {
			return Reply{}, unknownInBody("assignee.extensionId", id)
		}
		to = &p
	}
	w.reassign(q.At, q.thing, to, q.User)
	return w.replyThing(q, q.thing), nil
}

func (w *World) reassign(at time.Time, t *thing, to *party, initiator string) {
	more, change := Object{}, Object{"assignee": nil, "lastModifiedTime": at}
	if was := object(t.doc, "assignee"); was != nil {
		more["previousAssignee"] = was
	}
	if to != nil {
		more["assignee"] = w.userOf(to.extension)
		change["assignee"] = more["assignee"]
	}
	delete(t.doc, "assignee") // objects would be merged
	w.update(t, change, at)
	w.hint(at, t, "ThreadAssignedHint", initiator, more)
	w.tellOfThread(at)
}
