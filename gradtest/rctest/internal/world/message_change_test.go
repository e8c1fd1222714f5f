package world

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestMessageIsMarked(t *testing.T) {
	s := newScene(t)
	for _, method := range []string{"PUT", "PATCH"} {
		id := idsOf(s.call("GET " + store + "?messageType=SMS&readStatus=Unread").ok())[0]
		s.at = s.at.Add(time.Minute)
		got := s.call(method+" "+store+"/"+id, `{"readStatus":"Read","subject":"forged"}`).ok()
		assert.Equal(t, "Read", got["readStatus"])
		assert.NotEqual(t, "forged", got["subject"])
		read := s.call("GET " + store + "/" + id).ok()
		assert.Equal(t, "Read", read["readStatus"], method)
		assert.Equal(t, s.at.Format("2006-01-02T15:04:05.000Z"), read["lastModifiedTime"])
		assert.NotContains(t, idsOf(s.call("GET "+store+"?readStatus=Unread").ok()), id)
		assert.Equal(t, "Unread", s.call(method+" "+store+"/"+id, `{"readStatus":"Unread"}`).ok()["readStatus"])
		s.call(method+" "+store+"/"+id, `{"readStatus":"Read"}`)
		assert.Equal(t, "CMN-101", s.call(method+" "+store+"/"+id, `{"readStatus":"Seen"}`).code())
		assert.Equal(t, "CMN-100", s.call(method+" "+store+"/"+id, `{}`).code())
		assert.Equal(t, "CMN-102", s.call(method+" "+store+"/1", `{"readStatus":"Read"}`).code())
	}
}

func TestMessagesAreMarkedTogether(t *testing.T) {
	s := newScene(t, bare)
	one, two := idOf(s.sms(outsidePhone, "a")), idOf(s.sms(outsidePhone, "b"))
	unread := func() []string { return idsOf(s.call("GET " + store + "?readStatus=Unread").ok()) }
	for _, c := range []struct{ path, body string }{
		{one + "," + two, `{"readStatus":"Unread"}`},
		{one + "," + two, `[{"body":{"readStatus":"Unread"}},{"body":{"readStatus":"Unread"}}]`},
		{"*", `[{"resourceId":"` + one + `","body":{"readStatus":"Unread"}},{"resourceId":"` + two + `","body":{"readStatus":"Unread"}}]`},
	} {
		assert.Empty(t, unread())
		got := s.call("PATCH "+store+"/"+c.path, c.body)
		assert.Equal(t, 207, got.status)
		assert.ElementsMatch(t, []string{one, two}, unread(), c.body)
		s.call("PUT "+store+"/"+one+","+two, `{"readStatus":"Read"}`)
	}
}

func TestMessageIsDeletedThenPurged(t *testing.T) {
	s := newScene(t, bare)
	id := idOf(s.sms(outsidePhone, "a"))
	path := store + "/" + id
	assert.Equal(t, 204, s.call("DELETE "+path).status)
	assert.Equal(t, "Deleted", s.call("GET " + path).ok()["availability"])
	assert.Equal(t, 200, s.call("GET "+path+"/content/"+id).status, "contents remain")
	assert.Empty(t, idsOf(s.call("GET "+store).ok()))
	assert.Equal(t, "Alive", s.call("PATCH "+path, `{"availability":"Alive"}`).ok()["availability"], "brought back")
	assert.Equal(t, []string{id}, idsOf(s.call("GET "+store).ok()))

	assert.Equal(t, 204, s.call("DELETE "+path).status)
	assert.Equal(t, 204, s.call("DELETE "+path, `{}`).status, "an empty object is no ids")
	for _, call := range []string{"GET ", "DELETE "} {
		got := s.call(call + path)
		assert.Equal(t, 404, got.status)
		assert.Equal(t, "CMN-102", got.code())
	}
	assert.Equal(t, 404, s.call("GET "+path+"/content/"+id).status)
	purged := objects(s.call("GET "+store+"?availability=Purged").ok(), "records")
	assert.Len(t, purged, 1)
	assert.Equal(t, "Purged", purged[0]["availability"])

	at := idOf(s.sms(outsidePhone, "b"))
	assert.Equal(t, 204, s.call("DELETE "+store+"/"+at+"?purge=true").status)
	assert.Equal(t, 404, s.call("GET "+store+"/"+at).status, "at once")
	patched := idOf(s.sms(outsidePhone, "c"))
	assert.Equal(t, "Purged", s.call("PATCH "+store+"/"+patched, `{"availability":"Purged"}`).ok()["availability"])
	assert.Equal(t, 404, s.call("GET "+store+"/"+patched).status)
	typed := idOf(s.sms(outsidePhone, "d"))
	assert.Equal(t, 204, s.call("DELETE "+store+"/"+typed+"?type=Fax").status)
	assert.Equal(t, "Alive", s.call("GET " + store + "/" + typed).ok()["availability"], "of another type")
}

func TestMessagesAreDeletedTogether(t *testing.T) {
	s := newScene(t, bare)
	one, two := idOf(s.sms(outsidePhone, "a")), idOf(s.sms(outsidePhone, "b"))
	assert.Equal(t, 207, s.call("DELETE "+store+"/"+one+",1").status)
	assert.Equal(t, []string{two}, idsOf(s.call("GET "+store).ok()))
	assert.Equal(t, 204, s.call("DELETE "+store+"/*", `["`+one+`","`+two+`"]`).status)
	assert.Equal(t, []string{two}, idsOf(s.call("GET "+store+"?availability=Deleted").ok()), "one is purged by now")
}

func TestMessagesAreDeletedByFilter(t *testing.T) {
	for _, c := range []struct {
		query, body string
		alive       []int // of those below
	}{
		{"", "", nil},
		{"?purge=true", "", nil},
		{"?type=SMS", "", []int{2}},
		{"?type=Text", "", nil},
		{"?type=Fax", "", []int{0, 1, 2}},
		{"?dateTo=2026-11-24T12:00:00Z", "", []int{1, 2}},
		{"?conversationId=$", "", []int{1, 2}},
		{"?conversationId=1", "", []int{0, 1, 2}},
		{"", `["$"]`, []int{1, 2}},
	} {
		s := newScene(t, bare)
		first := s.sms(outsidePhone, "a")
		s.at = s.at.Add(time.Second)
		all := []string{idOf(first), idOf(s.sms("+16505550161", "b")), idOf(s.call("POST "+extension+"/company-pager", `{"to":[{"extensionNumber":"102"}],"text":"a"}`).ok())}
		conversation, _ := scalar(first["conversationId"])
		fill := func(text string) string {
			for i := range text {
				if text[i] == '$' {
					return text[:i] + conversation + text[i+1:]
				}
			}
			return text
		}
		var body []string
		if c.body != "" {
			body = append(body, fill(c.body))
		}
		assert.Equal(t, 204, s.call("DELETE "+store+fill(c.query), body...).status)
		want := []string{}
		for _, i := range c.alive {
			want = append(want, all[i])
		}
		assert.ElementsMatch(t, want, idsOf(s.call("GET "+store).ok()), "%s %s", c.query, c.body)
		gone := "Deleted"
		if c.query == "?purge=true" {
			gone = "Purged"
		}
		assert.Len(t, idsOf(s.call("GET "+store+"?availability="+gone).ok()), len(all)-len(want))
	}
	s := newScene(t)
	assert.Equal(t, "CMN-101", s.call("DELETE "+store+"?dateTo=x").code())
	assert.Equal(t, "CMN-106", s.call("DELETE "+store+"?conversationId=1"+strings.Repeat(",1", 50)).code())
	assert.Equal(t, "CMN-106", s.call("DELETE "+store, `["1"`+strings.Repeat(`,"1"`, 100)+`]`).code())
	all := idsOf(s.call("GET " + store).ok())
	assert.Equal(t, 204, s.call("DELETE "+store+"?owner=Shared").status)
	assert.Equal(t, all, idsOf(s.call("GET "+store).ok()), "none is shared")
}

func TestPurgedAreForgotten(t *testing.T) {
	s := newScene(t, bare)
	for range purgedMost + 2 {
		m := s.world.put(s.at, testUser, "Outbound", draft{kind: typeSMS, text: "a"})
		s.world.purge(m, s.at)
	}
	assert.Len(t, s.world.all(kindPurged), purgedMost)
	assert.Empty(t, s.world.all(kindMessage))
	assert.Empty(t, s.world.all(kindAttachment))
}
