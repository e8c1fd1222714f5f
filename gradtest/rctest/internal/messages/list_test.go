package messages

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestStartingMailbox(t *testing.T) {
	s := newScene(t)
	byType := func(kind string) []world.Object {
		return world.Children(s.Call("GET "+store+"?messageType="+kind).OK(), "records")
	}
	assert.Len(t, byType("SMS"), 3)
	for _, m := range byType("SMS") {
		assert.Equal(t, "Inbound", m["direction"])
		assert.Equal(t, "Unread", m["readStatus"])
	}
	assert.Len(t, byType("VoiceMail"), 1)
	assert.Len(t, byType("Fax"), 1)
	assert.Len(t, byType("Pager"), 1)
	assert.Empty(t, worldtest.IDsOf(s.Call("GET "+otherExtension+"/message-store").OK()))
	assert.Empty(t, worldtest.IDsOf(newScene(t, worldtest.Bare).Call("GET "+store).OK()))
}

func TestMessageListFilters(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	old := worldtest.IDOf(sms(s, worldtest.OutsidePhone, "old"))
	s.At = worldtest.Now.Add(25 * time.Hour)
	first := sms(s, worldtest.OutsidePhone, "first")
	second := worldtest.IDOf(sms(s, worldtest.OutsidePhone, "second"))
	pager := worldtest.IDOf(s.Call("POST "+worldtest.ExtensionPath+"/company-pager",
		`{"to":[{"extensionNumber":"102"}],"text":"a"}`).OK())
	s.At = s.At.Add(time.Minute)
	inbound, p := ReceiveSMS(s.World, s.At, InboundSMS{From: "+16505550161", To: []string{worldtest.Phone}, Text: "in"})
	assert.Nil(t, p)
	in := worldtest.IDOf(inbound)
	gone := worldtest.IDOf(sms(s, worldtest.OutsidePhone, "gone"))
	s.Call("DELETE " + store + "/" + gone)
	conversation, _ := world.Scalar(first["conversationId"])
	one := worldtest.IDOf(first)
	for query, want := range map[string][]string{
		"":                     {in, pager, second, one},
		"availability=Deleted": {gone},
		"availability=Alive&availability=Deleted":                 {gone, in, pager, second, one},
		"availability=Purged":                                     {},
		"conversationId=" + conversation:                          {second, one},
		"conversationId=" + conversation + "&dateFrom=2026-11-24": {second, one, old},
		"dateFrom=2026-11-24T12:00:00Z":                           {in, pager, second, one, old},
		"dateFrom=2026-11-24T12:00:00.001Z":                       {in, pager, second, one},
		"dateTo=2026-11-25T13:00:00Z":                             {pager, second, one},
		"dateTo=2026-11-24T18:00:00Z":                             {old},
		"dateFrom=2026-11-25T13:00:01%2B00:00":                    {in},
		"direction=Inbound":                                       {in},
		"direction=Outbound":                                      {pager, second, one},
		"direction=Inbound&direction=Outbound":                    {in, pager, second, one},
		"messageType=Pager":                                       {pager},
		"messageType=Pager&messageType=Fax":                       {pager},
		"messageType=Fax":                                         {},
		"readStatus=Unread":                                       {in},
		"readStatus=Read":                                         {pager, second, one},
		"phoneNumber=16505550161":                                 {in},
		"phoneNumber=%2B16505550161":                              {in},
		"phoneNumber=1650555":                                     {},
		"distinctConversations=true":                              {in, pager, second},
		"owner=Personal":                                          {in, pager, second, one},
		"owner=Any":                                               {in, pager, second, one},
		"owner=Shared":                                            {},
		"owner=" + worldtest.User:                                 {in, pager, second, one},
		"voicemailOwner=" + worldtest.OtherUser:                   {},
		"ownerExtensionType=User":                                 {in, pager, second, one},
		"ownerExtensionType=Department":                           {},
		"perPage=2":                                               {in, pager},
		"perPage=3&page=2":                                        {one},
	} {
		list := s.Call("GET " + store + "?" + query).OK()
		assert.Equal(t, want, worldtest.IDsOf(list), query)
		uri := list["uri"].(string)
		assert.Contains(t, uri, "availability=", query)
		assert.Contains(t, uri, "dateFrom=", query)
		next, more := world.Child(world.Child(list, "navigation"), "nextPage")["uri"].(string)
		if more {
			_, query, _ := strings.Cut(next, "?")
			assert.Equal(t, []string{second, one}, worldtest.IDsOf(s.Call("GET "+store+"?"+query).OK()))
		}
	}
	for _, query := range []string{
		"dateFrom=yesterday", "dateTo=x", "dateFrom=2026-12-24", "messageType=Email", "direction=Up", "availability=Lost",
		"readStatus=x", "page=0", "perPage=x",
		"distinctConversations=maybe",
	} {
		assert.Equal(t, "CMN-101", s.Call("GET "+store+"?"+query).Code(), query)
	}
}
