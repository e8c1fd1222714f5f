package world

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

var page = File{Name: "page.pdf", Type: "application/pdf", Content: []byte("%PDF page")}

func TestFax(t *testing.T) {
	s := newScene(t, bare)
	sent := s.send("POST "+extension+"/fax", parts(Object{
		"to": []any{Object{"phoneNumber": otherPhone, "name": "Sam"}}, "faxResolution": "Low", "coverIndex": 7.0, "coverPageText": "Hi",
	}, page)).ok()
	assert.Equal(t, "Fax", sent["type"])
	assert.Equal(t, "Low", sent["faxResolution"])
	assert.EqualValues(t, 2, sent["faxPageCount"], "with the cover")
	assert.EqualValues(t, 7, sent["coverIndex"])
	assert.Equal(t, "page.pdf", objects(sent, "attachments")[0]["filename"])
	assert.Equal(t, "Sam", objects(sent, "to")[0]["name"])
	assert.Equal(t, "Queued", sent["messageStatus"])

	s.at = s.at.Add(faxSent)
	read := s.call("GET " + store + "/" + idOf(sent)).ok()
	assert.Equal(t, "Sent", read["messageStatus"])
	assert.Equal(t, "Sent", objects(read, "to")[0]["messageStatus"])
	received := objects(s.call("GET "+otherExtension+"/message-store?messageType=Fax&direction=Inbound").ok(), "records")
	assert.Len(t, received, 1)
	assert.Equal(t, "RenderedDocument", objects(received[0], "attachments")[0]["type"])

	again := s.call("POST "+extension+"/fax", `{"originalMessageId":"`+idOf(sent)+`"}`).ok()
	assert.NotEqual(t, idOf(sent), idOf(again))
	assert.Equal(t, otherPhone, objects(again, "to")[0]["phoneNumber"], "to whom it went before")
	assert.Equal(t, "Low", again["faxResolution"])
	assert.Len(t, again["attachments"], 1)
	forwarded := s.call("POST "+extension+"/fax", `{"originalMessageId":"`+idOf(sent)+`","to":[{"phoneNumber":"`+outsidePhone+`"}]}`).ok()
	assert.Equal(t, outsidePhone, objects(forwarded, "to")[0]["phoneNumber"])
}

func TestFaxOfSingleFields(t *testing.T) {
	for name, to := range map[string][]string{
		"one": {otherPhone}, "several": {otherPhone, outsidePhone}, "joined": {otherPhone + "," + outsidePhone},
		"JSON": {`[{"phoneNumber":"` + otherPhone + `"}]`}, "an object": {`{"phoneNumber":"` + otherPhone + `"}`}, "texts": {`["` + otherPhone + `"]`},
		"without plus": {otherPhone[1:]},
	} {
		s := newScene(t, bare)
		sent := s.send("POST "+extension+"/fax", &Request{
			Form: url.Values{"to": to, "faxResolution": {"High"}, "coverIndex": {"0"}}, Files: []File{page}, Parts: true,
		}).ok()
		assert.Equal(t, otherPhone, objects(sent, "to")[0]["phoneNumber"], name)
		assert.Equal(t, "High", sent["faxResolution"], name)
	}
}

func TestFaxLater(t *testing.T) {
	s := newScene(t, bare)
	sent := s.send("POST "+extension+"/fax", parts(Object{
		"to": []any{Object{"phoneNumber": outsidePhone}}, "sendTime": testNow.Add(time.Hour).Format(time.RFC3339),
	}, page)).ok()
	s.at = testNow.Add(time.Hour)
	assert.Equal(t, "Queued", s.call("GET " + store + "/" + idOf(sent)).ok()["messageStatus"])
	s.at = testNow.Add(time.Hour + faxSent)
	assert.Equal(t, "Sent", s.call("GET " + store + "/" + idOf(sent)).ok()["messageStatus"])
}

func TestFaxRefusals(t *testing.T) {
	s := newScene(t)
	to := []any{Object{"phoneNumber": outsidePhone}}
	for _, c := range []struct {
		name   string
		q      *Request
		status int
		code   string
	}{
		{"envelope is no object", parts([]any{}, page), 400, "MSG-349"},
		{"no envelope", parts(nil, page), 400, "MSG-350"},
		{"no attachment", parts(Object{"to": to}), 400, "MSG-351"},
		{"nobody", parts(Object{}, page), 400, "CMN-100"},
		{"no number", parts(Object{"to": []any{Object{"phoneNumber": "x"}}}, page), 400, "CMN-101"},
		{"no recipients", parts(Object{"to": "x"}, page), 400, "CMN-101"},
		{"no objects", parts(Object{"to": []any{"x"}}, page), 400, "CMN-101"},
		{"no number at all", parts(Object{"to": []any{Object{}}}, page), 400, "CMN-100"},
		{"resolution", parts(Object{"to": to, "faxResolution": "Fine"}, page), 400, "CMN-101"},
		{"cover", parts(Object{"to": to, "coverIndex": 14.0}, page), 400, "CMN-101"},
		{"cover text", parts(Object{"to": to, "coverPageText": strings.Repeat("a", 1025)}, page), 400, "CMN-101"},
		{"country", parts(Object{"to": to, "isoCode": "USA"}, page), 400, "CMN-101"},
		{"time", parts(Object{"to": to, "sendTime": "later"}, page), 400, "CMN-101"},
		{"sound", parts(Object{"to": to}, File{Type: "audio/mpeg"}), 415, "MSG-348"},
		{"unknown", parts(Object{"to": to}, File{Name: "a.exe", Type: "application/octet-stream"}), 415, "MSG-348"},
		{"large", parts(Object{"to": to}, File{Type: "application/pdf", Content: make([]byte, faxBytesMost+1)}), 400, "MSG-338"},
		{"unknown original", &Request{Body: Object{"originalMessageId": "1"}}, 400, "CMN-102"},
	} {
		got := s.send("POST "+extension+"/fax", c.q)
		assert.Equal(t, c.code, got.code(), c.name)
		assert.Equal(t, c.status, got.status, c.name)
	}
}

func FuzzToField(f *testing.F) {
	for _, seed := range []string{"", "+16505550101", "+1,+2", "[1]", `["+1"]`, `{"phoneNumber":7}`, "null", "7", `"x"`, "[[]]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, field string) {
		s := newScene(t, bare)
		q := &Request{Form: url.Values{"to": {field}}, Files: []File{page}, Parts: true}
		if got := s.send("POST "+extension+"/fax", q); got.problem == nil {
			assert.NotEmpty(t, got.ok()["to"])
		} else {
			assert.Equal(t, 400, got.status)
		}
	})
}
