package calls

import (
	"maps"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const (
	kindSession        = "telephony sessions"
	kindParty          = "parties"
	kindPartyRecording = "recordings of parties"
	sessionPath        = world.AccountPath + "/telephony/sessions"

	// sessionsMost is the maximum number of active calls. A further call ends the oldest.
	sessionsMost = 1000
)

// sessions is the domain of active calls. Scheduled changes are applied when a request reads the calls (see
// settleCalls), and are recorded with the time at which they were due.
func sessions() world.Domain {
	d := world.Domain{
		Kinds: map[string]string{
			sessionPath: kindSession,
			sessionPath + "/{telephonySessionId}/parties":                      kindParty,
			sessionPath + "/{telephonySessionId}/parties/{partyId}/recordings": kindPartyRecording,
		},
		Handlers: map[string]world.Handler{
			"readCallSessionStatus":       readSession,
			"deleteCallSession":           endSession,
			"createCallOutCallSession":    callOut,
			"createConferenceCallSession": conference,
		},
		Owned: []string{kindSession, kindParty, kindPartyRecording},
	}
	maps.Copy(d.Handlers, partyActions())
	return d
}

// newSession starts a call with an origin such as CallOut and without parties.
func newSession(w *world.World, origin string, at time.Time) *world.Resource {
	if all := w.All(kindSession); len(all) >= sessionsMost {
		finish(w, all[0], at)
	}
	t := &world.Resource{Kind: kindSession, ID: "s-" + newToken(w)}
	t.Doc = world.Object{"origin": world.Object{"type": origin}, "creationTime": at, "voiceCallToken": newToken(w)}
	return w.Add(t, at)
}

// newParty adds a party to a call. An empty extension means a party outside the account.
func newParty(w *world.World, s *world.Resource, direction, status string, from, to people.Party, extension string,
	at time.Time) *world.Resource {
	t := &world.Resource{Kind: kindParty, ID: "p-" + newToken(w),
		Parents: []world.Param{world.NewParam("telephonySessionId", s.ID)}}
	t.Doc = world.Object{
		"direction": direction, "from": onPhone(from), "to": onPhone(to), "muted": false, "standAlone": false,
		"status": world.Object{"code": status, "rcc": false}, "accountId": w.Config.AccountID,
	}
	if extension != "" {
		t.Doc["extensionId"] = extension
		t.Doc["owner"] = world.Object{"accountId": w.Config.AccountID, "extensionId": extension}
	}
	return w.Add(t, at)
}

// session returns the JSON representation of a call, with its parties.
func session(w *world.World, t *world.Resource) world.Object {
	doc := maps.Clone(t.Doc)
	all := []world.Object{}
	for _, p := range parties(w, t) {
		all = append(all, p.Doc)
	}
	doc["parties"] = all
	return doc
}

func parties(w *world.World, s *world.Resource) []*world.Resource {
	return w.List(kindParty, world.NewParam("telephonySessionId", s.ID))
}

func readSession(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if settleCalls(w, q.At); w.Get(kindSession, q.Resource.ID) == nil {
		return world.Reply{}, world.NotFound("telephonySessionId", q.Resource.ID)
	}
	return w.Reply(q, session(w, q.Resource), q.Resource.ID), nil
}

func endSession(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	finish(w, q.Resource, q.At)
	return q.Empty(), nil
}

// callOut calls a number from a device of the account. The call is answered at once and continues until it is ended
// by a request or at the limit sessionsMost.
func callOut(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	from, to := world.Child(q.Object(), "from"), world.Child(q.Object(), "to")
	device := w.Get(people.KindDevice, world.Text(from, "deviceId"))
	if device == nil {
		return world.Reply{}, world.NotFoundInBody("from.deviceId", world.Text(from, "deviceId"))
	}
	caller, _ := people.MemberOf(w, device.Parent("extensionId"))
	called, p := dialled(w, to, "to")
	if p != nil {
		return world.Reply{}, p
	}
	s := newSession(w, "CallOut", q.At)
	for _, t := range []*world.Resource{
		newParty(w, s, "Outbound", "Answered", caller, called, caller.Extension, q.At),
		newParty(w, s, "Inbound", "Answered", caller, called, called.Extension, q.At),
	} {
		world.Child(t.Doc, "from")["deviceId"] = device.ID
	}
	notifySession(w, s, q.At)
	return w.Reply(q, world.Object{"session": session(w, s)}, s.ID), nil
}

// dialled returns the party that a phone number, extension number or extension id in a request body identifies.
func dialled(w *world.World, o world.Object, name string) (people.Party, *world.Problem) {
	if short := world.Text(o, "extensionNumber"); short != "" {
		p, ok := people.MemberByShortNumber(w, short)
		if !ok {
			return p, world.NotFoundInBody(name+".extensionNumber", short)
		}
		return p, nil
	}
	if id := world.Text(o, "extensionId"); id != "" {
		p, ok := people.MemberOf(w, id)
		if !ok {
			return p, world.NotFoundInBody(name+".extensionId", id)
		}
		return p, nil
	}
	phone := people.E164(world.Text(o, "phoneNumber"))
	switch {
	case phone == "":
		return people.Party{}, world.Missing(name + ".phoneNumber")
	case !people.IsE164(phone):
		return people.Party{}, world.Invalid(name+".phoneNumber", phone)
	}
	return people.CallerOf(w, phone), nil
}

// conference starts a call that other parties can be added to.
func conference(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	host, ok := people.MemberOf(w, q.User)
	if !ok {
		return world.Reply{}, world.NotFound("extensionId", q.User)
	}
	s := newSession(w, "Conference", q.At)
	p := newParty(w, s, "Outbound", "Answered", host, host, host.Extension, q.At)
	p.Doc["conferenceRole"] = "Host"
	notifySession(w, s, q.At)
	return w.Reply(q, world.Object{"session": session(w, s)}, s.ID), nil
}

// finish ends a call: it removes all parties and adds the call to the log of each party's extension in the account.
func finish(w *world.World, s *world.Resource, at time.Time) {
	notifySession(w, s, at)
	began, _ := s.Doc["creationTime"].(time.Time)
	recorded := len(w.List(kindPartyRecording, world.NewParam("telephonySessionId", s.ID))) > 0
	for _, t := range parties(w, s) {
		id := world.Text(t.Doc, "extensionId")
		if w.Get(world.KindExtension, id) == nil {
			continue
		}
		c := past{
			extension: id, direction: world.Text(t.Doc, "direction"), from: partyOf(world.Child(t.Doc, "from")),
			to:     partyOf(world.Child(t.Doc, "to")),
			action: "Phone Call", result: "Accepted", began: began, lasted: at.Sub(began), session: s.ID, recorded: recorded,
		}
		if c.direction == "Outbound" {
			c.result = "Call connected"
		}
		switch world.Text(world.Child(t.Doc, "status"), "code") {
		case "Setup", "Proceeding":
			c.result, c.lasted = "Missed", 0
			if c.direction == "Outbound" {
				c.result = "No Answer"
			}
		case "VoiceMail":
			c.result = "Voicemail"
		}
		if active := w.Get(kindCall, activeID(t)); active != nil { // the record keeps its id
			w.Remove(active, at)
			c.id = active.ID
		}
		if result := world.Text(s.Doc, "result"); result != "" {
			c.result = result
		}
		if world.Text(world.Child(s.Doc, "origin"), "type") == "RingOut" {
			c.action = "RingOut Web"
		}
		log(w, c)
		if c.result == "Missed" {
			notifyMissed(w, c, at)
		}
	}
	w.Remove(s, at)
	w.RemoveUnder(world.NewParam("telephonySessionId", s.ID), at)
}

func partyOf(o world.Object) people.Party {
	return people.Party{Number: world.Text(o, "phoneNumber"), Extension: world.Text(o, "extensionId"),
		ShortNumber: world.Text(o, "extensionNumber"), Name: world.Text(o, "name")}
}

// settleCalls applies the scheduled changes that are due: it answers and ends calls.
func settleCalls(w *world.World, now time.Time) {
	var over []*world.Resource
	for _, s := range w.All(kindSession) {
		if answered, ok := s.Doc["answers"].(time.Time); ok && !now.Before(answered) {
			delete(s.Doc, "answers")
			for _, p := range parties(w, s) {
				if world.Text(world.Child(p.Doc, "status"), "code") == "Proceeding" {
					p.Doc["status"] = world.Object{"code": "Answered", "rcc": false}
				}
			}
			notifySession(w, s, answered)
			w.Invalidate()
		}
		if ends, ok := s.Doc["ends"].(time.Time); ok && !now.Before(ends) {
			over = append(over, s)
		}
	}
	for _, s := range over {
		ends, _ := s.Doc["ends"].(time.Time)
		finish(w, s, ends)
	}
}

// listActiveCalls returns the active calls in the format of the call log.
func listActiveCalls(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	settleCalls(w, q.At)
	var out []*world.Resource
	for _, s := range w.All(kindSession) {
		for _, p := range parties(w, s) {
			id := world.Text(p.Doc, "extensionId")
			if id == "" || q.Param("extensionId") != "" && q.Param("extensionId") != id {
				continue
			}
			if t := activeCall(w, s, p, q.At); matchesCall(t, q) {
				out = append(out, t)
			}
		}
	}
	return out, nil
}

// activeID is the id of the call-log record of a party, during the call and after it.
func activeID(party *world.Resource) string { return "Y3Ms" + party.ID[2:] }

// activeCall returns the record of a call in progress, which can be read by its address too.
func activeCall(w *world.World, s, p *world.Resource, at time.Time) *world.Resource {
	id, extension := activeID(p), world.Text(p.Doc, "extensionId")
	t := w.Get(kindCall, id)
	if t == nil {
		t = w.Add(&world.Resource{Kind: kindCall, ID: id, Parents: []world.Param{world.NewParam("extensionId", extension)}},
			at)
	}
	t.Doc = world.Object{
		"id": id, "uri": "/restapi/v1.0/account/" + w.Config.AccountID + "/extension/" + extension + "/call-log/" + id,
		"sessionId": sessionNumber(s), "telephonySessionId": s.ID, "partyId": p.ID,
		"startTime": s.Doc["creationTime"], "lastModifiedTime": at,
		"type": "Voice", "direction": p.Doc["direction"], "action": "Phone Call", "result": "In Progress",
		"from": p.Doc["from"], "to": p.Doc["to"],
		"transport": "PSTN", "internalType": "Local", "finished": false,
		"duration": int(at.Sub(s.Created) / time.Second), "durationMs": int(at.Sub(s.Created) / time.Millisecond),
	}
	if owner := w.Get(world.KindExtension, extension); owner != nil {
		t.Doc["extension"] = world.Object{"id": extension, "uri": owner.Doc["uri"]}
	}
	t.Doc["legs"], t.Doc["billing"] = legs(t.Doc), noCost()
	return t
}

// sessionNumber is the older id of a session, a number.
func sessionNumber(s *world.Resource) string { return s.ID[len(s.ID)-12 : len(s.ID)-2] }

// notifySession notifies the subscribers of each extension in the call, and those of the account. The body is the
// session with all its parties.
func notifySession(w *world.World, s *world.Resource, at time.Time) {
	base := "/restapi/v1.0/account/" + w.Config.AccountID
	body := world.Object{"telephonySessionId": s.ID, "sessionId": s.ID, "serverId": "emulator", "eventTime": at,
		"origin": s.Doc["origin"], "parties": session(w, s)["parties"]}
	notified := map[string]bool{}
	for _, p := range parties(w, s) {
		id := world.Text(p.Doc, "extensionId")
		if id == "" || notified[id] {
			continue
		}
		notified[id] = true
		direction := world.NewParam("direction", world.Text(p.Doc, "direction"))
		w.Notify(at, base+"/extension/"+id+"/telephony/sessions", body, direction)
		notifyPresence(w, id, at)
	}
	w.Notify(at, base+"/telephony/sessions", body)
}

// notifyMissed notifies subscribers of a missed call.
func notifyMissed(w *world.World, c past, at time.Time) {
	w.Notify(at, "/restapi/v1.0/account/"+w.Config.AccountID+"/extension/"+c.extension+"/missed-calls", world.Object{
		"extensionId": c.extension, "telephonySessionId": c.session, "startTime": c.began, "from": onPhone(c.from),
		"to": onPhone(c.to), "action": "Missed",
	})
}
