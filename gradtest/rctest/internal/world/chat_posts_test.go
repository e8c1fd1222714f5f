package world

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPosts(t *testing.T) {
	s := newScene(t, func(c *Config) { c.Bare = true })
	posts := chatPath + "/chats/" + everyone + "/posts"
	first := s.call("POST "+posts, `{"text": "Ask ![:Person](`+otherUser+`)", "creatorId": "5"}`).ok()
	assert.Equal(t, []any{Object{"id": otherUser, "type": "Person", "name": "Sam Example"}}, first["mentions"])
	assert.Equal(t, testUser, first["creatorId"], "who asks is the creator, whatever the body says")
	assert.Equal(t, everyone, first["groupId"])
	second := text(s.as(otherUser).call("POST "+posts, `{"text": "Yes?"}`).ok(), "id")
	id := text(first, "id")
	assert.Equal(t, []string{second, id}, member(s.call("GET "+posts).ok(), "id"), "the newest first")
	page := s.call("GET " + posts + "?recordCount=1").ok()
	assert.Equal(t, []string{second}, member(page, "id"))
	next := text(object(page, "navigation"), "nextPageToken")
	assert.Equal(t, []string{id}, member(s.call("GET "+posts+"?recordCount=1&pageToken="+next).ok(), "id"))

	changed := s.call("PATCH "+posts+"/"+id, `{"text": "Never mind", "groupId": "5"}`).ok()
	assert.Equal(t, "Never mind", changed["text"])
	assert.Equal(t, everyone, changed["groupId"])
	assert.Empty(t, changed["mentions"])
	assert.Equal(t, 403, s.as(otherUser).call("PATCH "+posts+"/"+id, `{"text": "x"}`).status)
	assert.Equal(t, 403, s.as(otherUser).call("DELETE "+posts+"/"+id).status)
	s.call("DELETE " + posts + "/" + id).ok()
	assert.Equal(t, "CMN-102", s.call("GET "+posts+"/"+id).code())

	for _, body := range []string{`{}`, `{"text": ""}`} {
		assert.Equal(t, "CMN-100", s.call("POST "+posts, body).code())
	}
	for _, body := range []string{
		`{"text": "x", "attachments": [{"id": "5", "type": "File"}]}`, `{"text": "x", "parentPostId": "5"}`, `{"text": "x", "threadId": "5"}`,
	} {
		got := s.call("POST "+posts, body)
		assert.Equal(t, 400, got.status, body)
		assert.Equal(t, "CMN-102", got.code(), body)
	}
}

func TestThreads(t *testing.T) {
	s := newScene(t, func(c *Config) { c.Bare = true })
	posts := chatPath + "/chats/" + everyone + "/posts"
	parent := text(s.call("POST "+posts, `{"text": "Who?"}`).ok(), "id")
	answer := s.call("POST "+posts, `{"text": "I", "parentPostId": "`+parent+`"}`).ok()
	thread := text(answer, "threadId")
	require.NotEmpty(t, thread)
	another := s.call("POST "+posts, `{"text": "Not I", "threadId": "`+thread+`"}`).ok()
	assert.Equal(t, parent, another["parentPostId"])
	assert.Equal(t, true, s.call("GET " + posts + "/" + parent).ok()["isParent"])
	in := chatPath + "/chats/" + everyone + "/threads/" + thread + "/posts"
	all := []string{text(another, "id"), text(answer, "id"), parent}
	assert.Equal(t, all, member(s.call("GET "+in).ok(), "id"))
	for _, id := range all {
		s.call("DELETE " + posts + "/" + id).ok()
	}
	assert.Equal(t, "CMN-102", s.call("GET "+in).code(), "a thread ends with its last post")
}

func TestPostsAreTold(t *testing.T) {
	s := newScene(t)
	subscribe := func(s *scene, filter string) {
		s.call("POST /restapi/v1.0/subscription",
			`{"eventFilters": ["`+filter+`"], "deliveryMode": {"transportType": "WebHook", "address": "https://app.example.com/`+s.user+`"}}`).ok()
	}
	subscribe(s, "/team-messaging/v1/posts")
	subscribe(s.as(otherUser), "/restapi/v1.0/glip/posts")
	subscribe(s.as(otherUser), "/team-messaging/v1/chats")
	team := s.team(`{"name": "Secret"}`)
	s.call("POST "+chatPath+"/chats/"+team+"/posts", `{"text": "For me alone"}`).ok()
	require.Len(t, s.told, 1, "who is not in the team hears nothing of it")
	assert.Contains(t, string(s.told[0].Body), `"PostAdded"`)
	assert.Contains(t, string(s.told[0].Body), `"For me alone"`)

	s.told = nil
	id := text(s.call("POST "+chatPath+"/chats/"+everyone+"/posts", `{"text": "For all"}`).ok(), "id")
	s.call("DELETE " + chatPath + "/chats/" + everyone + "/posts/" + id).ok()
	require.Len(t, s.told, 4, "two changes, two subscribers")
	assert.Contains(t, string(s.told[3].Body), `"PostRemoved"`)

	s.told = nil
	s.call("POST "+chatPath+"/teams/"+team+"/add", `{"members": [{"id": "`+otherUser+`"}]}`).ok()
	s.call("POST "+chatPath+"/teams/"+team+"/remove", `{"members": [{"id": "`+otherUser+`"}]}`).ok()
	var heard string
	for _, n := range s.told {
		if n.Address == "https://app.example.com/"+otherUser {
			heard += string(n.Body)
		}
	}
	for _, event := range []string{"GroupJoined", "PersonsAdded", "GroupLeft"} {
		assert.Equal(t, 1, strings.Count(heard, event), "who is put in and taken out hears of both: %s", event)
	}
}

func FuzzMention(f *testing.F) {
	for _, seed := range []string{"", "![:Person](1)", "![:Team](a) ![:Task](b)", "![:", "![:Person]()", "![:Nobody](1)"} {
		f.Add(seed)
	}
	w := New(domains(), Config{Now: testNow, AccountID: testAccount, Bare: true})
	f.Fuzz(func(t *testing.T, s string) {
		for _, m := range mentioned(w, s) {
			assert.Contains(t, s, "![:"+text(m, "type")+"]("+text(m, "id")+")")
		}
	})
}
