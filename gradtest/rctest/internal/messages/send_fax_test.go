package messages

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

var page = world.File{Name: "page.pdf", Type: "application/pdf", Content: []byte("%PDF page")}

func TestFax(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	sent := s.Send("POST "+worldtest.ExtensionPath+"/fax", worldtest.Multipart(world.Object{
		"to": []any{world.Object{"phoneNumber": worldtest.OtherPhone, "name": "Sam"}}, "faxResolution": "Low",
		"coverIndex": 7.0, "coverPageText": "Hi",
	}, page)).OK()
	assert.Equal(t, "Fax", sent["type"])
	assert.Equal(t, "Low", sent["faxResolution"])
	assert.EqualValues(t, 2, sent["faxPageCount"], "with the cover")
	assert.EqualValues(t, 7, sent["coverIndex"])
	assert.Equal(t, "page.pdf", world.Children(sent, "attachments")[0]["filename"])
	assert.Equal(t, "Sam", world.Children(sent, "to")[0]["name"])
	assert.Equal(t, "Queued", sent["messageStatus"])

	s.At = s.At.Add(faxSent)
	read := s.Call("GET " + store + "/" + worldtest.IDOf(sent)).OK()
	assert.Equal(t, "Sent", read["messageStatus"])
	assert.Equal(t, "Sent", world.Children(read, "to")[0]["messageStatus"])
	received := world.Children(s.Call("GET "+otherExtension+"/message-store?messageType=Fax&direction=Inbound").OK(),
		"records")
	assert.Len(t, received, 1)
	assert.Equal(t, "RenderedDocument", world.Children(received[0], "attachments")[0]["type"])

	again := s.Call("POST "+worldtest.ExtensionPath+"/fax", `{"originalMessageId":"`+worldtest.IDOf(sent)+`"}`).OK()
	assert.NotEqual(t, worldtest.IDOf(sent), worldtest.IDOf(again))
	assert.Equal(t, worldtest.OtherPhone, world.Children(again, "to")[0]["phoneNumber"], "to whom it went before")
	assert.Equal(t, "Low", again["faxResolution"])
	assert.Len(t, again["attachments"], 1)
	forwarded := s.Call("POST "+worldtest.ExtensionPath+"/fax",
		`{"originalMessageId":"`+worldtest.IDOf(sent)+`","to":[{"phoneNumber":"`+worldtest.OutsidePhone+`"}]}`).OK()
	assert.Equal(t, worldtest.OutsidePhone, world.Children(forwarded, "to")[0]["phoneNumber"])
}

func TestFaxOfSingleFields(t *testing.T) {
	for name, to := range map[string][]string{
		"one": {worldtest.OtherPhone}, "several": {worldtest.OtherPhone, worldtest.OutsidePhone},
		"joined":    {worldtest.OtherPhone + "," + worldtest.OutsidePhone},
		"JSON":      {`[{"phoneNumber":"` + worldtest.OtherPhone + `"}]`},
		"an object": {`{"phoneNumber":"` + worldtest.OtherPhone + `"}`}, "texts": {`["` + worldtest.OtherPhone + `"]`},
		"without plus": {worldtest.OtherPhone[1:]},
	} {
		s := newScene(t, worldtest.Bare)
		sent := s.Send("POST "+worldtest.ExtensionPath+"/fax", &world.Request{
			Form: url.Values{"to": to, "faxResolution": {"High"}, "coverIndex": {"0"}}, Files: []world.File{page}, Parts: true,
		}).OK()
		assert.Equal(t, worldtest.OtherPhone, world.Children(sent, "to")[0]["phoneNumber"], name)
		assert.Equal(t, "High", sent["faxResolution"], name)
	}
}

func TestFaxLater(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	sent := s.Send("POST "+worldtest.ExtensionPath+"/fax", worldtest.Multipart(world.Object{
		"to":       []any{world.Object{"phoneNumber": worldtest.OutsidePhone}},
		"sendTime": worldtest.Now.Add(time.Hour).Format(time.RFC3339),
	}, page)).OK()
	s.At = worldtest.Now.Add(time.Hour)
	assert.Equal(t, "Queued", s.Call("GET " + store + "/" + worldtest.IDOf(sent)).OK()["messageStatus"])
	s.At = worldtest.Now.Add(time.Hour + faxSent)
	assert.Equal(t, "Sent", s.Call("GET " + store + "/" + worldtest.IDOf(sent)).OK()["messageStatus"])
}

func TestFaxRefusals(t *testing.T) {
	s := newScene(t)
	to := []any{world.Object{"phoneNumber": worldtest.OutsidePhone}}
	for _, c := range []struct {
		name   string
		q      *world.Request
		status int
		code   string
	}{
		{"envelope is no object", worldtest.Multipart([]any{}, page), 400, "MSG-349"},
		{"no envelope", worldtest.Multipart(nil, page), 400, "MSG-350"},
		{"no attachment", worldtest.Multipart(world.Object{"to": to}), 400, "MSG-351"},
		{"nobody", worldtest.Multipart(world.Object{}, page), 400, "CMN-100"},
		{"no number", worldtest.Multipart(world.Object{"to": []any{world.Object{"phoneNumber": "x"}}}, page), 400, "CMN-101"},
		{"no recipients", worldtest.Multipart(world.Object{"to": "x"}, page), 400, "CMN-101"},
		{"no objects", worldtest.Multipart(world.Object{"to": []any{"x"}}, page), 400, "CMN-101"},
		{"no number at all", worldtest.Multipart(world.Object{"to": []any{world.Object{}}}, page), 400, "CMN-100"},
		{"resolution", worldtest.Multipart(world.Object{"to": to, "faxResolution": "Fine"}, page), 400, "CMN-101"},
		{"cover", worldtest.Multipart(world.Object{"to": to, "coverIndex": 14.0}, page), 400, "CMN-101"},
		{"cover text", worldtest.Multipart(world.Object{"to": to, "coverPageText": strings.Repeat("a", 1025)}, page), 400,
			"CMN-101"},
		{"country", worldtest.Multipart(world.Object{"to": to, "isoCode": "USA"}, page), 400, "CMN-101"},
		{"time", worldtest.Multipart(world.Object{"to": to, "sendTime": "later"}, page), 400, "CMN-101"},
		{"sound", worldtest.Multipart(world.Object{"to": to}, world.File{Type: "audio/mpeg"}), 415, "MSG-348"},
		{"unknown", worldtest.Multipart(world.Object{"to": to}, world.File{Name: "a.exe", Type: "application/octet-stream"}),
			415, "MSG-348"},
		{"large", worldtest.Multipart(world.Object{"to": to}, world.File{Type: "application/pdf",
			Content: make([]byte, faxBytesMost+1)}), 400, "MSG-338"},
		{"unknown original", &world.Request{Body: world.Object{"originalMessageId": "1"}}, 400, "CMN-102"},
	} {
		got := s.Send("POST "+worldtest.ExtensionPath+"/fax", c.q)
		assert.Equal(t, c.code, got.Code(), c.name)
		assert.Equal(t, c.status, got.Status, c.name)
	}
}

func FuzzToField(f *testing.F) {
	for _, seed := range []string{"", "+16505550101", "+1,+2", "[1]", `["+1"]`, `{"phoneNumber":7}`, "null", "7", `"x"`,
		"[[]]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, field string) {
		s := newScene(t, worldtest.Bare)
		q := &world.Request{Form: url.Values{"to": {field}}, Files: []world.File{page}, Parts: true}
		if got := s.Send("POST "+worldtest.ExtensionPath+"/fax", q); got.Problem == nil {
			assert.NotEmpty(t, got.OK()["to"])
		} else {
			assert.Equal(t, 400, got.Status)
		}
	})
}
