package world

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSMSIsFoundBySenderAndRecipient(t *testing.T) {
	s := newScene(t, bare)
	sent := s.sms(otherPhone, "Hello")
	assert.Equal(t, "SMS", sent["type"])
	assert.Equal(t, "Outbound", sent["direction"])
	assert.Equal(t, "Queued", sent["messageStatus"])
	assert.Equal(t, "Hello", sent["subject"])
	assert.Equal(t, "http://emulator.invalid"+store+"/"+idOf(sent), sent["uri"])
	assert.Equal(t, Object{"phoneNumber": testPhone, "name": "Robin Example"}, sent["from"])

	read := s.call("GET " + store + "/" + idOf(sent)).ok()
	assert.Equal(t, sent["conversationId"], read["conversationId"])
	assert.EqualValues(t, 1, read["segmentCount"])

	copies := objects(s.call("GET "+otherExtension+"/message-store").ok(), "records")
	assert.Len(t, copies, 1)
	assert.Equal(t, "Inbound", copies[0]["direction"])
	assert.Equal(t, "Unread", copies[0]["readStatus"])
	assert.Equal(t, "Received", copies[0]["messageStatus"])
	assert.Equal(t, sent["conversationId"], copies[0]["conversationId"], "the same parties have one conversation")
	assert.NotEqual(t, idOf(sent), idOf(copies[0]))
	assert.Equal(t, sent["conversationId"], s.sms(otherPhone, "Once more")["conversationId"])
	assert.NotEqual(t, sent["conversationId"], s.sms(outsidePhone, "Another")["conversationId"])
	assert.Equal(t, 404, s.call("GET "+otherExtension+"/message-store/"+idOf(sent)).status, "a message is in one mailbox")
}

func TestMMS(t *testing.T) {
	s := newScene(t, bare)
	picture := File{Name: "a.png", Type: "image/png", Content: []byte("picture")}
	body := Object{"from": Object{"phoneNumber": testPhone}, "to": []any{Object{"phoneNumber": otherPhone}}, "text": "Look"}
	for _, path := range []string{"/mms", "/sms"} {
		sent := s.send("POST "+extension+path, parts(body, picture)).ok()
		attachments := objects(sent, "attachments")
		assert.Len(t, attachments, 2, path)
		assert.Equal(t, "Text", attachments[0]["type"])
		assert.Equal(t, "MmsAttachment", attachments[1]["type"])
		assert.Equal(t, "a.png", attachments[1]["fileName"])
		assert.EqualValues(t, 7, attachments[1]["size"])
	}
	sent := s.send("POST "+extension+"/mms", parts(body, File{Name: "b.JPG", Type: "application/octet-stream"})).ok()
	assert.Equal(t, "image/jpeg", objects(sent, "attachments")[1]["contentType"], "told by its name")
	assert.Equal(t, "CMN-100", s.send("POST "+extension+"/mms", parts(body)).code(), "without a file it is no MMS")
}

func TestSMSRefusals(t *testing.T) {
	many := make([]any, 11)
	for i := range many {
		many[i] = Object{"phoneNumber": outsidePhone}
	}
	to := func(number string) []any { return []any{Object{"phoneNumber": number}} }
	file := func(kind string, size int) File { return File{Type: kind, Content: make([]byte, size)} }
	s := newScene(t)
	s.world.addNumber(1, "+16505550109", "DirectNumber", s.world.get(kindExtension, testUser), []string{"CallerId"})
	for _, c := range []struct {
		name, from string
		to         []any
		text       string
		files      []File
		status     int
		code       string
	}{
		{"nobody's number", "+16505550199", to(outsidePhone), "a", nil, 400, "MSG-245"},
		{"another's number", otherPhone, to(outsidePhone), "a", nil, 403, "MSG-304"},
		{"no sender of SMS", "+16505550109", to(outsidePhone), "a", nil, 403, "MSG-242"},
		{"an extension", testPhone, to("102"), "a", nil, 400, "MSG-246"},
		{"a short number", testPhone, to("33733"), "a", nil, 400, "MSG-247"},
		{"abroad", testPhone, to("+442079460123"), "a", nil, 403, "MSG-240"},
		{"no number", testPhone, to("abc"), "a", nil, 400, "CMN-101"},
		{"without plus", testPhone, to("16505550160"), "a", nil, 400, "CMN-101"},
		{"too many", testPhone, many, "a", nil, 400, "MSG-381"},
		{"nobody", testPhone, []any{}, "a", nil, 400, "CMN-100"},
		{"nothing", testPhone, to(outsidePhone), "", nil, 400, "CMN-100"},
		{"long", testPhone, to(outsidePhone), strings.Repeat("a", 1001), nil, 400, "CMN-101"},
		{"long in UTF-16", testPhone, to(outsidePhone), strings.Repeat("😀", 501), nil, 400, "CMN-101"},
		{"large", testPhone, to(outsidePhone), "", []File{file("image/png", 1_000_000), file("image/png", 500_001)}, 400, "MSG-338"},
		{"of another type", testPhone, to(outsidePhone), "", []File{file("application/pdf", 1)}, 415, "MSG-348"},
		{"many files", testPhone, to(outsidePhone), "", make([]File, 11), 400, "CMN-101"},
	} {
		body := Object{"from": Object{"phoneNumber": c.from}, "to": c.to, "text": c.text}
		got := s.send("POST "+extension+"/sms", parts(body, c.files...))
		assert.Equal(t, c.code, got.code(), c.name)
		assert.Equal(t, c.status, got.status, c.name)
	}
	assert.Equal(t, "CMN-100", s.call("POST "+extension+"/sms", `{"to":[{"phoneNumber":"+16505550160"}],"text":"a"}`).code())
	ok := Object{"from": Object{"phoneNumber": testPhone}, "to": many[1:], "text": strings.Repeat("😀", 500)}
	sent := s.send("POST "+extension+"/sms", parts(ok, file("image/png", 1_500_000))).ok()
	assert.Len(t, sent["to"], 10, "as many as there may be")
}

func TestSegments(t *testing.T) {
	for text, want := range map[string]int{
		"a": 1, strings.Repeat("a", 160): 1, strings.Repeat("a", 161): 2, strings.Repeat("a", 307): 3,
		strings.Repeat("я", 70): 1, strings.Repeat("я", 71): 2,
	} {
		assert.Equal(t, want, segments(text), len(text))
	}
}
