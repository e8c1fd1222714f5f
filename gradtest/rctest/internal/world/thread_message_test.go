package world

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const threadMessages = threadsPath + "/messages"

func TestThreadMessages(t *testing.T) {
	s := newScene(t, bare)
	id := s.thread(otherPhone, "Hello")
	sent := objects(s.call("GET "+threadMessages).ok(), "records")[0]
	assert.Equal(t, "Outbound", sent["direction"])
	assert.Equal(t, "Queued", sent["messageStatus"])
	assert.Equal(t, "Hello", sent["text"])
	assert.Equal(t, testUser, object(sent, "author")["extensionId"])
	assert.Len(t, idsOf(s.call("GET "+otherExtension+"/message-store").ok()), 1, "the recipient has it")
	s.at = s.at.Add(time.Minute)
	assert.Equal(t, "Delivered", objects(s.call("GET "+threadMessages).ok(), "records")[0]["messageStatus"])

	in, p := s.world.ReceiveSMS(s.at, InboundSMS{From: otherPhone, To: []string{testPhone}, Text: "Yes?"})
	require.Nil(t, p)
	assert.Equal(t, "Yes?", in["subject"])
	all := objects(s.call("GET "+threadMessages).ok(), "records")
	require.Len(t, all, 2, "oldest first")
	assert.Equal(t, "Inbound", all[1]["direction"])
	assert.NotContains(t, all[1], "author")
	first, second := idOf(all[0]), idOf(all[1])

	other := s.thread(outsidePhone, "Other")
	s.call("POST " + threadsPath + "/" + other + "/resolve")
	third := idsOf(s.call("GET " + threadMessages).ok())[2]
	for query, want := range map[string][]string{
		"":                              {first, second, third},
		"threadIds=" + id:               {first, second},
		"threadStatus=Resolved":         {third},
		"messageIds=" + second:          {second},
		"ownerExtensionIds=" + testUser: {first, second, third},
		"availability=Deleted":          {},
		"creationTimeFrom=2026-11-24T11:00:00Z&creationTimeTo=2026-11-24T12:00:30Z": {first},
	} {
		assert.Equal(t, want, idsOf(s.call("GET "+threadMessages+"?"+query).ok()), query)
	}

	assert.Equal(t, "CMN-102", s.call("DELETE "+threadMessages, `{"ids":["`+first+`","1"]}`).code())
	assert.Len(t, idsOf(s.call("GET "+threadMessages).ok()), 3, "all or none")
	assert.Equal(t, 204, s.call("DELETE "+threadMessages, `{"ids":["`+first+`"]}`).status)
	assert.Equal(t, []string{first}, idsOf(s.call("GET "+threadMessages+"?availability=Deleted").ok()))
	assert.Equal(t, "CMN-100", s.call("DELETE "+threadMessages, `{}`).code())
}

func TestThreadMessageWithFiles(t *testing.T) {
	s := newScene(t, bare)
	words := `{"from":{"phoneNumber":"` + testPhone + `"},"to":[{"phoneNumber":"` + outsidePhone + `"}],"text":"Look"}`
	picture := File{Name: "a.png", Type: "image/png", Content: []byte("picture")}
	sent := s.send("POST "+threadMessages, &Request{Form: url.Values{"metadata": {words}}, Files: []File{picture}, Parts: true}).ok()
	attachment := objects(sent, "attachments")[0]
	assert.Equal(t, "a.png", attachment["filename"])
	path := threadMessages + "/" + idOf(sent) + "/content/" + idOf(attachment)
	assert.Equal(t, "http://emulator.invalid"+path, attachment["contentUri"])
	got := s.call("GET " + path)
	assert.Equal(t, "picture", string(got.reply.Body))
	assert.Equal(t, "image/png", got.reply.Type)
	assert.Equal(t, "CMN-102", s.call("GET "+threadMessages+"/"+idOf(sent)+"/content/1").code())
	assert.Equal(t, "CMN-100", s.send("POST "+threadMessages, &Request{Files: []File{picture}, Parts: true}).code())
}

func TestThreadMessageRefusals(t *testing.T) {
	s := newScene(t, bare)
	id := s.thread("+16505550161", "a")
	from, to := Object{"phoneNumber": testPhone}, []any{Object{"phoneNumber": outsidePhone}}
	for _, c := range []struct {
		name string
		body Object
		code string
	}{
		{"no sender", Object{"to": to, "text": "a"}, "CMN-100"},
		{"nobody", Object{"from": from, "text": "a"}, "CMN-100"},
		{"no text", Object{"from": from, "to": to}, "CMN-100"},
		{"long", Object{"from": from, "to": to, "text": strings.Repeat("a", 1001)}, "CMN-101"},
		{"many", Object{"from": from, "to": slices.Repeat(to, 11), "text": "a"}, "MSG-381"},
		{"not of the account", Object{"from": Object{"phoneNumber": outsidePhone}, "to": to, "text": "a"}, "MSG-245"},
		{"abroad", Object{"from": from, "to": []any{Object{"phoneNumber": "+442079460123"}}, "text": "a"}, "MSG-240"},
		{"unknown thread", Object{"from": from, "to": to, "text": "a", "threadId": "1"}, "CMN-102"},
		{"another thread", Object{"from": from, "to": to, "text": "a", "threadId": id}, "CMN-101"},
	} {
		assert.Equal(t, c.code, s.send("POST "+threadMessages, parts(c.body)).code(), c.name)
	}
	s.call("POST " + threadsPath + "/" + id + "/resolve")
	over := Object{"from": from, "to": []any{Object{"phoneNumber": "+16505550161"}}, "text": "a", "threadId": id}
	assert.Equal(t, "CMN-101", s.send("POST "+threadMessages, parts(over)).code())
}
