package calls

import (
	"net/http"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// partyActions is what can be done to one who is in a call.
// problemRecording refuses to start a second recording of the same party.
var problemRecording = world.DefineProblem(http.StatusConflict, "TAS-104", "Call is being recorded already")

func partyActions() map[string]world.Handler {
	return map[string]world.Handler{
		"readCallPartyStatus":        world.HandleRead,
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

// sessionOf is the call that the path speaks of.
func sessionOf(w *world.World, q *world.Request) *world.Resource {
	return w.Get(kindSession, q.Param("telephonySessionId"))
}

// toStatus brings a party into a state. Source of the states: the specification.
func toStatus(code string) world.Handler {
	return func(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
		state(w, q, world.Object{"code": code, "rcc": true})
		return w.ReplyResource(q, q.Resource), nil
	}
}

// state changes the party's status and notifies subscribers.
func state(w *world.World, q *world.Request, status world.Object) {
	q.Resource.Doc["status"] = status
	w.Invalidate()
	notifySession(w, sessionOf(w, q), q.At)
}

func updateParty(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	party := world.Child(q.Object(), "party")
	if muted, ok := party["muted"].(bool); ok {
		q.Resource.Doc["muted"] = muted
	}
	if alone, ok := party["standAlone"].(bool); ok {
		q.Resource.Doc["standAlone"] = alone
	}
	state(w, q, world.Child(q.Resource.Doc, "status"))
	return w.ReplyResource(q, q.Resource), nil
}

// hangUp takes a party out of the call, which is over when fewer than two are left.
func hangUp(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	drops(w, q)
	return q.Empty(), nil
}

func drops(w *world.World, q *world.Request) {
	s := sessionOf(w, q)
	if len(parties(w, s)) <= 2 {
		finish(w, s, q.At)
		return
	}
	w.Remove(q.Resource, q.At)
	notifySession(w, s, q.At)
}

// leave ends the party's call for a reason.
func leave(reason string) world.Handler {
	return func(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
		q.Resource.Doc["status"] = world.Object{"code": "Disconnected", "reason": reason, "rcc": true}
		r := q.Empty()
		if q.HasAnswer() {
			r = w.ReplyResource(q, q.Resource)
		}
		s := sessionOf(w, q)
		if reason == "Rejected" {
			s.Doc["result"] = "Rejected"
		}
		finish(w, s, q.At)
		return r, nil
	}
}

// ignore leaves the call to the others.
func ignore(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	id, _ := world.Scalar(q.Object()["deviceId"])
	if w.Get(people.KindDevice, id) == nil {
		return world.Reply{}, world.NotFoundInBody("deviceId", id)
	}
	drops(w, q)
	return q.Empty(), nil
}

// park puts the call where anybody can pick it up.
func park(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	q.Resource.Doc["park"] = world.Object{"id": "*801"}
	state(w, q, world.Object{"code": "Parked", "reason": "CallPark", "parkData": "*801", "rcc": true})
	return w.ReplyResource(q, q.Resource), nil
}

// hand passes the call on, for example to another party, voicemail or a park orbit.
func hand(reason string) world.Handler {
	return func(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
		body := q.Object()
		code := "Gone"
		switch {
		case world.Text(body, "voicemail") != "":
			if _, ok := people.MemberOf(w, world.Text(body, "voicemail")); !ok {
				return world.Reply{}, world.NotFoundInBody("voicemail", world.Text(body, "voicemail"))
			}
			code = "VoiceMail"
		case world.Text(body, "parkOrbit") != "":
			code = "Parked"
		default:
			to, p := dialled(w, body, "body")
			if p != nil {
				return world.Reply{}, p
			}
			newParty(w, sessionOf(w, q), "Inbound", "Answered", partyOf(world.Child(q.Resource.Doc, "from")), to, to.Extension,
				q.At)
		}
		state(w, q, world.Object{"code": code, "reason": reason, "rcc": true})
		return w.ReplyResource(q, q.Resource), nil
	}
}

// flip moves the call to another phone of the same person.
func flip(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	state(w, q, world.Object{"code": "Answered", "reason": "CallFlip", "rcc": true})
	return q.Empty(), nil
}

// supervise adds a supervisor who listens to the call.
func supervise(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	body := q.Object()
	id := world.Text(body, "agentExtensionId")
	agent, ok := people.MemberOf(w, id)
	if short := world.Text(body, "agentExtensionNumber"); short != "" {
		id = short
		agent, ok = people.MemberByShortNumber(w, short)
	}
	if !ok {
		return world.Reply{}, world.NotFoundInBody("agentExtensionId", id)
	}
	supervisor, _ := people.MemberOf(w, q.User)
	s := sessionOf(w, q)
	p := newParty(w, s, "Outbound", "Answered", supervisor, agent, supervisor.Extension, q.At)
	p.Doc["status"] = world.Object{"code": "Answered", "reason": "Supervising", "rcc": true}
	notifySession(w, s, q.At)
	return w.ReplyResource(q, p), nil
}

// bringIn takes a party of another call into this one.
func bringIn(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	id, session := world.Text(q.Object(), "partyId"), world.Text(q.Object(), "sessionId")
	other := w.Get(kindSession, session)
	if other == nil {
		return world.Reply{}, world.NotFoundInBody("sessionId", session)
	}
	guest := w.Get(kindParty, id, world.NewParam("telephonySessionId", session))
	if guest == nil {
		return world.Reply{}, world.NotFoundInBody("partyId", id)
	}
	s := sessionOf(w, q)
	from, to := partyOf(world.Child(guest.Doc, "from")), partyOf(world.Child(guest.Doc, "to"))
	p := newParty(w, s, world.Text(guest.Doc, "direction"), "Answered", from, to, world.Text(guest.Doc, "extensionId"),
		q.At)
	p.Doc["conferenceRole"] = "Participant"
	w.Remove(guest, q.At)
	if len(parties(w, other)) < 1 {
		finish(w, other, q.At)
	}
	notifySession(w, s, q.At)
	return w.ReplyResource(q, p), nil
}

// startRecording records the call on demand.
func startRecording(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	in := []world.Param{world.NewParam("telephonySessionId", q.Param("telephonySessionId")),
		world.NewParam("partyId", q.Resource.ID)}
	if len(w.List(kindPartyRecording, in...)) > 0 {
		return world.Reply{}, problemRecording.New()
	}
	t := w.Add(&world.Resource{Kind: kindPartyRecording, ID: w.NewID(), Parents: in,
		Doc: world.Object{"active": true, "mode": "OnDemand", "view": "Party"}}, q.At)
	return w.ReplyResource(q, t), nil
}

func pauseRecording(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	q.Resource.Doc["active"] = q.Object()["active"]
	w.Invalidate()
	return w.ReplyResource(q, q.Resource), nil
}
