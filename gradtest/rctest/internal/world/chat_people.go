package world

const (
	kindCompany = "companies"
	kindExport  = "exports of chats"
)

// chatPeople is the part of the world about who chats, and about exports of what they have said. That only two exports may
// be made at a time is not emulated: no source tells the refusal.
func chatPeople() domain {
	return domain{
		kinds:   map[string]string{chatPath + "/persons": kindExtension, chatPath + "/companies": kindCompany, chatPath + "/data-export": kindExport},
		created: map[string]func(*World, *Request, *thing) *Problem{"createDataExportTaskNew": createdExport},
		lists:   map[string]func(*World, *Request) ([]*thing, *Problem){"listDataExportTasksNew": listExports},
		actions: map[string]action{
			"readGlipPersonNew":     readPerson,
			"readDataExportTaskNew": readExport,
		},
		own: []string{kindCompany, kindExport},
		start: func(w *World) {
			w.add(&thing{kind: kindCompany, id: w.cfg.AccountID, doc: Object{
				"name": "Example", "domain": "example.com", "creationTime": w.cfg.Now, "lastModifiedTime": w.cfg.Now,
			}}, w.cfg.Now)
		},
	}
}

// readPerson shows an extension as those see it who chat with it.
func readPerson(w *World, q *Request) (Reply, *Problem) {
	doc := picked(object(q.thing.doc, "contact"), "firstName", "lastName", "email")
	doc["id"], doc["companyId"] = q.thing.id, w.cfg.AccountID
	doc["creationTime"], doc["lastModifiedTime"] = q.thing.made, q.thing.changed
	return w.reply(q, doc, q.thing.id), nil
}

// createdExport begins an export, which is finished by time as reports of messages are.
func createdExport(w *World, q *Request, t *thing) *Problem {
	for _, id := range texts(t.doc, "chatIds") {
		if c := w.get(kindChat, id); c == nil {
			return unknownInBody("chatIds", id)
		}
	}
	creator := Object{"id": q.User}
	if e := w.get(kindExtension, q.User); e != nil { // who asks may have removed their own extension
		merge(creator, picked(object(e.doc, "contact"), "firstName", "lastName"))
	}
	t.doc["status"], t.doc["creator"] = "Accepted", creator
	t.doc["specific"] = picked(t.doc, "timeFrom", "timeTo", "contacts", "chatIds")
	return nil
}

// settleExport brings an export to where it is now.
func (w *World) settleExport(t *thing, q *Request) {
	if w.settleTask(t, q.At) && t.doc["datasets"] == nil {
		const one = "1"
		w.update(t, Object{"lastModifiedTime": t.made.Add(taskFinishes), "datasets": []Object{{
			"id": one, "uri": chatPath + "/data-export/" + t.id + "/datasets/" + one, "size": 400 * len(w.all(kindPost)),
		}}}, q.At)
	}
}

func readExport(w *World, q *Request) (Reply, *Problem) {
	w.settleExport(q.thing, q)
	return w.replyThing(q, q.thing), nil
}

func listExports(w *World, q *Request) ([]*thing, *Problem) {
	var out []*thing
	for _, t := range w.list(kindExport) {
		if w.settleExport(t, q); t.meets(q) {
			out = append(out, t)
		}
	}
	return out, nil
}
