package messages

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

// eventsOf runs something and returns what was told meanwhile.
func eventsOf(w *world.World, do func()) []world.Event {
	w.TakeEvents()
	do()
	return w.TakeEvents()
}

func TestMessagesAreTold(t *testing.T) {
	w := newScene(t, worldtest.Bare).World
	outside := people.Party{Number: worldtest.OutsidePhone}
	self, _ := people.MemberOf(w, worldtest.User)
	for _, c := range []struct {
		d         draft
		direction string
		kind      string
		filters   []string
	}{
		{draft{kind: typeSMS, from: outside, to: []people.Party{self}, text: "a"}, "Inbound", "SMS",
			[]string{"/message-store", "/message-store/instant"}},
		{draft{kind: typeSMS, from: self, to: []people.Party{outside}, text: "a"}, "Outbound", "SMS",
			[]string{"/message-store"}},
		{voicemail(outside, self, world.SampleFile("audio/mpeg"), 3), "Inbound", "Voicemail",
			[]string{"/message-store", "/voicemail"}},
		{draft{kind: typeFax, from: outside, to: []people.Party{self}}, "Inbound", "Fax", []string{"/message-store", "/fax"}},
		{draft{kind: typePager, from: self, to: []people.Party{self}, text: "a"}, "Inbound", "Pager",
			[]string{"/message-store"}},
	} {
		var m *world.Resource
		told := eventsOf(w, func() { m = put(w, worldtest.Now, worldtest.User, c.direction, c.d) })
		var filters []string
		for _, e := range told {
			filters = append(filters, strings.TrimPrefix(e.Filter, worldtest.ExtensionPath))
			assert.Equal(t, []world.Param{world.NewParam("type", c.kind), world.NewParam("direction", c.direction)},
				e.Attributes)
			assert.Equal(t, worldtest.Now, e.At)
		}
		assert.Equal(t, c.filters, filters)
		change := world.Children(told[0].Body, "changes")[0]
		assert.Equal(t, c.kind, change["type"])
		assert.Equal(t, 1, change["newCount"])
		if len(told) > 1 {
			id, _ := world.Scalar(told[1].Body["id"])
			if id == "" {
				id = m.ID // a number, of a type of its own
			}
			assert.Equal(t, m.ID, id)
			assert.Equal(t, c.kind, told[1].Body["type"])
			assert.Len(t, told[1].Body["attachments"], len(world.Children(m.Doc, "attachments")))
		}
	}
}

func TestChangesOfMessagesAreTold(t *testing.T) {
	s := newScene(t)
	w := s.World
	m := w.List(kindMessage, world.NewParam("extensionId", worldtest.User))[0]
	for name, do := range map[string]func(){
		"deleted": func() { discard(w, m, worldtest.Now, false) },
	} {
		told := eventsOf(w, do)
		require.Len(t, told, 1, name)
		assert.Equal(t, worldtest.ExtensionPath+"/message-store", told[0].Filter)
		assert.Equal(t, 1, world.Children(told[0].Body, "changes")[0]["updatedCount"], name)
	}
	s.Call("POST "+worldtest.SubscriptionPath, worldtest.Webhook(worldtest.ExtensionPath+"/message-store")).OK()
	path := "PUT " + store + "/" + m.ID
	s.Call(path, `{"readStatus":"`+world.Text(m.Doc, "readStatus")+`"}`).OK()
	assert.Empty(t, s.Notifications, "it is read already")
	s.Call(path, `{"readStatus":"Read"}`).OK()
	assert.Len(t, s.Notifications, 1)
}
