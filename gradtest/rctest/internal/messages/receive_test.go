package messages

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestReceiveSMS(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	got, p := ReceiveSMS(s.World, s.At, InboundSMS{From: worldtest.OutsidePhone,
		To: []string{worldtest.Phone, worldtest.OtherPhone, "+16505550161"}, Text: "Hello",
		Media: []world.File{{Name: "a.gif", Type: "image/gif", Content: []byte("GIF")}}})
	require.Nil(t, p)
	read := s.Call("GET " + store + "/" + worldtest.IDOf(got)).OK()
	assert.Equal(t, "Inbound", read["direction"])
	assert.Equal(t, "Unread", read["readStatus"])
	assert.Equal(t, worldtest.OutsidePhone, world.Child(read, "from")["phoneNumber"])
	assert.Len(t, read["to"], 3)
	assert.Equal(t, true, world.Children(read, "to")[0]["target"])
	assert.NotContains(t, world.Children(read, "to")[1], "target")
	assert.Len(t, read["attachments"], 2)
	assert.Len(t, worldtest.IDsOf(s.Call("GET "+otherExtension+"/message-store").OK()), 1,
		"all of the group who are of the account")

	reply := s.Call("POST "+worldtest.ExtensionPath+"/sms",
		`{"from":{"phoneNumber":"`+worldtest.Phone+`"},"to":[{"phoneNumber":"`+worldtest.OutsidePhone+`"},{"phoneNumber":"`+worldtest.OtherPhone+`"},{"phoneNumber":"+16505550161"}],"text":"a"}`).OK()
	assert.Equal(t, read["conversationId"], reply["conversationId"])
}

func TestReceiveVoicemail(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	audio := world.File{Type: "audio/wav", Content: make([]byte, 5*bytesPerSecond)}
	for _, c := range []struct {
		m        InboundVoicemail
		seconds  int
		kind     string
		status   string
		contents int
	}{
		{InboundVoicemail{}, 1, "audio/mpeg", "NotAvailable", 1},
		{InboundVoicemail{Audio: audio}, 5, "audio/wav", "NotAvailable", 1},
		{InboundVoicemail{Audio: audio, Seconds: 42, Transcription: "Hello"}, 42, "audio/wav", "Completed", 2},
	} {
		c.m.From, c.m.To = worldtest.OutsidePhone, worldtest.Phone
		got, p := ReceiveVoicemail(s.World, s.At, c.m)
		require.Nil(t, p)
		read := s.Call("GET " + store + "/" + worldtest.IDOf(got)).OK()
		assert.Equal(t, "VoiceMail", read["type"])
		assert.Equal(t, c.status, read["vmTranscriptionStatus"])
		attachments := world.Children(read, "attachments")
		require.Len(t, attachments, c.contents)
		assert.Equal(t, "AudioRecording", attachments[0]["type"])
		assert.EqualValues(t, c.seconds, attachments[0]["vmDuration"])
		heard := s.Call("GET " + store + "/" + worldtest.IDOf(got) + "/content/" + worldtest.IDOf(attachments[0]))
		assert.Equal(t, c.kind, heard.Reply.Type)
		assert.NotEmpty(t, heard.Reply.Body)
		if c.contents == 2 {
			assert.Equal(t, "Hello",
				string(s.Call("GET "+store+"/"+worldtest.IDOf(got)+"/content/"+worldtest.IDOf(attachments[1])).Reply.Body))
		}
	}
}

func TestReceiveFax(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	got, p := ReceiveFax(s.World, s.At, InboundFax{From: worldtest.OutsidePhone, To: worldtest.Phone, Pages: 3})
	require.Nil(t, p)
	read := s.Call("GET " + store + "/" + worldtest.IDOf(got)).OK()
	assert.EqualValues(t, 3, read["faxPageCount"])
	attachment := world.Children(read, "attachments")[0]
	assert.Equal(t, "RenderedDocument", attachment["type"])
	content := s.Call("GET " + store + "/" + worldtest.IDOf(got) + "/content/" + worldtest.IDOf(attachment))
	assert.Equal(t, "application/pdf", content.Reply.Type)
	assert.Contains(t, string(content.Reply.Body), "%PDF")
}

func TestWhatIsReceivedIsTold(t *testing.T) {
	for _, c := range []struct {
		filter  string
		receive func(*world.World) (world.Object, *world.Problem)
		told    bool
		kind    string
	}{
		{"/message-store/instant?type=SMS", aText, true, "SMS"},
		{"/message-store?type=SMS&direction=Inbound", aText, true, ""},
		{"/message-store?type=SMS&direction=Outbound", aText, false, ""},
		{"/message-store?type=Fax", aText, false, ""},
		{"/voicemail", aVoicemail, true, "Voicemail"},
		{"/voicemail", aText, false, ""},
		{"/fax?direction=Inbound", aFax, true, "Fax"},
	} {
		s := newScene(t)
		s.Call("POST "+worldtest.SubscriptionPath, worldtest.Webhook("/restapi/v1.0/account/~/extension/~"+c.filter)).OK()
		m, p := c.receive(s.World)
		require.Nil(t, p)
		if !c.told {
			assert.Empty(t, s.Notifications, c.filter)
			continue
		}
		require.Len(t, s.Notifications, 1, c.filter)
		var n struct {
			Event string
			Body  world.Object
		}
		require.NoError(t, json.Unmarshal(s.Notifications[0].Body, &n))
		assert.Equal(t, worldtest.ExtensionPath+c.filter, n.Event)
		if c.kind != "" {
			assert.Contains(t, world.Children(n.Body, "attachments")[0]["uri"], "http://emulator.invalid"+store)
			assert.Equal(t, c.kind, n.Body["type"])
			assert.Equal(t, worldtest.IDOf(m), worldtest.IDOf(n.Body))
		}
	}
}

func aText(w *world.World) (world.Object, *world.Problem) {
	return ReceiveSMS(w, worldtest.Now, InboundSMS{From: worldtest.OutsidePhone, To: []string{worldtest.Phone}, Text: "a"})
}

func aVoicemail(w *world.World) (world.Object, *world.Problem) {
	return ReceiveVoicemail(w, worldtest.Now, InboundVoicemail{From: worldtest.OutsidePhone, To: worldtest.Phone})
}

func aFax(w *world.World) (world.Object, *world.Problem) {
	return ReceiveFax(w, worldtest.Now, InboundFax{From: worldtest.OutsidePhone, To: worldtest.Phone})
}

func TestReceiveRefusals(t *testing.T) {
	w := newScene(t).World
	sms := func(from string, to ...string) *world.Problem {
		_, p := ReceiveSMS(w, worldtest.Now, InboundSMS{From: from, To: to, Text: "a"})
		return p
	}
	for name, c := range map[string]struct {
		p    *world.Problem
		code string
	}{
		"from nobody":           {sms("", worldtest.Phone), "CMN-100"},
		"from no number":        {sms("x", worldtest.Phone), "CMN-101"},
		"to nobody":             {sms(worldtest.OutsidePhone), "CMN-100"},
		"to nothing":            {sms(worldtest.OutsidePhone, ""), "CMN-100"},
		"to no number":          {sms(worldtest.OutsidePhone, "x"), "CMN-101"},
		"to a number of others": {sms(worldtest.OutsidePhone, "+16505550169"), "CMN-102"},
		"to many":               {sms(worldtest.OutsidePhone, make([]string, 11)...), "MSG-381"},
		"an empty message": {second(ReceiveSMS(w, worldtest.Now,
			InboundSMS{From: worldtest.OutsidePhone, To: []string{worldtest.Phone}})), "CMN-100"},
		"a media type": {second(ReceiveSMS(w, worldtest.Now,
			InboundSMS{From: worldtest.OutsidePhone, To: []string{worldtest.Phone}, Media: []world.File{{Type: "x/y"}}})),
			"MSG-348"},
		"voicemail for nobody": {second(ReceiveVoicemail(w, worldtest.Now, InboundVoicemail{From: worldtest.OutsidePhone})),
			"CMN-100"},
		"a fax that is a sound": {second(ReceiveFax(w, worldtest.Now,
			InboundFax{From: worldtest.OutsidePhone, To: worldtest.Phone,
				Document: world.File{Type: "audio/mpeg", Content: []byte("a")}})), "MSG-348"},
		"a fax from no number": {second(ReceiveFax(w, worldtest.Now, InboundFax{From: "1", To: worldtest.Phone})),
			"CMN-101"},
	} {
		require.NotNil(t, c.p, name)
		assert.Equal(t, c.code, c.p.Errors[0].Code, name)
	}
}

func second(_ world.Object, p *world.Problem) *world.Problem { return p }

func TestWordsOfConsent(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	w := s.World
	for _, c := range []struct {
		text string
		out  bool
	}{{"hello", false}, {" stop ", true}, {"hello again", true}, {"START", false}} {
		_, p := ReceiveSMS(w, s.At, InboundSMS{From: worldtest.OutsidePhone, To: []string{worldtest.Phone}, Text: c.text})
		require.Nil(t, p)
		assert.Equal(t, c.out, optedOut(w, worldtest.Phone, worldtest.OutsidePhone), c.text)
	}
}

func TestNoMailboxOfHighVolumeSMS(t *testing.T) {
	s := newScene(t)
	for _, receive := range []func() (world.Object, *world.Problem){
		func() (world.Object, *world.Problem) {
			return ReceiveVoicemail(s.World, s.At, InboundVoicemail{From: worldtest.OutsidePhone, To: a2pNumber})
		},
		func() (world.Object, *world.Problem) {
			return ReceiveFax(s.World, s.At, InboundFax{From: worldtest.OutsidePhone, To: a2pNumber})
		},
	} {
		_, p := receive()
		require.NotNil(t, p)
		assert.Equal(t, "CMN-102", p.Errors[0].Code)
	}
}
