package calls

import (
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// presences is the domain of presence.
func presences() world.Domain {
	return world.Domain{
		Handlers: map[string]world.Handler{
			"readUserPresenceStatus":   readPresence,
			"updateUserPresenceStatus": updatePresence,
		},
		Lists: map[string]world.Lister{"readAccountPresence": listPresence},
	}
}

// presenceOf is what is known of an extension's presence: what it has set, and what follows from its calls.
func presenceOf(w *world.World, extension string, now time.Time) *world.Resource {
	const name = "presence of extensions"
	t := w.Get(name, extension)
	if t == nil {
		t = &world.Resource{Kind: name, ID: extension, Parents: []world.Param{world.NewParam("extensionId", extension)}}
		t.Doc = world.Object{
			"userStatus": "Available", "dndStatus": "TakeAllCalls", "allowSeeMyPresence": true, "callerIdVisibility": "All",
			"ringOnMonitoredCall": false, "pickUpCallsOnHold": false, "acceptCallQueueCalls": true,
			"meetingStatus": "Disconnected",
		}
		w.Add(t, now)
	}
	owner := w.Get(world.KindExtension, extension)
	t.Doc["uri"] = "/restapi/v1.0/account/" + w.Config.AccountID + "/extension/" + extension + "/presence"
	if owner != nil {
		t.Doc["extension"] = people.Reference(owner)
	}
	telephony, active := "NoCall", []world.Object{}
	for _, s := range w.All(kindSession) {
		for _, p := range parties(w, s) {
			if world.Text(p.Doc, "extensionId") != extension {
				continue
			}
			status := map[string]string{"Setup": "Ringing", "Proceeding": "Ringing", "Hold": "OnHold",
				"Parked": "ParkedCall"}[world.Text(world.Child(p.Doc, "status"), "code")]
			if status == "" {
				status = "CallConnected"
			}
			telephony = status
			active = append(active, world.Object{
				"id": p.ID, "direction": p.Doc["direction"], "from": world.Text(world.Child(p.Doc, "from"), "phoneNumber"),
				"to":              world.Text(world.Child(p.Doc, "to"), "phoneNumber"),
				"telephonyStatus": status, "telephonySessionId": s.ID, "partyId": p.ID, "startTime": s.Doc["creationTime"],
				"sessionId": sessionNumber(s), "sipData": sipData(s, p),
			})
		}
	}
	t.Doc["telephonyStatus"], t.Doc["aggregatedTelephonyStatus"], t.Doc["activeCalls"] = telephony, telephony, active
	t.Doc["presenceStatus"] = t.Doc["userStatus"]
	if telephony != "NoCall" && t.Doc["userStatus"] == "Available" || t.Doc["dndStatus"] == "DoNotAcceptAnyCalls" {
		t.Doc["presenceStatus"] = "Busy"
	}
	return t
}

// sipData identifies the call for a phone.
func sipData(s, p *world.Resource) world.Object {
	return world.Object{"callId": "call-" + s.ID, "toTag": "to-" + p.ID, "fromTag": "from-" + p.ID,
		"remoteUri": "sip:" + strings.TrimPrefix(world.Text(world.Child(p.Doc, "to"), "phoneNumber"), "+") + "@sip.example.com",
		"localUri": "sip:" + strings.TrimPrefix(world.Text(world.Child(p.Doc, "from"), "phoneNumber"), "+") +
			"@sip.example.com"}
}

func readPresence(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	settleCalls(w, q.At)
	return replyPresence(w, q), nil
}

func replyPresence(w *world.World, q *world.Request) world.Reply {
	return w.ReplyResource(q, presenceOf(w, q.Extension(), q.At))
}

func updatePresence(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	settleCalls(w, q.At)
	t := presenceOf(w, q.Extension(), q.At)
	w.Update(t, q.Object(), q.At)
	notifyPresence(w, q.Extension(), q.At)
	return replyPresence(w, q), nil
}

// listPresence is that of all users of the account.
func listPresence(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	settleCalls(w, q.At)
	var out []*world.Resource
	for _, e := range w.All(world.KindExtension) {
		if world.Text(e.Doc, "type") == "User" {
			out = append(out, presenceOf(w, e.ID, q.At))
		}
	}
	return out, nil
}

// notifyPresence notifies subscribers that the presence of an extension has changed.
func notifyPresence(w *world.World, extension string, at time.Time) {
	base := "/restapi/v1.0/account/" + w.Config.AccountID
	t := presenceOf(w, extension, at)
	body := world.Object{"extensionId": extension, "sequence": int(w.Revision())}
	for _, name := range []string{"telephonyStatus", "presenceStatus", "userStatus", "dndStatus", "activeCalls"} {
		body[name] = t.Doc[name]
	}
	onDemand := map[string]string{"detailedTelephonyState": "activeCalls", "sipData": "activeCalls.sipData"}
	w.NotifyOnDemand(at, base+"/extension/"+extension+"/presence", body, onDemand)
	w.NotifyOnDemand(at, base+"/presence", body, onDemand)
}
