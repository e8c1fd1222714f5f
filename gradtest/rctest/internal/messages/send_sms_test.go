package messages

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestSMSIsFoundBySenderAndRecipient(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	sent := sms(s, worldtest.OtherPhone, "Hello")
	assert.Equal(t, "SMS", sent["type"])
	assert.Equal(t, "Outbound", sent["direction"])
	assert.Equal(t, "Queued", sent["messageStatus"])
	assert.Equal(t, "Hello", sent["subject"])
	assert.Equal(t, "http://emulator.invalid"+store+"/"+worldtest.IDOf(sent), sent["uri"])
	assert.Equal(t, world.Object{"phoneNumber": worldtest.Phone, "name": "Robin Example"}, sent["from"])

	read := s.Call("GET " + store + "/" + worldtest.IDOf(sent)).OK()
	assert.Equal(t, sent["conversationId"], read["conversationId"])
	assert.EqualValues(t, 1, read["segmentCount"])

	copies := world.Children(s.Call("GET "+otherExtension+"/message-store").OK(), "records")
	assert.Len(t, copies, 1)
	assert.Equal(t, "Inbound", copies[0]["direction"])
	assert.Equal(t, "Unread", copies[0]["readStatus"])
	assert.Equal(t, "Received", copies[0]["messageStatus"])
	assert.Equal(t, sent["conversationId"], copies[0]["conversationId"], "the same parties have one conversation")
	assert.NotEqual(t, worldtest.IDOf(sent), worldtest.IDOf(copies[0]))
	assert.Equal(t, sent["conversationId"], sms(s, worldtest.OtherPhone, "Once more")["conversationId"])
	assert.NotEqual(t, sent["conversationId"], sms(s, worldtest.OutsidePhone, "Another")["conversationId"])
	assert.Equal(t, 404, s.Call("GET "+otherExtension+"/message-store/"+worldtest.IDOf(sent)).Status,
		"a message is in one mailbox")
}

func TestMMS(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	picture := world.File{Name: "a.png", Type: "image/png", Content: []byte("picture")}
	body := world.Object{"from": world.Object{"phoneNumber": worldtest.Phone},
		"to": []any{world.Object{"phoneNumber": worldtest.OtherPhone}}, "text": "Look"}
	for _, path := range []string{"/mms", "/sms"} {
		sent := s.Send("POST "+worldtest.ExtensionPath+path, worldtest.Multipart(body, picture)).OK()
		attachments := world.Children(sent, "attachments")
		assert.Len(t, attachments, 2, path)
		assert.Equal(t, "Text", attachments[0]["type"])
		assert.Equal(t, "MmsAttachment", attachments[1]["type"])
		assert.Equal(t, "a.png", attachments[1]["fileName"])
		assert.EqualValues(t, 7, attachments[1]["size"])
	}
	sent := s.Send("POST "+worldtest.ExtensionPath+"/mms", worldtest.Multipart(body,
		world.File{Name: "b.JPG", Type: "application/octet-stream"})).OK()
	assert.Equal(t, "image/jpeg", world.Children(sent, "attachments")[1]["contentType"], "told by its name")
	assert.Equal(t, "CMN-100", s.Send("POST "+worldtest.ExtensionPath+"/mms", worldtest.Multipart(body)).Code(),
		"without a file it is no MMS")
}

func TestSMSRefusals(t *testing.T) {
	many := make([]any, 11)
	for i := range many {
		many[i] = world.Object{"phoneNumber": worldtest.OutsidePhone}
	}
	to := func(number string) []any { return []any{world.Object{"phoneNumber": number}} }
	file := func(kind string, size int) world.File { return world.File{Type: kind, Content: make([]byte, size)} }
	s := newScene(t)
	people.AddNumber(s.World, 1, "+16505550109", "DirectNumber", s.World.Get(world.KindExtension, worldtest.User),
		[]string{"CallerId"})
	for _, c := range []struct {
		name, from string
		to         []any
		text       string
		files      []world.File
		status     int
		code       string
	}{
		{"nobody's number", "+16505550199", to(worldtest.OutsidePhone), "a", nil, 400, "MSG-245"},
		{"another's number", worldtest.OtherPhone, to(worldtest.OutsidePhone), "a", nil, 403, "MSG-304"},
		{"no sender of SMS", "+16505550109", to(worldtest.OutsidePhone), "a", nil, 403, "MSG-242"},
		{"an extension", worldtest.Phone, to("102"), "a", nil, 400, "MSG-246"},
		{"a short number", worldtest.Phone, to("33733"), "a", nil, 400, "MSG-247"},
		{"abroad", worldtest.Phone, to("+442079460123"), "a", nil, 403, "MSG-240"},
		{"no number", worldtest.Phone, to("abc"), "a", nil, 400, "CMN-101"},
		{"seven digits", worldtest.Phone, to("5550160"), "a", nil, 400, "CMN-101"},
		{"too many", worldtest.Phone, many, "a", nil, 400, "MSG-381"},
		{"nobody", worldtest.Phone, []any{}, "a", nil, 400, "CMN-100"},
		{"nothing", worldtest.Phone, to(worldtest.OutsidePhone), "", nil, 400, "CMN-100"},
		{"long", worldtest.Phone, to(worldtest.OutsidePhone), strings.Repeat("a", 1001), nil, 400, "CMN-101"},
		{"long in UTF-16", worldtest.Phone, to(worldtest.OutsidePhone), strings.Repeat("😀", 501), nil, 400, "CMN-101"},
		{"large", worldtest.Phone, to(worldtest.OutsidePhone), "",
			[]world.File{file("image/png", 1_000_000), file("image/png", 500_001)}, 400, "MSG-338"},
		{"of another type", worldtest.Phone, to(worldtest.OutsidePhone), "", []world.File{file("application/pdf", 1)}, 415,
			"MSG-348"},
		{"many files", worldtest.Phone, to(worldtest.OutsidePhone), "", make([]world.File, 11), 400, "CMN-101"},
	} {
		body := world.Object{"from": world.Object{"phoneNumber": c.from}, "to": c.to, "text": c.text}
		got := s.Send("POST "+worldtest.ExtensionPath+"/sms", worldtest.Multipart(body, c.files...))
		assert.Equal(t, c.code, got.Code(), c.name)
		assert.Equal(t, c.status, got.Status, c.name)
	}
	assert.Equal(t, "CMN-100", s.Call("POST "+worldtest.ExtensionPath+"/sms",
		`{"to":[{"phoneNumber":"+16505550160"}],"text":"a"}`).Code())
	ok := world.Object{"from": world.Object{"phoneNumber": worldtest.Phone}, "to": many[1:],
		"text": strings.Repeat("😀", 500)}
	sent := s.Send("POST "+worldtest.ExtensionPath+"/sms", worldtest.Multipart(ok, file("image/png", 1_500_000))).OK()
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
