package world

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// heard runs something and returns what was told meanwhile.
func heard(w *World, do func()) []event {
	w.takeEvents()
	do()
	return w.takeEvents()
}

func TestMessagesAreTold(t *testing.T) {
	w := newScene(t, bare).world
	outside := party{number: outsidePhone}
	self, _ := w.member(testUser)
	for _, c := range []struct {
		d         draft
		direction string
		kind      string
		filters   []string
	}{
		{draft{kind: typeSMS, from: outside, to: []party{self}, text: "a"}, "Inbound", "SMS", []string{"/message-store", "/message-store/instant"}},
		{draft{kind: typeSMS, from: self, to: []party{outside}, text: "a"}, "Outbound", "SMS", []string{"/message-store"}},
		{voicemail(outside, self, sample("audio/mpeg"), 3), "Inbound", "Voicemail", []string{"/message-store", "/voicemail"}},
		{draft{kind: typeFax, from: outside, to: []party{self}}, "Inbound", "Fax", []string{"/message-store", "/fax"}},
		{draft{kind: typePager, from: self, to: []party{self}, text: "a"}, "Inbound", "Pager", []string{"/message-store"}},
	} {
		var m *thing
		told := heard(w, func() { m = w.put(testNow, testUser, c.direction, c.d) })
		var filters []string
		for _, e := range told {
			filters = append(filters, strings.TrimPrefix(e.filter, extension))
			assert.Equal(t, []Param{{"type", c.kind}, {"direction", c.direction}}, e.of)
			assert.Equal(t, testNow, e.at)
		}
		assert.Equal(t, c.filters, filters)
		change := objects(told[0].body, "changes")[0]
		assert.Equal(t, c.kind, change["type"])
		assert.Equal(t, 1, change["newCount"])
		if len(told) > 1 {
			id, _ := scalar(told[1].body["id"])
			if id == "" {
				id = m.id // a number, of a type of its own
			}
			assert.Equal(t, m.id, id)
			assert.Equal(t, c.kind, told[1].body["type"])
			assert.Len(t, told[1].body["attachments"], len(objects(m.doc, "attachments")))
		}
	}
}

func TestChangesOfMessagesAreTold(t *testing.T) {
	s := newScene(t)
	w := s.world
	m := w.list(kindMessage, Param{"extensionId", testUser})[0]
	for name, do := range map[string]func(){
		"deleted": func() { w.discard(m, testNow, false) },
	} {
		told := heard(w, do)
		require.Len(t, told, 1, name)
		assert.Equal(t, extension+"/message-store", told[0].filter)
		assert.Equal(t, 1, objects(told[0].body, "changes")[0]["updatedCount"], name)
	}
	s.call("POST "+subscriptionPath, hook(extension+"/message-store")).ok()
	path := "PUT " + store + "/" + m.id
	s.call(path, `{"readStatus":"`+text(m.doc, "readStatus")+`"}`).ok()
	assert.Empty(t, s.told, "it is read already")
	s.call(path, `{"readStatus":"Read"}`).ok()
	assert.Len(t, s.told, 1)
}
