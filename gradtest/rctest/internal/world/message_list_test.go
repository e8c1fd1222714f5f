package world

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestStartingMailbox(t *testing.T) {
	s := newScene(t)
	byType := func(kind string) []Object {
		return objects(s.call("GET "+store+"?messageType="+kind).ok(), "records")
	}
	assert.Len(t, byType("SMS"), 3)
	for _, m := range byType("SMS") {
		assert.Equal(t, "Inbound", m["direction"])
		assert.Equal(t, "Unread", m["readStatus"])
	}
	assert.Len(t, byType("VoiceMail"), 1)
	assert.Len(t, byType("Fax"), 1)
	assert.Len(t, byType("Pager"), 1)
	assert.Empty(t, idsOf(s.call("GET "+otherExtension+"/message-store").ok()))
	assert.Empty(t, idsOf(newScene(t, bare).call("GET "+store).ok()))
}

func TestMessageListFilters(t *testing.T) {
	s := newScene(t, bare)
	old := idOf(s.sms(outsidePhone, "old"))
	s.at = testNow.Add(25 * time.Hour)
	first := s.sms(outsidePhone, "first")
	second := idOf(s.sms(outsidePhone, "second"))
	pager := idOf(s.call("POST "+extension+"/company-pager", `{"to":[{"extensionNumber":"102"}],"text":"a"}`).ok())
	s.at = s.at.Add(time.Minute)
	inbound, p := s.world.ReceiveSMS(s.at, InboundSMS{From: "+16505550161", To: []string{testPhone}, Text: "in"})
	assert.Nil(t, p)
	in := idOf(inbound)
	gone := idOf(s.sms(outsidePhone, "gone"))
	s.call("DELETE " + store + "/" + gone)
	conversation, _ := scalar(first["conversationId"])
	one := idOf(first)
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
		"owner=" + testUser:                                       {in, pager, second, one},
		"voicemailOwner=" + otherUser:                             {},
		"ownerExtensionType=User":                                 {in, pager, second, one},
		"ownerExtensionType=Department":                           {},
		"perPage=2":                                               {in, pager},
		"perPage=3&page=2":                                        {one},
	} {
		list := s.call("GET " + store + "?" + query).ok()
		assert.Equal(t, want, idsOf(list), query)
		uri := list["uri"].(string)
		assert.Contains(t, uri, "availability=", query)
		assert.Contains(t, uri, "dateFrom=", query)
		next, more := object(object(list, "navigation"), "nextPage")["uri"].(string)
		if more {
			_, query, _ := strings.Cut(next, "?")
			assert.Equal(t, []string{second, one}, idsOf(s.call("GET "+store+"?"+query).ok()))
		}
	}
	for _, query := range []string{
		"dateFrom=yesterday", "dateTo=x", "dateFrom=2026-12-24", "messageType=Email", "direction=Up", "availability=Lost", "readStatus=x", "page=0", "perPage=x",
		"distinctConversations=maybe",
	} {
		assert.Equal(t, "CMN-101", s.call("GET "+store+"?"+query).code(), query)
	}
}
