package world

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func results(list Object) []string {
	var out []string
	for _, r := range objects(list, "records") {
		out = append(out, text(r, "result"))
	}
	return out
}

func TestCallLog(t *testing.T) {
	s := newScene(t)
	log := extension + "/call-log"
	assert.Equal(t, []string{"Call connected", "Missed", "Accepted"}, results(s.call("GET "+log).ok()), "the latest first")
	assert.Equal(t, []string{"Call connected"}, results(s.call("GET "+log+"?direction=Outbound").ok()))
	assert.Equal(t, []string{"Accepted"}, results(s.call("GET "+log+"?recordingType=All").ok()))
	assert.Equal(t, []string{"Accepted"}, results(s.call("GET "+log+"?phoneNumber=16505550200").ok()))
	assert.Empty(t, results(s.call("GET "+log+"?dateTo=2026-11-24T01:00:00Z").ok()))
	assert.Len(t, results(s.call("GET "+account+"/call-log").ok()), 3)
	assert.Empty(t, results(s.call("GET "+account+"/extension/"+otherUser+"/call-log").ok()))
	assert.Equal(t, "CMN-101", s.call("GET "+log+"?dateFrom=yesterday").code())
	assert.Equal(t, "CMN-101", s.call("GET "+log+"?direction=Sideways").code())
	s.at = s.at.Add(25 * time.Hour)
	assert.Empty(t, results(s.call("GET "+log).ok()), "a day is all that is listed unasked")
	assert.Len(t, results(s.call("GET "+log+"?dateFrom=2026-11-01T00:00:00Z").ok()), 3)

	id := ids(s.call("GET "+log+"?dateFrom=2026-11-01T00:00:00Z&recordingType=All").ok(), "records")[0]
	record := s.call("GET " + log + "/" + id).ok()
	recording, _ := scalar(object(record, "recording")["id"])
	assert.Equal(t, "audio/mpeg", s.call("GET " + account + "/recording/" + recording).ok()["contentType"])
	got := s.send("GET "+account+"/recording/"+recording+"/content", &Request{Range: "bytes=0-3"})
	assert.Equal(t, 206, got.status)
	assert.Len(t, got.reply.Body, 4)
	assert.Equal(t, 204, s.call("DELETE "+account+"/call-recordings", `{"records":["`+recording+`"]}`).status)
	assert.Nil(t, s.call("GET " + log + "/" + id).ok()["recording"])

	assert.Equal(t, 204, s.call("DELETE "+log).status)
	assert.Equal(t, "CMN-102", s.call("GET "+log+"/"+id).code())
}

func TestRingOut(t *testing.T) {
	s := newScene(t)
	path := extension + "/ring-out"
	made := s.call("POST "+path, `{"from":{"phoneNumber":"+16505550101"},"to":{"phoneNumber":"+16505550102"}}`).ok()
	id := text(made, "id")
	status := func() string {
		o := object(s.call("GET "+path+"/"+id).ok(), "status")
		return text(o, "callerStatus") + " " + text(o, "calleeStatus")
	}
	assert.Equal(t, "InProgress InProgress", status())
	assert.Len(t, objects(s.call("GET "+extension+"/active-calls").ok(), "records"), 1)
	assert.Equal(t, "Ringing", s.call("GET " + extension + "/presence").ok()["telephonyStatus"])
	s.at = s.at.Add(ringOutCaller)
	assert.Equal(t, "Success InProgress", status())
	s.at = s.at.Add(ringOutCallee - ringOutCaller)
	assert.Equal(t, "Success Success", status())
	assert.Equal(t, "Busy", s.call("GET " + extension + "/presence").ok()["presenceStatus"])
	s.at = s.at.Add(ringOutEnds)
	assert.Equal(t, "Finished Finished", status())
	assert.Equal(t, "Available", s.call("GET " + extension + "/presence").ok()["presenceStatus"])
	assert.Empty(t, objects(s.call("GET "+extension+"/active-calls").ok(), "records"))
	last := objects(s.call("GET "+extension+"/call-log").ok(), "records")[0]
	assert.Equal(t, "RingOut Web", last["action"])
	assert.EqualValues(t, 60, last["duration"])
	assert.Len(t, objects(s.call("GET "+account+"/extension/"+otherUser+"/call-log").ok(), "records"), 1, "who was called has it too")
	assert.Equal(t, 204, s.call("DELETE "+path+"/"+id).status)
	assert.Equal(t, "CMN-102", s.call("GET "+path+"/"+id).code())

	assert.Equal(t, "CMN-101", s.call("POST "+path, `{"from":{"phoneNumber":"+16505550101"},"to":{"phoneNumber":"x"}}`).code())
	assert.Equal(t, "CMN-100", s.call("POST "+path, `{"from":{"phoneNumber":"+16505550101"}}`).code())
}

func TestRingOutIsCancelled(t *testing.T) {
	s := newScene(t)
	path := extension + "/ring-out"
	id := text(s.call("POST "+path, `{"from":{"phoneNumber":"+16505550101"},"to":{"phoneNumber":"+16505550300"}}`).ok(), "id")
	s.at = s.at.Add(time.Second)
	s.call("DELETE " + path + "/" + id).ok()
	assert.Equal(t, "Stopped", results(s.call("GET " + extension + "/call-log").ok())[0])
}

func TestCallOut(t *testing.T) {
	s := newScene(t)
	device := ids(s.call("GET "+extension+"/device").ok(), "records")[0]
	made := object(s.call("POST "+account+"/telephony/call-out", `{"from":{"deviceId":"`+device+`"},"to":{"phoneNumber":"+16505550300"}}`).ok(), "session")
	session := account + "/telephony/sessions/" + text(made, "id")
	parties := objects(s.call("GET "+session).ok(), "parties")
	require.Len(t, parties, 2)
	party := session + "/parties/" + text(parties[0], "id")
	code := func() string { return text(object(s.call("GET "+party).ok(), "status"), "code") }
	assert.Equal(t, "Answered", code())
	s.call("POST " + party + "/hold").ok()
	assert.Equal(t, "Hold", code())
	assert.Equal(t, "OnHold", s.call("GET " + extension + "/presence").ok()["telephonyStatus"])
	s.call("POST " + party + "/unhold").ok()
	assert.Equal(t, true, s.call("PATCH "+party, `{"party":{"muted":true}}`).ok()["muted"])
	recording := text(s.call("POST "+party+"/recordings").ok(), "id")
	assert.Equal(t, false, s.call("PATCH "+party+"/recordings/"+recording, `{"active":false}`).ok()["active"])
	s.at = s.at.Add(time.Minute)
	assert.Equal(t, 204, s.call("DELETE "+session).status)
	assert.Equal(t, "CMN-102", s.call("GET "+session).code())
	assert.Equal(t, "CMN-102", s.call("GET "+party).code())
	last := objects(s.call("GET "+extension+"/call-log").ok(), "records")[0]
	assert.Equal(t, "Call connected", last["result"])
	assert.NotNil(t, last["recording"])
	assert.Equal(t, "CMN-102", s.call("POST "+account+"/telephony/call-out", `{"from":{"deviceId":"7"},"to":{"phoneNumber":"+16505550300"}}`).code())
}

func TestConferenceAndBringIn(t *testing.T) {
	s := newScene(t)
	conf := text(object(s.call("POST "+account+"/telephony/conference").ok(), "session"), "id")
	in, p := s.world.ReceiveCall(s.at, Incoming{From: "+16505550300", Answered: true})
	require.Nil(t, p)
	guest := objects(in, "parties")[0]
	s.call("POST "+account+"/telephony/sessions/"+conf+"/parties/bring-in", `{"sessionId":"`+text(in, "id")+`","partyId":"`+text(guest, "id")+`"}`).ok()
	assert.Len(t, objects(s.call("GET "+account+"/telephony/sessions/"+conf).ok(), "parties"), 2)
}

func TestSomebodyCalls(t *testing.T) {
	s := newScene(t)
	s.call("POST "+subscriptionPath, hook("/restapi/v1.0/account/~/extension/~/telephony/sessions", "/restapi/v1.0/account/~/extension/~/missed-calls")).ok()
	_, p := s.world.ReceiveCall(s.at, Incoming{From: "+16505550300", Name: "Pat", Lasts: 20 * time.Second})
	require.Nil(t, p)
	assert.NotEmpty(t, s.told, "it rings")
	s.at = s.at.Add(time.Minute)
	last := objects(s.call("GET "+extension+"/call-log").ok(), "records")[0]
	assert.Equal(t, "Missed", last["result"])
	assert.Equal(t, "Pat", object(last, "from")["name"])
	assert.Contains(t, string(s.told[len(s.told)-1].Body), "missed-calls")

	live, p := s.world.ReceiveCall(s.at, Incoming{From: "+16505550300", To: "102"})
	require.Nil(t, p)
	mine := objects(live, "parties")[1]
	path := account + "/telephony/sessions/" + text(live, "id") + "/parties/" + text(mine, "id")
	device := ids(s.call("GET "+account+"/extension/"+otherUser+"/device").ok(), "records")[0]
	s.call("POST "+path+"/answer", `{"deviceId":"`+device+`"}`).ok()
	assert.Equal(t, "Answered", text(object(s.call("GET "+path).ok(), "status"), "code"))
	s.call("POST " + path + "/reject").ok()
	assert.Equal(t, []string{"Rejected"}, results(s.call("GET "+account+"/extension/"+otherUser+"/call-log").ok()))

	_, p = s.world.ReceiveCall(s.at, Incoming{From: "x"})
	assert.Equal(t, "CMN-101", p.Errors[0].Code)
	_, p = s.world.ReceiveCall(s.at, Incoming{From: "+16505550300", To: "999"})
	assert.Equal(t, "CMN-102", p.Errors[0].Code)
}

func TestPresence(t *testing.T) {
	s := newScene(t)
	got := s.call("GET " + extension + "/presence").ok()
	assert.Equal(t, "Available", got["presenceStatus"])
	assert.Nil(t, got["activeCalls"])
	s.call("POST "+subscriptionPath, hook("/restapi/v1.0/account/~/extension/~/presence")).ok()
	assert.Equal(t, "Busy", s.call("PUT "+extension+"/presence", `{"dndStatus":"DoNotAcceptAnyCalls","message":"away"}`).ok()["presenceStatus"])
	assert.Len(t, s.told, 1)
	assert.Equal(t, "away", s.call("GET " + extension + "/presence").ok()["message"])
	assert.Equal(t, "CMN-101", s.call("PUT "+extension+"/presence", `{"userStatus":"Asleep"}`).code())
	assert.Len(t, objects(s.call("GET "+account+"/presence").ok(), "records"), 2)
}
