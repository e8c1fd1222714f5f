package world

import "time"

// presences is the part of the world about who is there.
func presences() domain {
	return domain{
		actions: map[string]action{
			"readUserPresenceStatus":   readPresence,
			"updateUserPresenceStatus": updatePresence,
		},
		lists: map[string]func(*World, *Request) ([]*thing, *Problem){"readAccountPresence": listPresence},
	}
}

// presenceOf is what is known of an extension's presence: what it has set, and what follows from its calls.
func (w *World) presenceOf(extension string, now time.Time) *thing {
	const name = "presence of extensions"
	t := w.get(name, extension)
	if t == nil {
		t = &thing{kind: name, id: extension, in: []Param{{"extensionId", extension}}}
		t.doc = Object{
			"userStatus": "Available", "dndStatus": "TakeAllCalls", "allowSeeMyPresence": true, "callerIdVisibility": "All",
			"ringOnMonitoredCall": false, "pickUpCallsOnHold": false, "acceptCallQueueCalls": true, "meetingStatus": "Disconnected",
		}
		w.add(t, now)
	}
	owner := w.get(kindExtension, extension)
	t.doc["uri"] = "/restapi/v1.0/account/" + w.cfg.AccountID + "/extension/" + extension + "/presence"
	if owner != nil {
		t.doc["extension"] = reference(owner)
	}
	telephony, active := "NoCall", []Object{}
	for _, s := range w.all(kindSession) {
		for _, p := range w.parties(s) {
			if text(p.doc, "extensionId") != extension {
				continue
			}
			status := map[string]string{"Setup": "Ringing", "Proceeding": "Ringing", "Hold": "OnHold", "Parked": "ParkedCall"}[text(object(p.doc, "status"), "code")]
			if status == "" {
				status = "CallConnected"
			}
			telephony = status
			active = append(active, Object{
				"id": p.id, "direction": p.doc["direction"], "from": text(object(p.doc, "from"), "phoneNumber"), "to": text(object(p.doc, "to"), "phoneNumber"),
				"telephonyStatus": status, "telephonySessionId": s.id, "partyId": p.id, "startTime": s.doc["creationTime"],
			})
		}
	}
	t.doc["telephonyStatus"], t.doc["aggregatedTelephonyStatus"], t.doc["activeCalls"] = telephony, telephony, active
	t.doc["presenceStatus"] = t.doc["userStatus"]
	if telephony != "NoCall" && t.doc["userStatus"] == "Available" || t.doc["dndStatus"] == "DoNotAcceptAnyCalls" {
		t.doc["presenceStatus"] = "Busy"
	}
	return t
}

func readPresence(w *World, q *Request) (Reply, *Problem) {
	w.settleCalls(q.At)
	return w.replyPresence(q), nil
}

// replyPresence leaves out the calls unless they are asked for.
func (w *World) replyPresence(q *Request) Reply {
	t := w.presenceOf(q.extension(), q.At)
	if q.Query.Get("detailedTelephonyState") != "true" {
		delete(t.doc, "activeCalls")
	}
	return w.replyThing(q, t)
}

func updatePresence(w *World, q *Request) (Reply, *Problem) {
	w.settleCalls(q.At)
	t := w.presenceOf(q.extension(), q.At)
	w.update(t, q.body(), q.At)
	w.tellOfPresence(q.extension(), q.At)
	return w.replyPresence(q), nil
}

// listPresence is that of all users of the account.
func listPresence(w *World, q *Request) ([]*thing, *Problem) {
	w.settleCalls(q.At)
	var out []*thing
	for _, e := range w.all(kindExtension) {
		if text(e.doc, "type") == "User" {
			t := w.presenceOf(e.id, q.At)
			if q.Query.Get("detailedTelephonyState") != "true" {
				delete(t.doc, "activeCalls")
			}
			out = append(out, t)
		}
	}
	return out, nil
}

// tellOfPresence tells that an extension is more or less there than it was.
func (w *World) tellOfPresence(extension string, at time.Time) {
	base := "/restapi/v1.0/account/" + w.cfg.AccountID
	t := w.presenceOf(extension, at)
	body := Object{"extensionId": extension, "sequence": int(w.revisions())}
	for _, name := range []string{"telephonyStatus", "presenceStatus", "userStatus", "dndStatus", "activeCalls"} {
		body[name] = t.doc[name]
	}
	w.tell(at, base+"/extension/"+extension+"/presence", body)
	w.tell(at, base+"/presence", body)
}
