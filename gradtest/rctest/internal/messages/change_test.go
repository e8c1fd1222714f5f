package messages

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestMessageIsMarked(t *testing.T) {
	s := newScene(t)
	for _, method := range []string{"PUT", "PATCH"} {
		id := worldtest.IDsOf(s.Call("GET " + store + "?messageType=SMS&readStatus=Unread").OK())[0]
		s.At = s.At.Add(time.Minute)
		got := s.Call(method+" "+store+"/"+id, `{"readStatus":"Read","subject":"forged"}`).OK()
		assert.Equal(t, "Read", got["readStatus"])
		assert.NotEqual(t, "forged", got["subject"])
		read := s.Call("GET " + store + "/" + id).OK()
		assert.Equal(t, "Read", read["readStatus"], method)
		assert.Equal(t, s.At.Format("2006-01-02T15:04:05.000Z"), read["lastModifiedTime"])
		assert.NotContains(t, worldtest.IDsOf(s.Call("GET "+store+"?readStatus=Unread").OK()), id)
		assert.Equal(t, "Unread", s.Call(method+" "+store+"/"+id, `{"readStatus":"Unread"}`).OK()["readStatus"])
		s.Call(method+" "+store+"/"+id, `{"readStatus":"Read"}`)
		assert.Equal(t, "CMN-101", s.Call(method+" "+store+"/"+id, `{"readStatus":"Seen"}`).Code())
		assert.Equal(t, "CMN-100", s.Call(method+" "+store+"/"+id, `{}`).Code())
		assert.Equal(t, "CMN-102", s.Call(method+" "+store+"/1", `{"readStatus":"Read"}`).Code())
	}
}

func TestMessagesAreMarkedTogether(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	one, two := worldtest.IDOf(sms(s, worldtest.OutsidePhone, "a")), worldtest.IDOf(sms(s, worldtest.OutsidePhone, "b"))
	unread := func() []string { return worldtest.IDsOf(s.Call("GET " + store + "?readStatus=Unread").OK()) }
	for _, c := range []struct{ path, body string }{
		{one + "," + two, `{"readStatus":"Unread"}`},
		{one + "," + two, `[{"body":{"readStatus":"Unread"}},{"body":{"readStatus":"Unread"}}]`},
		{"*", `[{"resourceId":"` + one + `","body":{"readStatus":"Unread"}},{"resourceId":"` + two +
			`","body":{"readStatus":"Unread"}}]`},
	} {
		assert.Empty(t, unread())
		got := s.Call("PATCH "+store+"/"+c.path, c.body)
		assert.Equal(t, 207, got.Status)
		assert.ElementsMatch(t, []string{one, two}, unread(), c.body)
		s.Call("PUT "+store+"/"+one+","+two, `{"readStatus":"Read"}`)
	}
}

func TestMessageIsDeletedThenPurged(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	id := worldtest.IDOf(sms(s, worldtest.OutsidePhone, "a"))
	path := store + "/" + id
	assert.Equal(t, 204, s.Call("DELETE "+path).Status)
	assert.Equal(t, "Deleted", s.Call("GET " + path).OK()["availability"])
	assert.Equal(t, 200, s.Call("GET "+path+"/content/"+id).Status, "contents remain")
	assert.Empty(t, worldtest.IDsOf(s.Call("GET "+store).OK()))
	assert.Equal(t, "Alive", s.Call("PATCH "+path, `{"availability":"Alive"}`).OK()["availability"], "brought back")
	assert.Equal(t, []string{id}, worldtest.IDsOf(s.Call("GET "+store).OK()))

	assert.Equal(t, 204, s.Call("DELETE "+path).Status)
	assert.Equal(t, 204, s.Call("DELETE "+path, `{}`).Status, "an empty object is no ids")
	for _, call := range []string{"GET ", "DELETE "} {
		got := s.Call(call + path)
		assert.Equal(t, 404, got.Status)
		assert.Equal(t, "CMN-102", got.Code())
	}
	assert.Equal(t, 404, s.Call("GET "+path+"/content/"+id).Status)
	purged := world.Children(s.Call("GET "+store+"?availability=Purged").OK(), "records")
	assert.Len(t, purged, 1)
	assert.Equal(t, "Purged", purged[0]["availability"])

	at := worldtest.IDOf(sms(s, worldtest.OutsidePhone, "b"))
	assert.Equal(t, 204, s.Call("DELETE "+store+"/"+at+"?purge=true").Status)
	assert.Equal(t, 404, s.Call("GET "+store+"/"+at).Status, "at once")
	patched := worldtest.IDOf(sms(s, worldtest.OutsidePhone, "c"))
	assert.Equal(t, "Purged", s.Call("PATCH "+store+"/"+patched, `{"availability":"Purged"}`).OK()["availability"])
	assert.Equal(t, 404, s.Call("GET "+store+"/"+patched).Status)
	typed := worldtest.IDOf(sms(s, worldtest.OutsidePhone, "d"))
	assert.Equal(t, 204, s.Call("DELETE "+store+"/"+typed+"?type=Fax").Status)
	assert.Equal(t, "Alive", s.Call("GET " + store + "/" + typed).OK()["availability"], "of another type")
}

func TestMessagesAreDeletedTogether(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	one, two := worldtest.IDOf(sms(s, worldtest.OutsidePhone, "a")), worldtest.IDOf(sms(s, worldtest.OutsidePhone, "b"))
	assert.Equal(t, 207, s.Call("DELETE "+store+"/"+one+",1").Status)
	assert.Equal(t, []string{two}, worldtest.IDsOf(s.Call("GET "+store).OK()))
	assert.Equal(t, 204, s.Call("DELETE "+store+"/*", `["`+one+`","`+two+`"]`).Status)
	assert.Equal(t, []string{two}, worldtest.IDsOf(s.Call("GET "+store+"?availability=Deleted").OK()),
		"one is purged by now")
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
		s := newScene(t, worldtest.Bare)
		first := sms(s, worldtest.OutsidePhone, "a")
		s.At = s.At.Add(time.Second)
		all := []string{worldtest.IDOf(first), worldtest.IDOf(sms(s, "+16505550161", "b")),
			worldtest.IDOf(s.Call("POST "+worldtest.ExtensionPath+"/company-pager",
				`{"to":[{"extensionNumber":"102"}],"text":"a"}`).OK())}
		conversation, _ := world.Scalar(first["conversationId"])
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
		assert.Equal(t, 204, s.Call("DELETE "+store+fill(c.query), body...).Status)
		want := []string{}
		for _, i := range c.alive {
			want = append(want, all[i])
		}
		assert.ElementsMatch(t, want, worldtest.IDsOf(s.Call("GET "+store).OK()), "%s %s", c.query, c.body)
		gone := "Deleted"
		if c.query == "?purge=true" {
			gone = "Purged"
		}
		assert.Len(t, worldtest.IDsOf(s.Call("GET "+store+"?availability="+gone).OK()), len(all)-len(want))
	}
	s := newScene(t)
	assert.Equal(t, "CMN-101", s.Call("DELETE "+store+"?dateTo=x").Code())
	assert.Equal(t, "CMN-106", s.Call("DELETE "+store+"?conversationId=1"+strings.Repeat(",1", 50)).Code())
	assert.Equal(t, "CMN-106", s.Call("DELETE "+store, `["1"`+strings.Repeat(`,"1"`, 100)+`]`).Code())
	all := worldtest.IDsOf(s.Call("GET " + store).OK())
	assert.Equal(t, 204, s.Call("DELETE "+store+"?owner=Shared").Status)
	assert.Equal(t, all, worldtest.IDsOf(s.Call("GET "+store).OK()), "none is shared")
}

func TestPurgedAreForgotten(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	for range purgedMost + 2 {
		m := put(s.World, s.At, worldtest.User, "Outbound", draft{kind: typeSMS, text: "a"})
		purge(s.World, m, s.At)
	}
	assert.Len(t, s.World.All(kindPurged), purgedMost)
	assert.Empty(t, s.World.All(kindMessage))
	assert.Empty(t, s.World.All(kindAttachment))
}
