package calls

import (
	"maps"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Timeline of a RingOut call, from its start: the caller answers, the callee answers, the call ends.
const (
	ringOutCaller = 3 * time.Second
	ringOutCallee = 6 * time.Second
	ringOutEnds   = time.Minute
)

const kindRingOut = world.ExtensionPath + "/ring-out"

// ringOuts is the domain of RingOut calls, which the platform places on behalf of a user.
func ringOuts() world.Domain {
	return world.Domain{
		Handlers: map[string]world.Handler{
			"createRingOutCall":     ringOut,
			"readRingOutCallStatus": readRingOut,
			"deleteRingOutCall":     cancelRingOut,
		},
		Owned: []string{kindRingOut},
	}
}

// ringOut calls both parties: first the caller, then the callee.
func ringOut(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	settleCalls(w, q.At)
	from, p := ringOutFrom(w, q)
	if p != nil {
		return world.Reply{}, p
	}
	to, p := dialled(w, world.Child(q.Object(), "to"), "to")
	if p != nil {
		return world.Reply{}, p
	}
	me := q.Extension()
	s := newSession(w, "RingOut", q.At)
	s.Doc["answers"], s.Doc["ends"] = q.At.Add(ringOutCallee), q.At.Add(ringOutEnds)
	newParty(w, s, "Outbound", "Proceeding", from, to, me, q.At).Doc["ringOutRole"] = "Initiator"
	other := ""
	if to.Extension != me {
		other = to.Extension
	}
	newParty(w, s, "Inbound", "Proceeding", from, to, other, q.At).Doc["ringOutRole"] = "Target"
	t := w.NewResource(q)
	t.Doc = world.Object{"uri": q.Path + "/" + t.ID, "session": s.ID}
	w.Add(t, q.At)
	notifySession(w, s, q.At)
	return replyRingOut(w, q, t), nil
}

// ringOutFrom is who is called first: the number of the request, one of the user's forwarding numbers by its id, or
// else the user's own. Source: guide, RingOut, which has from as optional.
func ringOutFrom(w *world.World, q *world.Request) (people.Party, *world.Problem) {
	given := world.Child(q.Object(), "from")
	id := world.Text(given, "forwardingNumberId")
	switch {
	case given == nil:
		self, ok := people.MemberOf(w, q.Extension())
		if !ok || self.Number == "" {
			return self, world.Missing("from.phoneNumber")
		}
		return self, nil
	case id == "" || world.Text(given, "phoneNumber") != "":
		return dialled(w, given, "from")
	}
	number := w.Find(world.ExtensionPath+"/forwarding-number", id, q.Params)
	if number == nil {
		return people.Party{}, world.NotFoundInBody("from.forwardingNumberId", id)
	}
	return people.CallerOf(w, world.Text(number.Doc, "phoneNumber")), nil
}

func readRingOut(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	settleCalls(w, q.At)
	return replyRingOut(w, q, q.Resource), nil
}

// replyRingOut replies with the current status of the call.
func replyRingOut(w *world.World, q *world.Request, t *world.Resource) world.Reply {
	status := world.Object{"callStatus": "InProgress", "callerStatus": "InProgress", "calleeStatus": "InProgress"}
	switch since := q.At.Sub(t.Created); {
	case w.Get(kindSession, world.Text(t.Doc, "session")) == nil:
		status = world.Object{"callStatus": "Finished", "callerStatus": "Finished", "calleeStatus": "Finished"}
	case since >= ringOutCallee:
		status = world.Object{"callStatus": "Success", "callerStatus": "Success", "calleeStatus": "Success"}
	case since >= ringOutCaller:
		status["callerStatus"] = "Success"
	}
	doc := maps.Clone(t.Doc)
	doc["status"] = status
	return w.Reply(q, doc, t.ID)
}

// cancelRingOut ends the call unless both parties have already answered.
func cancelRingOut(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	settleCalls(w, q.At)
	if s := w.Get(kindSession, world.Text(q.Resource.Doc, "session")); s != nil {
		if q.At.Sub(q.Resource.Created) < ringOutCallee {
			s.Doc["result"] = "Stopped"
			finish(w, s, q.At)
		}
	}
	w.Remove(q.Resource, q.At)
	return q.Empty(), nil
}
