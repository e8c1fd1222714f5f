package messages

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestAttachmentsCanBeDownloaded(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	sent := s.Send("POST "+worldtest.ExtensionPath+"/mms", worldtest.Multipart(
		world.Object{"from": world.Object{"phoneNumber": worldtest.Phone},
			"to": []any{world.Object{"phoneNumber": worldtest.OtherPhone}}, "text": "Look"},
		world.File{Name: "a.png", Type: "image/png", Content: []byte("picture")},
	)).OK()
	attachments := world.Children(sent, "attachments")
	words, picture := store+"/"+worldtest.IDOf(sent)+"/content/"+worldtest.IDOf(attachments[0]),
		store+"/"+worldtest.IDOf(sent)+"/content/"+worldtest.IDOf(attachments[1])
	assert.Equal(t, "http://emulator.invalid"+picture, attachments[1]["uri"])

	got := s.Call("GET " + words)
	assert.Equal(t, "text/plain", got.Reply.Type)
	assert.Equal(t, "Look", string(got.Reply.Body))
	got = s.Call("GET " + picture)
	assert.Equal(t, "image/png", got.Reply.Type)
	assert.Equal(t, "picture", string(got.Reply.Body))
	assert.Empty(t, got.Reply.Header["Content-Disposition"])
	for query, want := range map[string]string{
		"contentDisposition=Inline":                                      `inline; filename=a.png`,
		"contentDisposition=Attachment":                                  `attachment; filename=a.png`,
		"contentDisposition=Attachment&contentDispositionFilename=b.png": `attachment; filename=b.png`,
		"contentDispositionFilename=b%20c.png":                           `attachment; filename="b c.png"`,
	} {
		assert.Equal(t, want, s.Call("GET " + picture + "?" + query).Reply.Header["Content-Disposition"][0], query)
	}
	part := s.Send("GET "+picture, &world.Request{Range: "bytes=0-2"})
	assert.Equal(t, 206, part.Status)
	assert.Equal(t, "pic", string(part.Reply.Body))

	assert.Equal(t, "CMN-101", s.Call("GET "+picture+"?contentDisposition=Hidden").Code())
	assert.Equal(t, "CMN-102", s.Call("GET "+store+"/"+worldtest.IDOf(sent)+"/content/1").Code())
	copied := world.Children(s.Call("GET "+otherExtension+"/message-store").OK(), "records")[0]
	assert.Equal(t, "picture",
		string(s.Call("GET "+otherExtension+"/message-store/"+worldtest.IDOf(copied)+"/content/"+worldtest.IDOf(world.Children(copied, "attachments")[1])).Reply.Body))
}
