package world

import (
	"net/http"
	"slices"
	"time"
)

const (
	registrationPath = "/webinar/registration/v1/sessions"
	kindRegistrant   = "registrants of webinars"
)

// registrants is the part of the world about who wants to come to a webinar, as invitees or as registrants.
func registrants() domain {
	return domain{
		kinds:   map[string]string{registrationPath + "/{sessionId}/registrants": kindRegistrant},
		created: map[string]func(*World, *Request, *thing) *Problem{"rcwRegCreateRegistrant": createdRegistrant},
		actions: map[string]action{
			"rcwRegDeleteRegistrant": removeRegistrant,
			"rcwRegListRegistrants":  listRegistrants,
			"rcwRegGetRegistrant":    readRegistrant,
		},
		own: []string{kindRegistrant},
	}
}

// keepRegistration keeps out of a change of the registration what it does not decide.
func keepRegistration(members Object) {
	for _, name := range []string{"id", "registrantCount", "hasRealRegistrants", "postWebinarRegistrantCount", "status"} {
		delete(members, name)
	}
}

func createdRegistrant(w *World, q *Request, t *thing) *Problem {
	session := w.get(kindWebSession, q.param("sessionId"))
	if session.doc["registrationStatus"] == "Closed" {
		return notNow("Registration of session " + session.id + " is closed")
	}
	for _, o := range w.list(kindRegistrant, t.in...) {
		if text(o.doc, "email") == text(t.doc, "email") {
			return problem(http.StatusBadRequest, "CMN-406", "Parameter [email] value is already in use",
				Attribute{"parameterName", "email"}, Attribute{"parameterValue", text(t.doc, "email")})
		}
	}
	t.doc["registrationTime"] = q.At
	t.doc["joinUri"], t.doc["cancellationUri"] = "https://v.example.com/join/"+t.id, "https://v.example.com/cancel/"+t.id
	w.countRegistrants(session, 1, q.At)
	return nil
}

func (w *World) countRegistrants(session *thing, by int, at time.Time) {
	n := len(w.list(kindRegistrant, Param{"sessionId", session.id})) + by
	w.update(session, Object{"registrantCount": n, "hasRealRegistrants": n > 0}, at)
}

func removeRegistrant(w *World, q *Request) (Reply, *Problem) {
	session := w.get(kindWebSession, q.param("sessionId"))
	if session.doc["status"] == sessionFinished {
		return Reply{}, notNow("Session " + session.id + " is finished")
	}
	r, p := remove(w, q)
	w.countRegistrants(session, 0, q.At)
	return r, p
}

// listRegistrants and readRegistrant tell the answers to the questionnaire when they are asked for.
func listRegistrants(w *World, q *Request) (Reply, *Problem) {
	var out []*thing
	for _, t := range w.list(kindRegistrant, q.places()...) {
		out = append(out, t.registrant(q))
	}
	return w.replyThings(q, out)
}

func readRegistrant(w *World, q *Request) (Reply, *Problem) {
	return w.replyThing(q, q.thing.registrant(q)), nil
}

func (t *thing) registrant(q *Request) *thing {
	doc := Object{}
	merge(doc, t.doc)
	if q.Query.Get("includeQuestionnaire") != "true" {
		delete(doc, "questionnaire")
	}
	return &thing{kind: t.kind, id: t.id, in: t.in, doc: doc}
}

// updateInvitees adds, changes and removes invitees at once. Everybody is looked up before anything is done.
func updateInvitees(w *World, q *Request) (Reply, *Problem) {
	if p := stillScheduled(w.get(kindWebSession, q.param("sessionId"))); p != nil {
		return Reply{}, p
	}
	body := q.body()
	for _, name := range []string{"updatedInvitees", "deletedInvitees"} {
		for _, o := range objects(body, name) {
			id, _ := scalar(o["id"])
			t := w.get(kindInvitee, id, q.places()...)
			if t == nil {
				return Reply{}, unknownInBody(name+".id", id)
			}
			if name == "deletedInvitees" && t.doc["role"] == "Host" {
				return Reply{}, notNow("The host cannot be removed")
			}
		}
	}
	answer := Object{"addedInvitees": []Object{}, "updatedInvitees": []Object{}, "deletedInvitees": []Object{}}
	note := func(name string, o Object) { answer[name] = append(answer[name].([]Object), o) }
	for _, o := range objects(body, "addedInvitees") {
		t := &thing{kind: kindInvitee, id: w.newID(), in: slices.Clone(q.places()), doc: Object{"type": "User", "sendInvite": true, "joined": false}}
		merge(t.doc, o)
		t.doc["originalRole"], t.doc["creationTime"], t.doc["lastModifiedTime"] = t.doc["role"], q.At, q.At
		t.doc["joinUri"] = "https://v.example.com/join/" + t.id
		note("addedInvitees", w.add(t, q.At).doc)
	}
	for _, o := range objects(body, "updatedInvitees") {
		id, _ := scalar(o["id"])
		t := w.get(kindInvitee, id, q.places()...)
		members := picked(o, "firstName", "lastName", "email", "jobTitle", "role", "type", "sendInvite")
		members["lastModifiedTime"] = q.At
		w.update(t, members, q.At)
		note("updatedInvitees", t.doc)
	}
	for _, o := range objects(body, "deletedInvitees") {
		id, _ := scalar(o["id"])
		if t := w.get(kindInvitee, id, q.places()...); t != nil {
			w.remove(t, q.At)
			note("deletedInvitees", Object{"id": id})
		}
	}
	return w.reply(q, answer, q.Path), nil
}

func removeInvitee(w *World, q *Request) (Reply, *Problem) {
	if q.thing.doc["role"] == "Host" {
		return Reply{}, notNow("The host cannot be removed")
	}
	if p := stillScheduled(w.get(kindWebSession, q.param("sessionId"))); p != nil {
		return Reply{}, p
	}
	return remove(w, q)
}
