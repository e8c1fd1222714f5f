package messages

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

// synchronize returns the ids of a synchronization and its token.
func synchronize(s *worldtest.Scene, query string) ([]string, string) {
	s.TB.Helper()
	got := s.Call("GET " + worldtest.ExtensionPath + "/message-sync?" + query).OK()
	token := world.Text(world.Child(got, "syncInfo"), "syncToken")
	require.NotEmpty(s.TB, token)
	return worldtest.IDsOf(got), token
}

func TestMessageSync(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	one := worldtest.IDOf(sms(s, worldtest.OutsidePhone, "a"))
	ids, token := synchronize(s, "syncType=FSync")
	assert.Equal(t, []string{one}, ids)
	ids, token = synchronize(s, "syncType=ISync&syncToken="+token)
	assert.Empty(t, ids, "nothing has happened")

	s.At = s.At.Add(smsSent)
	ids, token = synchronize(s, "syncToken="+token)
	assert.Equal(t, []string{one}, ids, "sent")
	s.At = s.At.Add(smsDelivered)
	two := worldtest.IDOf(sms(s, worldtest.OutsidePhone, "b"))
	got := s.Call("GET " + worldtest.ExtensionPath + "/message-sync?syncType=ISync&syncToken=" + token).OK()
	assert.Equal(t, []string{two, one}, worldtest.IDsOf(got), "new, and delivered meanwhile")
	assert.Equal(t, "ISync", world.Child(got, "syncInfo")["syncType"])
	token = world.Text(world.Child(got, "syncInfo"), "syncToken")

	s.Call("PUT "+store+"/"+two, `{"readStatus":"Unread"}`)
	ids, token = synchronize(s, "syncType=ISync&syncToken="+token)
	assert.Equal(t, []string{two}, ids, "marked, in the same instant")
	s.Call("DELETE " + store + "/" + two)
	s.Call("DELETE " + store + "/" + one + "?purge=true")
	got = s.Call("GET " + worldtest.ExtensionPath + "/message-sync?syncType=ISync&syncToken=" + token).OK()
	var state []any
	for _, m := range world.Children(got, "records") {
		state = append(state, m["availability"])
	}
	assert.Equal(t, []any{"Deleted", "Purged"}, state)
	ids, _ = synchronize(s, "syncType=FSync")
	assert.Empty(t, ids)
}

func TestMessageSyncFilters(t *testing.T) {
	s := newScene(t)
	ids, token := synchronize(s, "syncType=FSync&messageType=Fax&direction=Inbound")
	assert.Len(t, ids, 1)
	sms(s, worldtest.OutsidePhone, "a")
	fax, p := ReceiveFax(s.World, s.At, InboundFax{From: worldtest.OutsidePhone, To: worldtest.Phone})
	require.Nil(t, p)
	ids, _ = synchronize(s, "syncType=ISync&syncToken="+token)
	assert.Equal(t, []string{worldtest.IDOf(fax)}, ids, "the filters hold")

	got := s.Call("GET " + worldtest.ExtensionPath + "/message-sync?syncType=FSync&recordCount=2").OK()
	assert.Len(t, worldtest.IDsOf(got), 2)
	assert.Equal(t, true, world.Child(got, "syncInfo")["olderRecordsExist"])
	ids, _ = synchronize(s, "syncType=FSync&distinctConversations=true&messageType=SMS")
	assert.Len(t, ids, 2)
	ids, _ = synchronize(s, "syncType=FSync&dateFrom=2026-11-24T11:30:00Z&messageType=SMS")
	assert.Len(t, ids, 1, "what was sent now")
}

func TestMessageSyncInPieces(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	_, token := synchronize(s, "syncType=FSync")
	var want, got []string
	for range 5 {
		want = append(want, worldtest.IDOf(sms(s, worldtest.OutsidePhone, "a")))
	}
	for range 3 {
		var ids []string
		ids, token = synchronize(s, "syncType=ISync&recordCount=2&syncToken="+token)
		got = append(got, ids...)
	}
	assert.Equal(t, want, got, "nothing is lost, nothing comes twice")
}

func TestStaleSyncTokens(t *testing.T) {
	s := newScene(t)
	_, token := synchronize(s, "syncType=FSync")
	other := newScene(t, func(c *world.Config) { c.Now = c.Now.Add(time.Hour) })
	_, foreign := synchronize(other, "syncType=FSync")
	query := "/message-sync?syncType=ISync&syncToken="
	for name, bad := range map[string]string{"garbage": "x", "of another world": foreign, "cut": token[:10]} {
		got := s.Call("GET " + worldtest.ExtensionPath + query + bad)
		assert.Equal(t, "MSG-333", got.Code(), name)
		assert.Equal(t, 400, got.Status, name)
	}
	assert.Equal(t, "MSG-333", s.Call("GET "+otherExtension+query+token).Code(), "of another mailbox")
	s.At = s.At.Add(world.SyncTokenLifetime + time.Second)
	assert.Equal(t, "MSG-333", s.Call("GET "+worldtest.ExtensionPath+query+token).Code(), "old")
	assert.Equal(t, "CMN-100", s.Call("GET "+worldtest.ExtensionPath+"/message-sync?syncType=ISync").Code())
	assert.Equal(t, "CMN-101", s.Call("GET "+worldtest.ExtensionPath+"/message-sync?syncType=XSync").Code())
	assert.Equal(t, "CMN-101", s.Call("GET "+worldtest.ExtensionPath+"/message-sync?recordCount=x").Code())
}
