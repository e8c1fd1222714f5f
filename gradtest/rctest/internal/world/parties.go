package world

import "net/http"

// partyActions is what can be done to one who is in a call.
func partyActions() map[string]action {
	return map[string]action{
		"readCallPartyStatus":        read,
		"deleteCallParty":            hangUp,
		"updateCallParty":            updateParty,
		"answerCallParty":            toStatus("Answered"),
		"pickupCallParty":            toStatus("Answered"),
		"holdCallParty":              toStatus("Hold"),
		"unholdCallParty":            toStatus("Answered"),
		"callParkParty":              park,
		"rejectParty":                leave("Rejected"),
		"ignoreCallInQueue":          ignore,
		"transferCallParty":          hand("BlindTransfer"),
		"forwardCallParty":           hand("CallerInputRedirect"),
		"bridgeCallParty":            toStatus("Answered"),
		"callFlipParty":              flip,
		"replyParty":                 leave("NoAnswer"),
		"superviseCallSession":       supervise,
		"superviseCallParty":         supervise,
		"createCallPartyWithBringIn": bringIn,
		"startCallRecording":         startRecording,
		"pauseResumeCallRecording":   pauseRecording,
	}
}

// call is the call that the path speaks of.
func (w *World) call(q *Request) *thing { return w.get(kindSession, q.param("telephonySessionId")) }

// toStatus brings a party into a state. Source of the states: the specification.
func toStatus(code string) action {
	return func(w *World, q *Request) (Reply, *Problem) {
		w.state(q, Object{"code": code, "rcc": true})
		return w.replyThing(q, q.thing), nil
	}
}

// state changes the party's state and tells of it.
func (w *World) state(q *Request, status Object) {
	q.thing.doc["status"] = status
	w.changed()
	w.tellOfSession(w.call(q), q.At)
}

func updateParty(w *World, q *Request) (Reply, *Problem) {
	party := object(q.body(), "party")
	if muted, ok := party["muted"].(bool); ok {
		q.thing.doc["muted"] = muted
	}
	if alone, ok := party["standAlone"].(bool); ok {
		q.thing.doc["standAlone"] = alone
	}
	w.state(q, object(q.thing.doc, "status"))
	return w.replyThing(q, q.thing), nil
}

// hangUp takes a party out of the call, which is over when fewer than two are left.
func hangUp(w *World, q *Request) (Reply, *Problem) {
	w.drops(q)
	return q.empty(), nil
}

func (w *World) drops(q *Request) {
	s := w.call(q)
	if len(w.parties(s)) <= 2 {
		w.finish(s, q.At)
		return
	}
	w.remove(q.thing, q.At)
	w.tellOfSession(s, q.At)
}

// leave ends the party's call for a reason.
func leave(reason string) action {
	return func(w *World, q *Request) (Reply, *Problem) {
		q.thing.doc["status"] = Object{"code": "Disconnected", "reason": reason, "rcc": true}
		r := q.empty()
		if q.answered() {
			r = w.replyThing(q, q.thing)
		}
		s := w.call(q)
		if reason == "Rejected" {
			s.doc["result"] = "Rejected"
		}
		w.finish(s, q.At)
		return r, nil
	}
}

// ignore leaves the call to the others.
func ignore(w *World, q *Request) (Reply, *Problem) {
	id, _ := scalar(q.body()["deviceId"])
	if w.get(kindDevice, id) == nil {
		return Reply{}, unknownInBody("deviceId", id)
	}
	w.drops(q)
	return q.empty(), nil
}

// park puts the call where anybody can pick it up.
func park(w *World, q *Request) (Reply, *Problem) {
	q.thing.doc["park"] = Object{"id": "*801"}
	w.state(q, Object{"code": "Parked", "reason": "CallPark", "parkData": "*801", "rcc": true})
	return w.replyThing(q, q.thing), nil
}

// hand gives the call to somebody else.
func hand(reason string) action {
	return func(w *World, q *Request) (Reply, *Problem) {
		body := q.body()
		code := "Gone"
		switch {
		case text(body, "voicemail") != "":
			if _, ok := w.member(text(body, "voicemail")); !ok {
				return Reply{}, unknownInBody("voicemail", text(body, "voicemail"))
			}
			code = "VoiceMail"
		case text(body, "parkOrbit") != "":
			code = "Parked"
		default:
			to, p := w.dialled(body, "body")
			if p != nil {
				return Reply{}, p
			}
			w.newParty(w.call(q), "Inbound", "Answered", partyOf(object(q.thing.doc, "from")), to, to.extension, q.At)
		}
		w.state(q, Object{"code": code, "reason": reason, "rcc": true})
		return w.replyThing(q, q.thing), nil
	}
}

// flip moves the call to another phone of the same person.
func flip(w *World, q *Request) (Reply, *Problem) {
	w.state(q, Object{"code": "Answered", "reason": "CallFlip", "rcc": true})
	return q.empty(), nil
}

// supervise lets somebody listen.
func supervise(w *World, q *Request) (Reply, *Problem) {
	body := q.body()
	id := text(body, "agentExtensionId")
	agent, ok := w.member(id)
	if short := text(body, "agentExtensionNumber"); short != "" {
		id = short
		agent, ok = w.memberByShort(short)
	}
	if !ok {
		return Reply{}, unknownInBody("agentExtensionId", id)
	}
	supervisor, _ := w.member(q.User)
	s := w.call(q)
	p := w.newParty(s, "Outbound", "Answered", supervisor, agent, supervisor.extension, q.At)
	p.doc["status"] = Object{"code": "Answered", "reason": "Supervising", "rcc": true}
	w.tellOfSession(s, q.At)
	return w.replyThing(q, p), nil
}

// bringIn takes a party of another call into this one.
func bringIn(w *World, q *Request) (Reply, *Problem) {
	id, session := text(q.body(), "partyId"), text(q.body(), "sessionId")
	other := w.get(kindSession, session)
	if other == nil {
		return Reply{}, unknownInBody("sessionId", session)
	}
	guest := w.get(kindParty, id, Param{"telephonySessionId", session})
	if guest == nil {
		return Reply{}, unknownInBody("partyId", id)
	}
	s := w.call(q)
	from, to := partyOf(object(guest.doc, "from")), partyOf(object(guest.doc, "to"))
	p := w.newParty(s, text(guest.doc, "direction"), "Answered", from, to, text(guest.doc, "extensionId"), q.At)
	p.doc["conferenceRole"] = "Participant"
	w.remove(guest, q.At)
	if len(w.parties(other)) < 1 {
		w.finish(other, q.At)
	}
	w.tellOfSession(s, q.At)
	return w.replyThing(q, p), nil
}

// startRecording records the call on demand.
func startRecording(w *World, q *Request) (Reply, *Problem) {
	in := []Param{{"telephonySessionId", q.param("telephonySessionId")}, {"partyId", q.thing.id}}
	if len(w.list(kindPartyRecording, in...)) > 0 {
		return Reply{}, refused(http.StatusConflict, "TAS-104", "Call is being recorded already")
	}
	t := w.add(&thing{kind: kindPartyRecording, id: w.newID(), in: in, doc: Object{"active": true, "mode": "OnDemand", "view": "Party"}}, q.At)
	return w.replyThing(q, t), nil
}

func pauseRecording(w *World, q *Request) (Reply, *Problem) {
	q.thing.doc["active"] = q.body()["active"]
	w.changed()
	return w.replyThing(q, q.thing), nil
}
