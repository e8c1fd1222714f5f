package calls

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func results(list world.Object) []string {
	var out []string
	for _, r := range world.Children(list, "records") {
		out = append(out, world.Text(r, "result"))
	}
	return out
}

func TestCallLog(t *testing.T) {
	s := newScene(t)
	log := worldtest.ExtensionPath + "/call-log"
	assert.Equal(t, []string{"Call connected", "Missed", "Accepted"}, results(s.Call("GET "+log).OK()), "the latest first")
	assert.Equal(t, []string{"Call connected"}, results(s.Call("GET "+log+"?direction=Outbound").OK()))
	assert.Equal(t, []string{"Accepted"}, results(s.Call("GET "+log+"?recordingType=All").OK()))
	assert.Equal(t, []string{"Accepted"}, results(s.Call("GET "+log+"?phoneNumber=16505550200").OK()))
	assert.Empty(t, results(s.Call("GET "+log+"?dateTo=2026-11-24T01:00:00Z").OK()))
	assert.Len(t, results(s.Call("GET "+worldtest.AccountPath+"/call-log").OK()), 3)
	assert.Empty(t, results(s.Call("GET "+worldtest.AccountPath+"/extension/"+worldtest.OtherUser+"/call-log").OK()))
	assert.Equal(t, "CMN-101", s.Call("GET "+log+"?dateFrom=yesterday").Code())
	assert.Equal(t, "CMN-101", s.Call("GET "+log+"?direction=Sideways").Code())
	s.At = s.At.Add(25 * time.Hour)
	assert.Empty(t, results(s.Call("GET "+log).OK()), "a day is all that is listed unasked")
	assert.Len(t, results(s.Call("GET "+log+"?dateFrom=2026-11-01T00:00:00Z").OK()), 3)

	id := worldtest.Values(s.Call("GET "+log+"?dateFrom=2026-11-01T00:00:00Z&recordingType=All").OK(), "records")[0]
	record := s.Call("GET " + log + "/" + id).OK()
	recording, _ := world.Scalar(world.Child(record, "recording")["id"])
	assert.Equal(t, "audio/mpeg", s.Call("GET " + worldtest.AccountPath + "/recording/" + recording).OK()["contentType"])
	got := s.Send("GET "+worldtest.AccountPath+"/recording/"+recording+"/content", &world.Request{Range: "bytes=0-3"})
	assert.Equal(t, 206, got.Status)
	assert.Len(t, got.Reply.Body, 4)
	assert.Equal(t, 204, s.Call("DELETE "+worldtest.AccountPath+"/call-recordings",
		`{"records":["`+recording+`"]}`).Status)
	assert.Nil(t, s.Call("GET " + log + "/" + id).OK()["recording"])

	assert.Equal(t, 204, s.Call("DELETE "+log).Status)
	assert.Equal(t, "CMN-102", s.Call("GET "+log+"/"+id).Code())
}

func TestRingOut(t *testing.T) {
	s := newScene(t)
	path := worldtest.ExtensionPath + "/ring-out"
	made := s.Call("POST "+path, `{"from":{"phoneNumber":"+16505550101"},"to":{"phoneNumber":"+16505550102"}}`).OK()
	id := world.Text(made, "id")
	status := func() string {
		o := world.Child(s.Call("GET "+path+"/"+id).OK(), "status")
		return world.Text(o, "callerStatus") + " " + world.Text(o, "calleeStatus")
	}
	assert.Equal(t, "InProgress InProgress", status())
	assert.Len(t, world.Children(s.Call("GET "+worldtest.ExtensionPath+"/active-calls").OK(), "records"), 1)
	assert.Equal(t, "Ringing", s.Call("GET " + worldtest.ExtensionPath + "/presence").OK()["telephonyStatus"])
	s.At = s.At.Add(ringOutCaller)
	assert.Equal(t, "Success InProgress", status())
	s.At = s.At.Add(ringOutCallee - ringOutCaller)
	assert.Equal(t, "Success Success", status())
	assert.Equal(t, "Busy", s.Call("GET " + worldtest.ExtensionPath + "/presence").OK()["presenceStatus"])
	s.At = s.At.Add(ringOutEnds)
	assert.Equal(t, "Finished Finished", status())
	assert.Equal(t, "Available", s.Call("GET " + worldtest.ExtensionPath + "/presence").OK()["presenceStatus"])
	assert.Empty(t, world.Children(s.Call("GET "+worldtest.ExtensionPath+"/active-calls").OK(), "records"))
	last := world.Children(s.Call("GET "+worldtest.ExtensionPath+"/call-log").OK(), "records")[0]
	assert.Equal(t, "RingOut Web", last["action"])
	assert.EqualValues(t, 60, last["duration"])
	assert.Len(t, world.Children(s.Call("GET "+worldtest.AccountPath+"/extension/"+worldtest.OtherUser+"/call-log").OK(),
		"records"), 1, "who was called has it too")
	assert.Equal(t, 204, s.Call("DELETE "+path+"/"+id).Status)
	assert.Equal(t, "CMN-102", s.Call("GET "+path+"/"+id).Code())

	assert.Equal(t, "CMN-101",
		s.Call("POST "+path, `{"from":{"phoneNumber":"+16505550101"},"to":{"phoneNumber":"x"}}`).Code())
	assert.Equal(t, "CMN-100", s.Call("POST "+path, `{"from":{"phoneNumber":"+16505550101"}}`).Code())
}

func TestRingOutIsCancelled(t *testing.T) {
	s := newScene(t)
	path := worldtest.ExtensionPath + "/ring-out"
	id := world.Text(s.Call("POST "+path,
		`{"from":{"phoneNumber":"+16505550101"},"to":{"phoneNumber":"+16505550300"}}`).OK(), "id")
	s.At = s.At.Add(time.Second)
	s.Call("DELETE " + path + "/" + id).OK()
	assert.Equal(t, "Stopped", results(s.Call("GET " + worldtest.ExtensionPath + "/call-log").OK())[0])
}

func TestCallOut(t *testing.T) {
	s := newScene(t)
	device := worldtest.Values(s.Call("GET "+worldtest.ExtensionPath+"/device").OK(), "records")[0]
	made := world.Child(s.Call("POST "+worldtest.AccountPath+"/telephony/call-out",
		`{"from":{"deviceId":"`+device+`"},"to":{"phoneNumber":"+16505550300"}}`).OK(), "session")
	session := worldtest.AccountPath + "/telephony/sessions/" + world.Text(made, "id")
	parties := world.Children(s.Call("GET "+session).OK(), "parties")
	require.Len(t, parties, 2)
	assert.Equal(t, device, world.Text(world.Child(parties[0], "from"), "deviceId"))
	active := world.Children(s.Call("GET "+worldtest.ExtensionPath+"/active-calls").OK(), "records")[0]
	assert.Subset(t, slices.Collect(maps.Keys(active)), []string{"extension", "internalType", "durationMs"})
	party := session + "/parties/" + world.Text(parties[0], "id")
	code := func() string { return world.Text(world.Child(s.Call("GET "+party).OK(), "status"), "code") }
	assert.Equal(t, "Answered", code())
	s.Call("POST " + party + "/hold").OK()
	assert.Equal(t, "Hold", code())
	assert.Equal(t, "OnHold", s.Call("GET " + worldtest.ExtensionPath + "/presence").OK()["telephonyStatus"])
	s.Call("POST " + party + "/unhold").OK()
	assert.Equal(t, true, s.Call("PATCH "+party, `{"party":{"muted":true}}`).OK()["muted"])
	recording := world.Text(s.Call("POST "+party+"/recordings").OK(), "id")
	assert.Equal(t, false, s.Call("PATCH "+party+"/recordings/"+recording, `{"active":false}`).OK()["active"])
	s.At = s.At.Add(time.Minute)
	assert.Equal(t, 204, s.Call("DELETE "+session).Status)
	assert.Equal(t, "CMN-102", s.Call("GET "+session).Code())
	assert.Equal(t, "CMN-102", s.Call("GET "+party).Code())
	last := world.Children(s.Call("GET "+worldtest.ExtensionPath+"/call-log").OK(), "records")[0]
	assert.Equal(t, "Call connected", last["result"])
	assert.NotNil(t, last["recording"])
	assert.Equal(t, "CMN-102", s.Call("POST "+worldtest.AccountPath+"/telephony/call-out",
		`{"from":{"deviceId":"7"},"to":{"phoneNumber":"+16505550300"}}`).Code())
}

func TestConferenceAndBringIn(t *testing.T) {
	s := newScene(t)
	conf := world.Text(world.Child(s.Call("POST "+worldtest.AccountPath+"/telephony/conference").OK(), "session"), "id")
	in, p := Receive(s.World, s.At, Incoming{From: "+16505550300", Answered: true})
	require.Nil(t, p)
	guest := world.Children(in, "parties")[0]
	s.Call("POST "+worldtest.AccountPath+"/telephony/sessions/"+conf+"/parties/bring-in",
		`{"sessionId":"`+world.Text(in, "id")+`","partyId":"`+world.Text(guest, "id")+`"}`).OK()
	assert.Len(t, world.Children(s.Call("GET "+worldtest.AccountPath+"/telephony/sessions/"+conf).OK(), "parties"), 2)
}

func TestSomebodyCalls(t *testing.T) {
	s := newScene(t)
	s.Call("POST "+worldtest.SubscriptionPath, worldtest.Webhook("/restapi/v1.0/account/~/extension/~/telephony/sessions",
		"/restapi/v1.0/account/~/extension/~/missed-calls")).OK()
	_, p := Receive(s.World, s.At, Incoming{From: "+16505550300", Name: "Pat", Lasts: 20 * time.Second})
	require.Nil(t, p)
	assert.NotEmpty(t, s.Notifications, "it rings")
	s.At = s.At.Add(time.Minute)
	last := world.Children(s.Call("GET "+worldtest.ExtensionPath+"/call-log").OK(), "records")[0]
	assert.Equal(t, "Missed", last["result"])
	assert.Equal(t, "Pat", world.Child(last, "from")["name"])
	assert.Contains(t, string(s.Notifications[len(s.Notifications)-1].Body), "missed-calls")

	live, p := Receive(s.World, s.At, Incoming{From: "+16505550300", To: "102"})
	require.Nil(t, p)
	mine := world.Children(live, "parties")[1]
	path := worldtest.AccountPath + "/telephony/sessions/" + world.Text(live, "id") + "/parties/" + world.Text(mine, "id")
	device := worldtest.Values(s.Call("GET "+worldtest.AccountPath+"/extension/"+worldtest.OtherUser+"/device").OK(),
		"records")[0]
	s.Call("POST "+path+"/answer", `{"deviceId":"`+device+`"}`).OK()
	assert.Equal(t, "Answered", world.Text(world.Child(s.Call("GET "+path).OK(), "status"), "code"))
	s.Call("POST " + path + "/reject").OK()
	assert.Equal(t, []string{"Rejected"},
		results(s.Call("GET "+worldtest.AccountPath+"/extension/"+worldtest.OtherUser+"/call-log").OK()))

	_, p = Receive(s.World, s.At, Incoming{From: "x"})
	assert.Equal(t, "CMN-101", p.Errors[0].Code)
	_, p = Receive(s.World, s.At, Incoming{From: "+16505550300", To: "999"})
	assert.Equal(t, "CMN-102", p.Errors[0].Code)
}

func TestPresence(t *testing.T) {
	s := newScene(t)
	got := s.Call("GET " + worldtest.ExtensionPath + "/presence").OK()
	assert.Equal(t, "Available", got["presenceStatus"])
	assert.Nil(t, got["activeCalls"])
	s.Call("POST "+worldtest.SubscriptionPath, worldtest.Webhook("/restapi/v1.0/account/~/extension/~/presence")).OK()
	assert.Equal(t, "Busy", s.Call("PUT "+worldtest.ExtensionPath+"/presence",
		`{"dndStatus":"DoNotAcceptAnyCalls","message":"away"}`).OK()["presenceStatus"])
	assert.Len(t, s.Notifications, 1)
	assert.Equal(t, "away", s.Call("GET " + worldtest.ExtensionPath + "/presence").OK()["message"])
	assert.Equal(t, "CMN-101", s.Call("PUT "+worldtest.ExtensionPath+"/presence", `{"userStatus":"Asleep"}`).Code())
	assert.Len(t, world.Children(s.Call("GET "+worldtest.AccountPath+"/presence").OK(), "records"), 2)
}
