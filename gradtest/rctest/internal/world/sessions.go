package world

import (
	"maps"
	"time"
)

const (
	kindSession        = "telephony sessions"
	kindParty          = "parties"
	kindPartyRecording = "recordings of parties"
	sessionPath        = accountPath + "/telephony/sessions"

	// sessionsMost is how many calls go on at once; beyond it the oldest ends.
	sessionsMost = 1000
)

// sessions is the part of the world about calls that go on. Time passes for them when somebody looks: a call that was to end
// by then has ended at its own time.
func sessions() domain {
	d := domain{
		kinds: map[string]string{
			sessionPath: kindSession,
			sessionPath + "/{telephonySessionId}/parties":                      kindParty,
			sessionPath + "/{telephonySessionId}/parties/{partyId}/recordings": kindPartyRecording,
		},
		actions: map[string]action{
			"readCallSessionStatus":       readSession,
			"deleteCallSession":           endSession,
			"createCallOutCallSession":    callOut,
			"createConferenceCallSession": conference,
		},
		own: []string{kindSession, kindParty, kindPartyRecording},
	}
	maps.Copy(d.actions, partyActions())
	return d
}

// newSession begins a call of a kind such as CallOut, without anybody in it yet.
func (w *World) newSession(origin string, at time.Time) *thing {
	if all := w.all(kindSession); len(all) >= sessionsMost {
		w.finish(all[0], at)
	}
	t := &thing{kind: kindSession, id: "s-" + w.newToken()}
	t.doc = Object{"origin": Object{"type": origin}, "creationTime": at, "voiceCallToken": w.newToken()}
	return w.add(t, at)
}

// newParty takes somebody into a call: on behalf of an extension, or without one somebody from outside.
func (w *World) newParty(s *thing, direction, status string, from, to party, extension string, at time.Time) *thing {
	t := &thing{kind: kindParty, id: "p-" + w.newToken(), in: []Param{{"telephonySessionId", s.id}}}
	t.doc = Object{
		"direction": direction, "from": from.onPhone(), "to": to.onPhone(), "muted": false, "standAlone": false,
		"status": Object{"code": status, "rcc": false}, "accountId": w.cfg.AccountID,
	}
	if extension != "" {
		t.doc["extensionId"] = extension
		t.doc["owner"] = Object{"accountId": w.cfg.AccountID, "extensionId": extension}
	}
	return w.add(t, at)
}

// session is a call as it is told, with those who are in it.
func (w *World) session(t *thing) Object {
	doc := maps.Clone(t.doc)
	parties := []Object{}
	for _, p := range w.parties(t) {
		parties = append(parties, p.doc)
	}
	doc["parties"] = parties
	return doc
}

func (w *World) parties(s *thing) []*thing {
	return w.list(kindParty, Param{"telephonySessionId", s.id})
}

func readSession(w *World, q *Request) (Reply, *Problem) {
	if w.settleCalls(q.At); w.get(kindSession, q.thing.id) == nil {
		return Reply{}, unknown("telephonySessionId", q.thing.id)
	}
	return w.reply(q, w.session(q.thing), q.thing.id), nil
}

func endSession(w *World, q *Request) (Reply, *Problem) {
	w.finish(q.thing, q.At)
	return q.empty(), nil
}

// callOut calls a number from a device of the account. It is answered at once and goes on until somebody ends it.
func callOut(w *World, q *Request) (Reply, *Problem) {
	from, to := object(q.body(), "from"), object(q.body(), "to")
	device := w.get(kindDevice, text(from, "deviceId"))
	if device == nil {
		return Reply{}, unknownInBody("from.deviceId", text(from, "deviceId"))
	}
	caller, _ := w.member(device.within("extensionId"))
	called, p := w.dialled(to, "to")
	if p != nil {
		return Reply{}, p
	}
	s := w.newSession("CallOut", q.At)
	w.newParty(s, "Outbound", "Answered", caller, called, caller.extension, q.At)
	w.newParty(s, "Inbound", "Answered", caller, called, called.extension, q.At)
	w.tellOfSession(s, q.At)
	return w.reply(q, Object{"session": w.session(s)}, s.id), nil
}

// dialled is who a phone or extension number in a body stands for.
func (w *World) dialled(o Object, name string) (party, *Problem) {
	if short := text(o, "extensionNumber"); short != "" {
		p, ok := w.memberByShort(short)
		if !ok {
			return p, unknownInBody(name+".extensionNumber", short)
		}
		return p, nil
	}
	if id := text(o, "extensionId"); id != "" {
		p, ok := w.member(id)
		if !ok {
			return p, unknownInBody(name+".extensionId", id)
		}
		return p, nil
	}
	phone := text(o, "phoneNumber")
	switch {
	case phone == "":
		return party{}, missing(name + ".phoneNumber")
	case !isE164(phone):
		return party{}, invalid(name+".phoneNumber", phone)
	}
	return w.caller(phone), nil
}

// conference begins a call that others can be brought into.
func conference(w *World, q *Request) (Reply, *Problem) {
	host, ok := w.member(q.User)
	if !ok {
		return Reply{}, unknown("extensionId", q.User)
	}
	s := w.newSession("Conference", q.At)
	p := w.newParty(s, "Outbound", "Answered", host, host, host.extension, q.At)
	p.doc["conferenceRole"] = "Host"
	w.tellOfSession(s, q.At)
	return w.reply(q, Object{"session": w.session(s)}, s.id), nil
}

// finish ends a call: everybody is disconnected, and the logs of those of the account have it.
func (w *World) finish(s *thing, at time.Time) {
	w.tellOfSession(s, at)
	began, _ := s.doc["creationTime"].(time.Time)
	recorded := len(w.list(kindPartyRecording, Param{"telephonySessionId", s.id})) > 0
	for _, t := range w.parties(s) {
		id := text(t.doc, "extensionId")
		if w.get(kindExtension, id) == nil {
			continue
		}
		c := past{
			extension: id, direction: text(t.doc, "direction"), from: partyOf(object(t.doc, "from")), to: partyOf(object(t.doc, "to")),
			action: "Phone Call", result: "Accepted", began: began, lasted: at.Sub(began), session: s.id, recorded: recorded,
		}
		if c.direction == "Outbound" {
			c.result = "Call connected"
		}
		switch text(object(t.doc, "status"), "code") {
		case "Setup", "Proceeding":
			c.result, c.lasted = "Missed", 0
			if c.direction == "Outbound" {
				c.result = "No Answer"
			}
		case "VoiceMail":
			c.result = "Voicemail"
		}
		if result := text(s.doc, "result"); result != "" {
			c.result = result
		}
		if text(object(s.doc, "origin"), "type") == "RingOut" {
			c.action = "RingOut Web"
		}
		w.log(c)
		if c.result == "Missed" {
			w.tellOfMissed(c, at)
		}
	}
	w.remove(s, at)
	w.removeIn(Param{"telephonySessionId", s.id}, at)
}

func partyOf(o Object) party {
	return party{number: text(o, "phoneNumber"), extension: text(o, "extensionId"), short: text(o, "extensionNumber"), name: text(o, "name")}
}

// settleCalls lets time pass: calls that were to be answered or to end by now have.
func (w *World) settleCalls(now time.Time) {
	var over []*thing
	for _, s := range w.all(kindSession) {
		if answered, ok := s.doc["answers"].(time.Time); ok && !now.Before(answered) {
			delete(s.doc, "answers")
			for _, p := range w.parties(s) {
				if text(object(p.doc, "status"), "code") == "Proceeding" {
					p.doc["status"] = Object{"code": "Answered", "rcc": false}
				}
			}
			w.tellOfSession(s, answered)
			w.changed()
		}
		if ends, ok := s.doc["ends"].(time.Time); ok && !now.Before(ends) {
			over = append(over, s)
		}
	}
	for _, s := range over {
		ends, _ := s.doc["ends"].(time.Time)
		w.finish(s, ends)
	}
}

// listActiveCalls are the calls that go on, as the call log would have them.
func listActiveCalls(w *World, q *Request) ([]*thing, *Problem) {
	w.settleCalls(q.At)
	var out []*thing
	for _, s := range w.all(kindSession) {
		for _, p := range w.parties(s) {
			id := text(p.doc, "extensionId")
			if id == "" || q.param("extensionId") != "" && q.param("extensionId") != id {
				continue
			}
			t := &thing{kind: kindCall, id: "Y3Ms" + p.id[2:], doc: Object{
				"id": "Y3Ms" + p.id[2:], "uri": "/restapi/v1.0/account/" + w.cfg.AccountID + "/extension/" + id + "/call-log/Y3Ms" + p.id[2:],
				"sessionId": s.id[len(s.id)-12 : len(s.id)-2], "telephonySessionId": s.id, "partyId": p.id, "startTime": s.doc["creationTime"],
				"type": "Voice", "direction": p.doc["direction"], "action": "Phone Call", "result": "In Progress", "from": p.doc["from"], "to": p.doc["to"],
				"transport": "PSTN", "finished": false, "duration": int(q.At.Sub(s.made) / time.Second),
			}}
			if t.calls(q) {
				out = append(out, t)
			}
		}
	}
	return out, nil
}

// tellOfSession tells the subscribers of everybody of the account who is in the call. The body is the session as it is
// read, with its owner's parties.
func (w *World) tellOfSession(s *thing, at time.Time) {
	base := "/restapi/v1.0/account/" + w.cfg.AccountID
	body := Object{"telephonySessionId": s.id, "sessionId": s.id, "serverId": "emulator", "eventTime": at, "origin": s.doc["origin"], "parties": w.session(s)["parties"]}
	told := map[string]bool{}
	for _, p := range w.parties(s) {
		id := text(p.doc, "extensionId")
		if id == "" || told[id] {
			continue
		}
		told[id] = true
		direction := Param{"direction", text(p.doc, "direction")}
		w.tell(at, base+"/extension/"+id+"/telephony/sessions", body, direction)
		w.tellOfPresence(id, at)
	}
	w.tell(at, base+"/telephony/sessions", body)
}

// tellOfMissed tells of a call that nobody took.
func (w *World) tellOfMissed(c past, at time.Time) {
	w.tell(at, "/restapi/v1.0/account/"+w.cfg.AccountID+"/extension/"+c.extension+"/missed-calls", Object{
		"extensionId": c.extension, "telephonySessionId": c.session, "startTime": c.began, "from": c.from.onPhone(), "to": c.to.onPhone(), "action": "Missed",
	})
}
