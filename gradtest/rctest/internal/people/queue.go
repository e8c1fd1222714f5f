package people

import (
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const (
	KindQueue  = "call queues"
	KindMember = "call queue members"
	queuePath  = "/restapi/v1.0/account/{accountId}/call-queues"
)

// queues is the domain of call queues, who is in them, and who takes calls.
func queues() world.Domain {
	return world.Domain{
		Kinds: map[string]string{
			queuePath: KindQueue,
			"/restapi/v1.0/account/{accountId}/department":                        KindQueue,
			queuePath + "/{groupId}/members":                                      KindMember,
			"/restapi/v1.0/account/{accountId}/department/{departmentId}/members": KindMember,
		},
		Params: map[string]string{"/restapi/v1.0/account/{accountId}/department departmentId": "groupId"},
		Lists:  map[string]world.Lister{"listCallQueues": listQueues},
		Handlers: map[string]world.Handler{
			"assignMultipleCallQueueMembers":   assignMembers,
			"readCallQueuePresence":            readQueuePresence,
			"updateCallQueuePresence":          updateQueuePresence,
			"readExtensionCallQueuePresence":   readQueuePresence,
			"updateExtensionCallQueuePresence": updateQueuePresence,
			"updateUserCallQueues":             joinQueues,
		},
		Owned: []string{KindQueue, KindMember},
		Seed:  seedQueues,
	}
}

// seedQueues is one queue, which all users are in. A queue is an extension of the account as well.
func seedQueues(w *world.World) {
	if w.Config.Bare {
		return
	}
	q := w.Add(&world.Resource{Kind: KindQueue, ID: w.NewID(), Doc: world.Object{
		"extensionNumber": "801", "name": "Support", "status": "Enabled", "editableMemberStatus": true, "alertTimer": 30,
	}}, w.Config.Now)
	accountPath := "/restapi/v1.0/account/" + w.Config.AccountID
	q.Doc["uri"] = accountPath + "/call-queues/" + q.ID
	w.Add(&world.Resource{Kind: world.KindExtension, ID: q.ID, Doc: world.Object{
		"uri": accountPath + "/extension/" + q.ID, "extensionNumber": "801", "name": "Support", "type": "Department",
		"status": "Enabled",
	}}, w.Config.Now)
	for _, p := range w.Config.Users {
		enrol(w, q.ID, w.Get(world.KindExtension, p.ID))
	}
}

// enrol makes an extension a member of a queue.
func enrol(w *world.World, queue string, e *world.Resource) {
	in := []world.Param{world.NewParam("groupId", queue)}
	if w.Get(KindMember, e.ID, in...) != nil {
		return
	}
	w.Add(&world.Resource{Kind: KindMember, ID: e.ID, Parents: in, Doc: world.Object{
		"uri": e.Doc["uri"], "extensionNumber": e.Doc["extensionNumber"], "takesCalls": true,
	}}, w.Config.Now)
}

// listQueues knows whose queues are asked for.
func listQueues(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	member := q.Query.Get("memberExtensionId")
	return slices.DeleteFunc(w.List(KindQueue), func(t *world.Resource) bool {
		return member != "" && w.Get(KindMember, member, world.NewParam("groupId", t.ID)) == nil || !t.Meets(q)
	}), nil
}

// assignMembers adds to and takes from a queue. Everybody is looked up before anything is changed.
func assignMembers(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	queue := q.Resource.ID
	for _, name := range []string{"addedExtensionIds", "removedExtensionIds"} {
		for _, id := range world.Texts(q.Object(), name) {
			if w.Get(world.KindExtension, id) == nil {
				return world.Reply{}, world.NotFoundInBody(name, id)
			}
		}
	}
	for _, id := range world.Texts(q.Object(), "addedExtensionIds") {
		enrol(w, queue, w.Get(world.KindExtension, id))
	}
	for _, id := range world.Texts(q.Object(), "removedExtensionIds") {
		if t := w.Get(KindMember, id, world.NewParam("groupId", queue)); t != nil {
			w.Remove(t, q.At)
		}
	}
	return q.Empty(), nil
}

// joinQueues puts the user into exactly the queues that the body names.
func joinQueues(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	user := w.Get(world.KindExtension, q.Extension())
	var wanted []string
	for _, r := range world.Children(q.Object(), "records") {
		id, _ := world.Scalar(r["id"])
		if w.Get(KindQueue, id) == nil {
			return world.Reply{}, world.NotFoundInBody("records.id", id)
		}
		wanted = append(wanted, id)
	}
	var records []world.Object
	for _, t := range w.List(KindQueue) {
		m := w.Get(KindMember, user.ID, world.NewParam("groupId", t.ID))
		switch in := slices.Contains(wanted, t.ID); {
		case in:
			enrol(w, t.ID, user)
			records = append(records, world.Object{"id": t.ID, "name": t.Doc["name"]})
		case m != nil:
			w.Remove(m, q.At)
		}
	}
	return w.Reply(q, world.Object{"records": records}, q.Path), nil
}

// readQueuePresence tells who takes the calls of a queue, or of which queues a user takes calls.
func readQueuePresence(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	return w.Reply(q, world.Object{"records": queuePresence(w, q)}, q.Path), nil
}

func queuePresence(w *world.World, q *world.Request) []world.Object {
	records := []world.Object{}
	for _, m := range w.All(KindMember) {
		queue, member := w.Get(KindQueue, m.Parent("groupId")), w.Get(world.KindExtension, m.ID)
		if queue == nil || member == nil || q.Param("groupId") != "" && q.Param("groupId") != queue.ID ||
			q.Param("extensionId") != "" && q.Param("extensionId") != member.ID {
			continue
		}
		of := world.Object{"id": queue.ID, "name": queue.Doc["name"], "extensionNumber": queue.Doc["extensionNumber"],
			"editableMemberStatus": true}
		records = append(records, world.Object{
			"member": world.Object{"id": member.ID, "name": member.Doc["name"],
				"extensionNumber": member.Doc["extensionNumber"]}, "callQueue": of,
			"acceptQueueCalls": true, "acceptCurrentQueueCalls": m.Doc["takesCalls"], // as a queue's list has it
			"acceptCalls": m.Doc["takesCalls"], // as an extension's list has it
		})
	}
	return records
}

// updateQueuePresence changes who takes calls.
func updateQueuePresence(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	for _, r := range world.Children(q.Object(), "records") {
		queue, member := q.Param("groupId"), q.Param("extensionId")
		if queue == "" {
			queue, _ = world.Scalar(world.Child(r, "callQueue")["id"])
		}
		if member == "" {
			member, _ = world.Scalar(world.Child(r, "member")["id"])
		}
		m := w.Get(KindMember, member, world.NewParam("groupId", queue))
		if m == nil {
			return world.Reply{}, world.NotFoundInBody("records", member)
		}
		for _, name := range []string{"acceptCurrentQueueCalls", "acceptCalls"} {
			if takes, ok := r[name].(bool); ok {
				m.Doc["takesCalls"] = takes
			}
		}
	}
	w.Invalidate()
	return readQueuePresence(w, q)
}
