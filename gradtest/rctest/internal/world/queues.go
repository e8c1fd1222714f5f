package world

import "slices"

const (
	kindQueue  = "call queues"
	kindMember = "call queue members"
	queuePath  = "/restapi/v1.0/account/{accountId}/call-queues"
)

// queues is the part of the world about call queues, who is in them, and who takes calls.
func queues() domain {
	return domain{
		kinds: map[string]string{
			queuePath: kindQueue,
			"/restapi/v1.0/account/{accountId}/department":                        kindQueue,
			queuePath + "/{groupId}/members":                                      kindMember,
			"/restapi/v1.0/account/{accountId}/department/{departmentId}/members": kindMember,
		},
		params: map[string]string{"/restapi/v1.0/account/{accountId}/department departmentId": "groupId"},
		lists:  map[string]func(*World, *Request) ([]*thing, *Problem){"listCallQueues": listQueues},
		actions: map[string]action{
			"assignMultipleCallQueueMembers":   assignMembers,
			"readCallQueuePresence":            readQueuePresence,
			"updateCallQueuePresence":          updateQueuePresence,
			"readExtensionCallQueuePresence":   readQueuePresence,
			"updateExtensionCallQueuePresence": updateQueuePresence,
			"updateUserCallQueues":             joinQueues,
		},
		own:   []string{kindQueue, kindMember},
		start: startQueues,
	}
}

// startQueues is one queue, which all users are in. A queue is an extension of the account as well.
func startQueues(w *World) {
	if w.cfg.Bare {
		return
	}
	q := w.add(&thing{kind: kindQueue, id: w.newID(), doc: Object{
		"extensionNumber": "801", "name": "Support", "status": "Enabled", "editableMemberStatus": true, "alertTimer": 30,
	}}, w.cfg.Now)
	accountPath := "/restapi/v1.0/account/" + w.cfg.AccountID
	q.doc["uri"] = accountPath + "/call-queues/" + q.id
	w.add(&thing{kind: kindExtension, id: q.id, doc: Object{
		"uri": accountPath + "/extension/" + q.id, "extensionNumber": "801", "name": "Support", "type": "Department", "status": "Enabled",
	}}, w.cfg.Now)
	for _, p := range w.cfg.Users {
		w.enrol(q.id, w.get(kindExtension, p.ID))
	}
}

// enrol makes an extension a member of a queue.
func (w *World) enrol(queue string, e *thing) {
	in := []Param{{"groupId", queue}}
	if w.get(kindMember, e.id, in...) != nil {
		return
	}
	w.add(&thing{kind: kindMember, id: e.id, in: in, doc: Object{
		"uri": e.doc["uri"], "extensionNumber": e.doc["extensionNumber"], "takesCalls": true,
	}}, w.cfg.Now)
}

// listQueues knows whose queues are asked for.
func listQueues(w *World, q *Request) ([]*thing, *Problem) {
	member := q.Query.Get("memberExtensionId")
	return slices.DeleteFunc(w.list(kindQueue), func(t *thing) bool {
		return member != "" && w.get(kindMember, member, Param{"groupId", t.id}) == nil || !t.meets(q)
	}), nil
}

// assignMembers adds to and takes from a queue. Everybody is looked up before anything is changed.
func assignMembers(w *World, q *Request) (Reply, *Problem) {
	queue := q.thing.id
	for _, name := range []string{"addedExtensionIds", "removedExtensionIds"} {
		for _, id := range texts(q.body(), name) {
			if w.get(kindExtension, id) == nil {
				return Reply{}, unknownInBody(name, id)
			}
		}
	}
	for _, id := range texts(q.body(), "addedExtensionIds") {
		w.enrol(queue, w.get(kindExtension, id))
	}
	for _, id := range texts(q.body(), "removedExtensionIds") {
		if t := w.get(kindMember, id, Param{"groupId", queue}); t != nil {
			w.remove(t, q.At)
		}
	}
	return q.empty(), nil
}

// joinQueues puts the user into exactly the queues that the body names.
func joinQueues(w *World, q *Request) (Reply, *Problem) {
	user := w.get(kindExtension, q.extension())
	var wanted []string
	for _, r := range objects(q.body(), "records") {
		id, _ := scalar(r["id"])
		if w.get(kindQueue, id) == nil {
			return Reply{}, unknownInBody("records.id", id)
		}
		wanted = append(wanted, id)
	}
	var records []Object
	for _, t := range w.list(kindQueue) {
		m := w.get(kindMember, user.id, Param{"groupId", t.id})
		switch in := slices.Contains(wanted, t.id); {
		case in:
			w.enrol(t.id, user)
			records = append(records, Object{"id": t.id, "name": t.doc["name"]})
		case m != nil:
			w.remove(m, q.At)
		}
	}
	return w.reply(q, Object{"records": records}, q.Path), nil
}

// readQueuePresence tells who takes the calls of a queue, or of which queues a user takes calls.
func readQueuePresence(w *World, q *Request) (Reply, *Problem) {
	return w.reply(q, Object{"records": w.queuePresence(q)}, q.Path), nil
}

func (w *World) queuePresence(q *Request) []Object {
	records := []Object{}
	for _, m := range w.all(kindMember) {
		queue, member := w.get(kindQueue, m.within("groupId")), w.get(kindExtension, m.id)
		if queue == nil || member == nil || q.param("groupId") != "" && q.param("groupId") != queue.id ||
			q.param("extensionId") != "" && q.param("extensionId") != member.id {
			continue
		}
		of := Object{"id": queue.id, "name": queue.doc["name"], "extensionNumber": queue.doc["extensionNumber"], "editableMemberStatus": true}
		records = append(records, Object{
			"member": Object{"id": member.id, "name": member.doc["name"], "extensionNumber": member.doc["extensionNumber"]}, "callQueue": of,
			"acceptQueueCalls": true, "acceptCurrentQueueCalls": m.doc["takesCalls"], // as a queue's list has it
			"acceptCalls": m.doc["takesCalls"], // as an extension's list has it
		})
	}
	return records
}

// updateQueuePresence changes who takes calls.
func updateQueuePresence(w *World, q *Request) (Reply, *Problem) {
	for _, r := range objects(q.body(), "records") {
		queue, member := q.param("groupId"), q.param("extensionId")
		if queue == "" {
			queue, _ = scalar(object(r, "callQueue")["id"])
		}
		if member == "" {
			member, _ = scalar(object(r, "member")["id"])
		}
		m := w.get(kindMember, member, Param{"groupId", queue})
		if m == nil {
			return Reply{}, unknownInBody("records", member)
		}
		for _, name := range []string{"acceptCurrentQueueCalls", "acceptCalls"} {
			if takes, ok := r[name].(bool); ok {
				m.doc["takesCalls"] = takes
			}
		}
	}
	w.changed()
	return readQueuePresence(w, q)
}
