package meetings

import (
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const (
	registrationPath = "/webinar/registration/v1/sessions"
	kindRegistrant   = "registrants of webinars"
)

// registrants is the domain of the invitees and registrants of webinars.
func registrants() world.Domain {
	return world.Domain{
		Kinds:    map[string]string{registrationPath + "/{sessionId}/registrants": kindRegistrant},
		OnCreate: map[string]world.CreateHook{"rcwRegCreateRegistrant": createdRegistrant},
		Handlers: map[string]world.Handler{
			"rcwRegDeleteRegistrant": removeRegistrant,
		},
		Owned: []string{kindRegistrant},
	}
}

// keepRegistration keeps out of a change of the registration what it does not decide.
func keepRegistration(members world.Object) {
	for _, name := range []string{"id", "registrantCount", "hasRealRegistrants", "postWebinarRegistrantCount", "status"} {
		delete(members, name)
	}
}

func createdRegistrant(w *world.World, q *world.Request, t *world.Resource) *world.Problem {
	session := w.Get(kindWebSession, q.Param("sessionId"))
	if session.Doc["registrationStatus"] == "Closed" {
		return world.NotAllowedNow("Registration of session " + session.ID + " is closed")
	}
	for _, o := range w.List(kindRegistrant, t.Parents...) {
		if world.Text(o.Doc, "email") == world.Text(t.Doc, "email") {
			return world.InUse("email", world.Text(t.Doc, "email"))
		}
	}
	t.Doc["registrationTime"] = q.At
	t.Doc["joinUri"], t.Doc["cancellationUri"] = "https://v.example.com/join/"+t.ID, "https://v.example.com/cancel/"+t.ID
	countRegistrants(w, session, 1, q.At)
	return nil
}

func countRegistrants(w *world.World, session *world.Resource, by int, at time.Time) {
	n := len(w.List(kindRegistrant, world.NewParam("sessionId", session.ID))) + by
	w.Update(session, world.Object{"registrantCount": n, "hasRealRegistrants": n > 0}, at)
}

func removeRegistrant(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	session := w.Get(kindWebSession, q.Param("sessionId"))
	if session.Doc["status"] == sessionFinished {
		return world.Reply{}, world.NotAllowedNow("Session " + session.ID + " is finished")
	}
	r, p := world.HandleRemove(w, q)
	countRegistrants(w, session, 0, q.At)
	return r, p
}

// updateInvitees adds, changes and removes invitees at once. Everybody is looked up before anything is done.
func updateInvitees(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if p := stillScheduled(w.Get(kindWebSession, q.Param("sessionId"))); p != nil {
		return world.Reply{}, p
	}
	body := q.Object()
	for _, name := range []string{"updatedInvitees", "deletedInvitees"} {
		for _, o := range world.Children(body, name) {
			id, _ := world.Scalar(o["id"])
			t := w.Get(kindInvitee, id, q.Parents()...)
			if t == nil {
				return world.Reply{}, world.NotFoundInBody(name+".id", id)
			}
			if name == "deletedInvitees" && t.Doc["role"] == "Host" {
				return world.Reply{}, world.NotAllowedNow("The host cannot be removed")
			}
		}
	}
	answer := world.Object{"addedInvitees": []world.Object{}, "updatedInvitees": []world.Object{},
		"deletedInvitees": []world.Object{}}
	note := func(name string, o world.Object) { answer[name] = append(answer[name].([]world.Object), o) }
	for _, o := range world.Children(body, "addedInvitees") {
		t := &world.Resource{Kind: kindInvitee, ID: w.NewID(), Parents: slices.Clone(q.Parents()),
			Doc: world.Object{"type": "User", "sendInvite": true, "joined": false}}
		world.Merge(t.Doc, o)
		t.Doc["originalRole"], t.Doc["creationTime"], t.Doc["lastModifiedTime"] = t.Doc["role"], q.At, q.At
		t.Doc["joinUri"] = "https://v.example.com/join/" + t.ID
		note("addedInvitees", w.Add(t, q.At).Doc)
	}
	for _, o := range world.Children(body, "updatedInvitees") {
		id, _ := world.Scalar(o["id"])
		t := w.Get(kindInvitee, id, q.Parents()...)
		members := world.Pick(o, "firstName", "lastName", "email", "jobTitle", "role", "type", "sendInvite")
		members["lastModifiedTime"] = q.At
		w.Update(t, members, q.At)
		note("updatedInvitees", t.Doc)
	}
	for _, o := range world.Children(body, "deletedInvitees") {
		id, _ := world.Scalar(o["id"])
		if t := w.Get(kindInvitee, id, q.Parents()...); t != nil {
			w.Remove(t, q.At)
			note("deletedInvitees", world.Object{"id": id})
		}
	}
	return w.Reply(q, answer, q.Path), nil
}

func removeInvitee(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if q.Resource.Doc["role"] == "Host" {
		return world.Reply{}, world.NotAllowedNow("The host cannot be removed")
	}
	if p := stillScheduled(w.Get(kindWebSession, q.Param("sessionId"))); p != nil {
		return world.Reply{}, p
	}
	return world.HandleRemove(w, q)
}
