package world

import (
	"maps"
	"time"
)

// How a ring-out goes: the caller takes the phone, then the one called does, then they talk.
const (
	ringOutCaller = 3 * time.Second
	ringOutCallee = 6 * time.Second
	ringOutEnds   = time.Minute
)

const kindRingOut = extensionPath + "/ring-out"

// ringOuts is the part of the world about calls that the platform makes for somebody.
func ringOuts() domain {
	return domain{
		actions: map[string]action{
			"createRingOutCall":     ringOut,
			"readRingOutCallStatus": readRingOut,
			"deleteRingOutCall":     cancelRingOut,
		},
		own: []string{kindRingOut},
	}
}

// ringOut calls both ends: first the caller's phone, then the other's.
func ringOut(w *World, q *Request) (Reply, *Problem) {
	w.settleCalls(q.At)
	from, p := w.dialled(object(q.body(), "from"), "from")
	if id := text(object(q.body(), "from"), "forwardingNumberId"); id != "" && p != nil {
		number := w.look(extensionPath+"/forwarding-number", id, q.Params)
		if number == nil {
			return Reply{}, unknownInBody("from.forwardingNumberId", id)
		}
		from, p = w.caller(text(number.doc, "phoneNumber")), nil
	}
	if p != nil {
		return Reply{}, p
	}
	to, p := w.dialled(object(q.body(), "to"), "to")
	if p != nil {
		return Reply{}, p
	}
	me := q.extension()
	s := w.newSession("RingOut", q.At)
	s.doc["answers"], s.doc["ends"] = q.At.Add(ringOutCallee), q.At.Add(ringOutEnds)
	w.newParty(s, "Outbound", "Proceeding", from, to, me, q.At).doc["ringOutRole"] = "Initiator"
	other := ""
	if to.extension != me {
		other = to.extension
	}
	w.newParty(s, "Inbound", "Proceeding", from, to, other, q.At).doc["ringOutRole"] = "Target"
	t := w.newThing(q)
	t.doc = Object{"uri": q.Path + "/" + t.id, "session": s.id}
	w.add(t, q.At)
	w.tellOfSession(s, q.At)
	return w.replyRingOut(q, t), nil
}

func readRingOut(w *World, q *Request) (Reply, *Problem) {
	w.settleCalls(q.At)
	return w.replyRingOut(q, q.thing), nil
}

// replyRingOut tells how far the call has come.
func (w *World) replyRingOut(q *Request, t *thing) Reply {
	status := Object{"callStatus": "InProgress", "callerStatus": "InProgress", "calleeStatus": "InProgress"}
	switch since := q.At.Sub(t.made); {
	case w.get(kindSession, text(t.doc, "session")) == nil:
		status = Object{"callStatus": "Finished", "callerStatus": "Finished", "calleeStatus": "Finished"}
	case since >= ringOutCallee:
		status = Object{"callStatus": "Success", "callerStatus": "Success", "calleeStatus": "Success"}
	case since >= ringOutCaller:
		status["callerStatus"] = "Success"
	}
	doc := maps.Clone(t.doc)
	doc["status"] = status
	return w.reply(q, doc, t.id)
}

// cancelRingOut ends the call if they do not talk yet.
func cancelRingOut(w *World, q *Request) (Reply, *Problem) {
	w.settleCalls(q.At)
	if s := w.get(kindSession, text(q.thing.doc, "session")); s != nil {
		if q.At.Sub(q.thing.made) < ringOutCallee {
			s.doc["result"] = "Stopped"
			w.finish(s, q.At)
		}
	}
	w.remove(q.thing, q.At)
	return q.empty(), nil
}
