package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAttachmentsCanBeDownloaded(t *testing.T) {
	s := newScene(t, bare)
	sent := s.send("POST "+extension+"/mms", parts(
		Object{"from": Object{"phoneNumber": testPhone}, "to": []any{Object{"phoneNumber": otherPhone}}, "text": "Look"},
		File{Name: "a.png", Type: "image/png", Content: []byte("picture")},
	)).ok()
	attachments := objects(sent, "attachments")
	words, picture := store+"/"+idOf(sent)+"/content/"+idOf(attachments[0]), store+"/"+idOf(sent)+"/content/"+idOf(attachments[1])
	assert.Equal(t, "http://emulator.invalid"+picture, attachments[1]["uri"])

	got := s.call("GET " + words)
	assert.Equal(t, "text/plain", got.reply.Type)
	assert.Equal(t, "Look", string(got.reply.Body))
	got = s.call("GET " + picture)
	assert.Equal(t, "image/png", got.reply.Type)
	assert.Equal(t, "picture", string(got.reply.Body))
	assert.Empty(t, got.reply.Header["Content-Disposition"])
	for query, want := range map[string]string{
		"contentDisposition=Inline":                                      `inline; filename=a.png`,
		"contentDisposition=Attachment":                                  `attachment; filename=a.png`,
		"contentDisposition=Attachment&contentDispositionFilename=b.png": `attachment; filename=b.png`,
		"contentDispositionFilename=b%20c.png":                           `attachment; filename="b c.png"`,
	} {
		assert.Equal(t, want, s.call("GET " + picture + "?" + query).reply.Header["Content-Disposition"][0], query)
	}
	part := s.send("GET "+picture, &Request{Range: "bytes=0-2"})
	assert.Equal(t, 206, part.status)
	assert.Equal(t, "pic", string(part.reply.Body))

	assert.Equal(t, "CMN-101", s.call("GET "+picture+"?contentDisposition=Hidden").code())
	assert.Equal(t, "CMN-102", s.call("GET "+store+"/"+idOf(sent)+"/content/1").code())
	copied := objects(s.call("GET "+otherExtension+"/message-store").ok(), "records")[0]
	assert.Equal(t, "picture", string(s.call("GET "+otherExtension+"/message-store/"+idOf(copied)+"/content/"+idOf(objects(copied, "attachments")[1])).reply.Body))
}
