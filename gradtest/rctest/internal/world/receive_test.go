package world

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReceiveSMS(t *testing.T) {
	s := newScene(t, bare)
	got, p := s.world.ReceiveSMS(s.at, InboundSMS{From: outsidePhone, To: []string{testPhone, otherPhone, "+16505550161"}, Text: "Hello", Media: []File{{Name: "a.gif", Type: "image/gif", Content: []byte("GIF")}}})
	require.Nil(t, p)
	read := s.call("GET " + store + "/" + idOf(got)).ok()
	assert.Equal(t, "Inbound", read["direction"])
	assert.Equal(t, "Unread", read["readStatus"])
	assert.Equal(t, outsidePhone, object(read, "from")["phoneNumber"])
	assert.Len(t, read["to"], 3)
	assert.Equal(t, true, objects(read, "to")[0]["target"])
	assert.NotContains(t, objects(read, "to")[1], "target")
	assert.Len(t, read["attachments"], 2)
	assert.Len(t, idsOf(s.call("GET "+otherExtension+"/message-store").ok()), 1, "all of the group who are of the account")

	reply := s.call("POST "+extension+"/sms", `{"from":{"phoneNumber":"`+testPhone+`"},"to":[{"phoneNumber":"`+outsidePhone+`"},{"phoneNumber":"`+otherPhone+`"},{"phoneNumber":"+16505550161"}],"text":"a"}`).ok()
	assert.Equal(t, read["conversationId"], reply["conversationId"])
}

func TestReceiveVoicemail(t *testing.T) {
	s := newScene(t, bare)
	audio := File{Type: "audio/wav", Content: make([]byte, 5*bytesPerSecond)}
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
		c.m.From, c.m.To = outsidePhone, testPhone
		got, p := s.world.ReceiveVoicemail(s.at, c.m)
		require.Nil(t, p)
		read := s.call("GET " + store + "/" + idOf(got)).ok()
		assert.Equal(t, "VoiceMail", read["type"])
		assert.Equal(t, c.status, read["vmTranscriptionStatus"])
		attachments := objects(read, "attachments")
		require.Len(t, attachments, c.contents)
		assert.Equal(t, "AudioRecording", attachments[0]["type"])
		assert.EqualValues(t, c.seconds, attachments[0]["vmDuration"])
		heard := s.call("GET " + store + "/" + idOf(got) + "/content/" + idOf(attachments[0]))
		assert.Equal(t, c.kind, heard.reply.Type)
		assert.NotEmpty(t, heard.reply.Body)
		if c.contents == 2 {
			assert.Equal(t, "Hello", string(s.call("GET "+store+"/"+idOf(got)+"/content/"+idOf(attachments[1])).reply.Body))
		}
	}
}

func TestReceiveFax(t *testing.T) {
	s := newScene(t, bare)
	got, p := s.world.ReceiveFax(s.at, InboundFax{From: outsidePhone, To: testPhone, Pages: 3})
	require.Nil(t, p)
	read := s.call("GET " + store + "/" + idOf(got)).ok()
	assert.EqualValues(t, 3, read["faxPageCount"])
	attachment := objects(read, "attachments")[0]
	assert.Equal(t, "RenderedDocument", attachment["type"])
	content := s.call("GET " + store + "/" + idOf(got) + "/content/" + idOf(attachment))
	assert.Equal(t, "application/pdf", content.reply.Type)
	assert.Contains(t, string(content.reply.Body), "%PDF")
}

func TestWhatIsReceivedIsTold(t *testing.T) {
	for _, c := range []struct {
		filter  string
		receive func(*World) (Object, *Problem)
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
		s.call("POST "+subscriptionPath, hook("/restapi/v1.0/account/~/extension/~"+c.filter)).ok()
		m, p := c.receive(s.world)
		require.Nil(t, p)
		if !c.told {
			assert.Empty(t, s.told, c.filter)
			continue
		}
		require.Len(t, s.told, 1, c.filter)
		var n struct {
			Event string
			Body  Object
		}
		require.NoError(t, json.Unmarshal(s.told[0].Body, &n))
		assert.Equal(t, extension+c.filter, n.Event)
		if c.kind != "" {
			assert.Contains(t, objects(n.Body, "attachments")[0]["uri"], "http://emulator.invalid"+store)
			assert.Equal(t, c.kind, n.Body["type"])
			assert.Equal(t, idOf(m), idOf(n.Body))
		}
	}
}

func aText(w *World) (Object, *Problem) {
	return w.ReceiveSMS(testNow, InboundSMS{From: outsidePhone, To: []string{testPhone}, Text: "a"})
}

func aVoicemail(w *World) (Object, *Problem) {
	return w.ReceiveVoicemail(testNow, InboundVoicemail{From: outsidePhone, To: testPhone})
}

func aFax(w *World) (Object, *Problem) {
	return w.ReceiveFax(testNow, InboundFax{From: outsidePhone, To: testPhone})
}

func TestReceiveRefusals(t *testing.T) {
	w := newScene(t).world
	sms := func(from string, to ...string) *Problem {
		_, p := w.ReceiveSMS(testNow, InboundSMS{From: from, To: to, Text: "a"})
		return p
	}
	for name, c := range map[string]struct {
		p    *Problem
		code string
	}{
		"from nobody":           {sms("", testPhone), "CMN-100"},
		"from no number":        {sms("x", testPhone), "CMN-101"},
		"to nobody":             {sms(outsidePhone), "CMN-100"},
		"to nothing":            {sms(outsidePhone, ""), "CMN-100"},
		"to no number":          {sms(outsidePhone, "x"), "CMN-101"},
		"to a number of others": {sms(outsidePhone, "+16505550169"), "CMN-102"},
		"to many":               {sms(outsidePhone, make([]string, 11)...), "MSG-381"},
		"an empty message":      {second(w.ReceiveSMS(testNow, InboundSMS{From: outsidePhone, To: []string{testPhone}})), "CMN-100"},
		"a media type":          {second(w.ReceiveSMS(testNow, InboundSMS{From: outsidePhone, To: []string{testPhone}, Media: []File{{Type: "x/y"}}})), "MSG-348"},
		"voicemail for nobody":  {second(w.ReceiveVoicemail(testNow, InboundVoicemail{From: outsidePhone})), "CMN-100"},
		"a fax that is a sound": {second(w.ReceiveFax(testNow, InboundFax{From: outsidePhone, To: testPhone, Document: File{Type: "audio/mpeg", Content: []byte("a")}})), "MSG-348"},
		"a fax from no number":  {second(w.ReceiveFax(testNow, InboundFax{From: "1", To: testPhone})), "CMN-101"},
	} {
		require.NotNil(t, c.p, name)
		assert.Equal(t, c.code, c.p.Errors[0].Code, name)
	}
}

func second(_ Object, p *Problem) *Problem { return p }

func TestWordsOfConsent(t *testing.T) {
	s := newScene(t, bare)
	w := s.world
	for _, c := range []struct {
		text string
		out  bool
	}{{"hello", false}, {" stop ", true}, {"hello again", true}, {"START", false}} {
		_, p := w.ReceiveSMS(s.at, InboundSMS{From: outsidePhone, To: []string{testPhone}, Text: c.text})
		require.Nil(t, p)
		assert.Equal(t, c.out, w.optedOut(testPhone, outsidePhone), c.text)
	}
}

func TestNoMailboxOfHighVolumeSMS(t *testing.T) {
	s := newScene(t)
	for _, receive := range []func() (Object, *Problem){
		func() (Object, *Problem) {
			return s.world.ReceiveVoicemail(s.at, InboundVoicemail{From: outsidePhone, To: a2pNumber})
		},
		func() (Object, *Problem) {
			return s.world.ReceiveFax(s.at, InboundFax{From: outsidePhone, To: a2pNumber})
		},
	} {
		_, p := receive()
		require.NotNil(t, p)
		assert.Equal(t, "CMN-102", p.Errors[0].Code)
	}
}
