package messages

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

const threadMessages = threadsPath + "/messages"

func TestThreadMessages(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	id := createThread(s, worldtest.OtherPhone, "Hello")
	sent := world.Children(s.Call("GET "+threadMessages).OK(), "records")[0]
	assert.Equal(t, "Outbound", sent["direction"])
	assert.Equal(t, "Queued", sent["messageStatus"])
	assert.Equal(t, "Hello", sent["text"])
	assert.Equal(t, worldtest.User, world.Child(sent, "author")["extensionId"])
	assert.Len(t, worldtest.IDsOf(s.Call("GET "+otherExtension+"/message-store").OK()), 1, "the recipient has it")
	s.At = s.At.Add(time.Minute)
	assert.Equal(t, "Delivered", world.Children(s.Call("GET "+threadMessages).OK(), "records")[0]["messageStatus"])

	in, p := ReceiveSMS(s.World, s.At, InboundSMS{From: worldtest.OtherPhone, To: []string{worldtest.Phone}, Text: "Yes?"})
	require.Nil(t, p)
	assert.Equal(t, "Yes?", in["subject"])
	all := world.Children(s.Call("GET "+threadMessages).OK(), "records")
	require.Len(t, all, 2, "oldest first")
	assert.Equal(t, "Inbound", all[1]["direction"])
	assert.NotContains(t, all[1], "author")
	first, second := worldtest.IDOf(all[0]), worldtest.IDOf(all[1])

	other := createThread(s, worldtest.OutsidePhone, "Other")
	s.Call("POST " + threadsPath + "/" + other + "/resolve")
	third := worldtest.IDsOf(s.Call("GET " + threadMessages).OK())[2]
	for query, want := range map[string][]string{
		"":                                    {first, second, third},
		"threadIds=" + id:                     {first, second},
		"threadStatus=Resolved":               {third},
		"messageIds=" + second:                {second},
		"ownerExtensionIds=" + worldtest.User: {first, second, third},
		"availability=Deleted":                {},
		"creationTimeFrom=2026-11-24T11:00:00Z&creationTimeTo=2026-11-24T12:00:30Z": {first},
	} {
		assert.Equal(t, want, worldtest.IDsOf(s.Call("GET "+threadMessages+"?"+query).OK()), query)
	}

	assert.Equal(t, "CMN-102", s.Call("DELETE "+threadMessages, `{"ids":["`+first+`","1"]}`).Code())
	assert.Len(t, worldtest.IDsOf(s.Call("GET "+threadMessages).OK()), 3, "all or none")
	assert.Equal(t, 204, s.Call("DELETE "+threadMessages, `{"ids":["`+first+`"]}`).Status)
	assert.Equal(t, []string{first}, worldtest.IDsOf(s.Call("GET "+threadMessages+"?availability=Deleted").OK()))
	assert.Equal(t, "CMN-100", s.Call("DELETE "+threadMessages, `{}`).Code())
}

func TestThreadMessageWithFiles(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	words := `{"from":{"phoneNumber":"` + worldtest.Phone + `"},"to":[{"phoneNumber":"` + worldtest.OutsidePhone +
		`"}],"text":"Look"}`
	picture := world.File{Name: "a.png", Type: "image/png", Content: []byte("picture")}
	sent := s.Send("POST "+threadMessages, &world.Request{Form: url.Values{"metadata": {words}},
		Files: []world.File{picture}, Parts: true}).OK()
	attachment := world.Children(sent, "attachments")[0]
	assert.Equal(t, "a.png", attachment["filename"])
	path := threadMessages + "/" + worldtest.IDOf(sent) + "/content/" + worldtest.IDOf(attachment)
	assert.Equal(t, "http://emulator.invalid"+path, attachment["contentUri"])
	got := s.Call("GET " + path)
	assert.Equal(t, "picture", string(got.Reply.Body))
	assert.Equal(t, "image/png", got.Reply.Type)
	assert.Equal(t, "CMN-102", s.Call("GET "+threadMessages+"/"+worldtest.IDOf(sent)+"/content/1").Code())
	assert.Equal(t, "CMN-100", s.Send("POST "+threadMessages, &world.Request{Files: []world.File{picture},
		Parts: true}).Code())
}

func TestThreadMessageRefusals(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	id := createThread(s, "+16505550161", "a")
	from, to := world.Object{"phoneNumber": worldtest.Phone}, []any{world.Object{"phoneNumber": worldtest.OutsidePhone}}
	for _, c := range []struct {
		name string
		body world.Object
		code string
	}{
		{"no sender", world.Object{"to": to, "text": "a"}, "CMN-100"},
		{"nobody", world.Object{"from": from, "text": "a"}, "CMN-100"},
		{"no text", world.Object{"from": from, "to": to}, "CMN-100"},
		{"long", world.Object{"from": from, "to": to, "text": strings.Repeat("a", 1001)}, "CMN-101"},
		{"many", world.Object{"from": from, "to": slices.Repeat(to, 11), "text": "a"}, "MSG-381"},
		{"not of the account", world.Object{"from": world.Object{"phoneNumber": worldtest.OutsidePhone}, "to": to,
			"text": "a"}, "MSG-245"},
		{"abroad", world.Object{"from": from, "to": []any{world.Object{"phoneNumber": "+442079460123"}}, "text": "a"},
			"MSG-240"},
		{"unknown thread", world.Object{"from": from, "to": to, "text": "a", "threadId": "1"}, "CMN-102"},
		{"another thread", world.Object{"from": from, "to": to, "text": "a", "threadId": id}, "CMN-101"},
	} {
		assert.Equal(t, c.code, s.Send("POST "+threadMessages, worldtest.Multipart(c.body)).Code(), c.name)
	}
	s.Call("POST " + threadsPath + "/" + id + "/resolve")
	over := world.Object{"from": from, "to": []any{world.Object{"phoneNumber": "+16505550161"}}, "text": "a",
		"threadId": id}
	assert.Equal(t, "CMN-101", s.Send("POST "+threadMessages, worldtest.Multipart(over)).Code())
}
