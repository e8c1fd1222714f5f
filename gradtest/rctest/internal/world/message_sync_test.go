package world

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sync returns the ids of a synchronization and its token.
func (s *scene) sync(query string) ([]string, string) {
	s.tb.Helper()
	got := s.call("GET " + extension + "/message-sync?" + query).ok()
	token := text(object(got, "syncInfo"), "syncToken")
	require.NotEmpty(s.tb, token)
	return idsOf(got), token
}

func TestMessageSync(t *testing.T) {
	s := newScene(t, bare)
	one := idOf(s.sms(outsidePhone, "a"))
	ids, token := s.sync("syncType=FSync")
	assert.Equal(t, []string{one}, ids)
	ids, token = s.sync("syncType=ISync&syncToken=" + token)
	assert.Empty(t, ids, "nothing has happened")

	s.at = s.at.Add(smsSent)
	ids, token = s.sync("syncToken=" + token)
	assert.Equal(t, []string{one}, ids, "sent")
	s.at = s.at.Add(smsDelivered)
	two := idOf(s.sms(outsidePhone, "b"))
	got := s.call("GET " + extension + "/message-sync?syncType=ISync&syncToken=" + token).ok()
	assert.Equal(t, []string{two, one}, idsOf(got), "new, and delivered meanwhile")
	assert.Equal(t, "ISync", object(got, "syncInfo")["syncType"])
	token = text(object(got, "syncInfo"), "syncToken")

	s.call("PUT "+store+"/"+two, `{"readStatus":"Unread"}`)
	ids, token = s.sync("syncType=ISync&syncToken=" + token)
	assert.Equal(t, []string{two}, ids, "marked, in the same instant")
	s.call("DELETE " + store + "/" + two)
	s.call("DELETE " + store + "/" + one + "?purge=true")
	got = s.call("GET " + extension + "/message-sync?syncType=ISync&syncToken=" + token).ok()
	var state []any
	for _, m := range objects(got, "records") {
		state = append(state, m["availability"])
	}
	assert.Equal(t, []any{"Deleted", "Purged"}, state)
	ids, _ = s.sync("syncType=FSync")
	assert.Empty(t, ids)
}

func TestMessageSyncFilters(t *testing.T) {
	s := newScene(t)
	ids, token := s.sync("syncType=FSync&messageType=Fax&direction=Inbound")
	assert.Len(t, ids, 1)
	s.sms(outsidePhone, "a")
	fax, p := s.world.ReceiveFax(s.at, InboundFax{From: outsidePhone, To: testPhone})
	require.Nil(t, p)
	ids, _ = s.sync("syncType=ISync&syncToken=" + token)
	assert.Equal(t, []string{idOf(fax)}, ids, "the filters hold")

	got := s.call("GET " + extension + "/message-sync?syncType=FSync&recordCount=2").ok()
	assert.Len(t, idsOf(got), 2)
	assert.Equal(t, true, object(got, "syncInfo")["olderRecordsExist"])
	ids, _ = s.sync("syncType=FSync&distinctConversations=true&messageType=SMS")
	assert.Len(t, ids, 2)
	ids, _ = s.sync("syncType=FSync&dateFrom=2026-11-24T11:30:00Z&messageType=SMS")
	assert.Len(t, ids, 1, "what was sent now")
}

func TestMessageSyncInPieces(t *testing.T) {
	s := newScene(t, bare)
	_, token := s.sync("syncType=FSync")
	var want, got []string
	for range 5 {
		want = append(want, idOf(s.sms(outsidePhone, "a")))
	}
	for range 3 {
		var ids []string
		ids, token = s.sync("syncType=ISync&recordCount=2&syncToken=" + token)
		got = append(got, ids...)
	}
	assert.Equal(t, want, got, "nothing is lost, nothing comes twice")
}

func TestStaleSyncTokens(t *testing.T) {
	s := newScene(t)
	_, token := s.sync("syncType=FSync")
	other := newScene(t, func(c *Config) { c.Now = c.Now.Add(time.Hour) })
	_, foreign := other.sync("syncType=FSync")
	query := "/message-sync?syncType=ISync&syncToken="
	for name, bad := range map[string]string{"garbage": "x", "of another world": foreign, "cut": token[:10]} {
		got := s.call("GET " + extension + query + bad)
		assert.Equal(t, "MSG-333", got.code(), name)
		assert.Equal(t, 400, got.status, name)
	}
	assert.Equal(t, "MSG-333", s.call("GET "+otherExtension+query+token).code(), "of another mailbox")
	s.at = s.at.Add(syncAge + time.Second)
	assert.Equal(t, "MSG-333", s.call("GET "+extension+query+token).code(), "old")
	assert.Equal(t, "CMN-100", s.call("GET "+extension+"/message-sync?syncType=ISync").code())
	assert.Equal(t, "CMN-101", s.call("GET "+extension+"/message-sync?syncType=XSync").code())
	assert.Equal(t, "CMN-101", s.call("GET "+extension+"/message-sync?recordCount=x").code())
}

func FuzzSyncToken(f *testing.F) {
	f.Add("x")
	f.Add(syncToken{1, "62264425", 2, testNow, nil}.String())
	f.Fuzz(func(t *testing.T, s string) {
		token, ok := parseSyncToken(s)
		if !ok {
			return
		}
		again, ok := parseSyncToken(token.String())
		require.True(t, ok)
		require.Equal(t, token.rev, again.rev)
		require.Equal(t, token.filter, again.filter)
	})
}
