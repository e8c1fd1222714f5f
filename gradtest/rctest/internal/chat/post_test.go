package chat

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestPosts(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	posts := Path + "/chats/" + everyone + "/posts"
	first := s.Call("POST "+posts, `{"text": "Ask ![:Person](`+worldtest.OtherUser+`)", "creatorId": "5"}`).OK()
	assert.Equal(t, []any{world.Object{"id": worldtest.OtherUser, "type": "Person", "name": "Sam Example"}},
		first["mentions"])
	assert.Equal(t, worldtest.User, first["creatorId"], "the caller is the creator, even if the body names another")
	assert.Equal(t, everyone, first["groupId"])
	second := world.Text(s.As(worldtest.OtherUser).Call("POST "+posts, `{"text": "Yes?"}`).OK(), "id")
	id := world.Text(first, "id")
	assert.Equal(t, []string{second, id}, worldtest.MemberOfRecords(s.Call("GET "+posts).OK(), "id"), "the newest first")
	page := s.Call("GET " + posts + "?recordCount=1").OK()
	assert.Equal(t, []string{second}, worldtest.MemberOfRecords(page, "id"))
	next := world.Text(world.Child(page, "navigation"), "prevPageToken")
	assert.Equal(t, []string{id}, worldtest.MemberOfRecords(s.Call("GET "+posts+"?recordCount=1&pageToken="+next).OK(),
		"id"))

	changed := s.Call("PATCH "+posts+"/"+id, `{"text": "Never mind", "groupId": "5"}`).OK()
	assert.Equal(t, "Never mind", changed["text"])
	assert.Equal(t, everyone, changed["groupId"])
	assert.Empty(t, changed["mentions"])
	assert.Equal(t, 403, s.As(worldtest.OtherUser).Call("PATCH "+posts+"/"+id, `{"text": "x"}`).Status)
	assert.Equal(t, 403, s.As(worldtest.OtherUser).Call("DELETE "+posts+"/"+id).Status)
	s.Call("DELETE " + posts + "/" + id).OK()
	assert.Equal(t, "CMN-102", s.Call("GET "+posts+"/"+id).Code())

	for _, body := range []string{`{}`, `{"text": ""}`} {
		assert.Equal(t, "CMN-100", s.Call("POST "+posts, body).Code())
	}
	for _, body := range []string{
		`{"text": "x", "attachments": [{"id": "5", "type": "File"}]}`, `{"text": "x", "parentPostId": "5"}`,
		`{"text": "x", "threadId": "5"}`,
	} {
		got := s.Call("POST "+posts, body)
		assert.Equal(t, 400, got.Status, body)
		assert.Equal(t, "CMN-102", got.Code(), body)
	}
}

func TestThreads(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	posts := Path + "/chats/" + everyone + "/posts"
	parent := world.Text(s.Call("POST "+posts, `{"text": "Who?"}`).OK(), "id")
	answer := s.Call("POST "+posts, `{"text": "I", "parentPostId": "`+parent+`"}`).OK()
	thread := world.Text(answer, "threadId")
	require.NotEmpty(t, thread)
	another := s.Call("POST "+posts, `{"text": "Not I", "threadId": "`+thread+`"}`).OK()
	assert.Equal(t, parent, another["parentPostId"])
	assert.Equal(t, true, s.Call("GET " + posts + "/" + parent).OK()["isParent"])
	in := Path + "/chats/" + everyone + "/threads/" + thread + "/posts"
	all := []string{world.Text(another, "id"), world.Text(answer, "id"), parent}
	assert.Equal(t, all, worldtest.MemberOfRecords(s.Call("GET "+in).OK(), "id"))
	for _, id := range all {
		s.Call("DELETE " + posts + "/" + id).OK()
	}
	assert.Equal(t, "CMN-102", s.Call("GET "+in).Code(), "a thread ends with its last post")
}

func TestPostsAreTold(t *testing.T) {
	s := newScene(t)
	subscribe := func(s *worldtest.Scene, filter string) {
		s.Call("POST /restapi/v1.0/subscription",
			`{"eventFilters": ["`+filter+`"], "deliveryMode": {"transportType": "WebHook", "address": "https://app.example.com/`+s.User+`"}}`).OK()
	}
	subscribe(s, "/team-messaging/v1/posts")
	subscribe(s.As(worldtest.OtherUser), "/restapi/v1.0/glip/posts")
	subscribe(s.As(worldtest.OtherUser), "/team-messaging/v1/chats")
	team := team(s, `{"name": "Secret"}`)
	s.Call("POST "+Path+"/chats/"+team+"/posts", `{"text": "For me alone"}`).OK()
	require.Len(t, s.Notifications, 1, "only members of the team get a notification")
	assert.Contains(t, string(s.Notifications[0].Body), `"PostAdded"`)
	assert.Contains(t, string(s.Notifications[0].Body), `"For me alone"`)

	s.Notifications = nil
	id := world.Text(s.Call("POST "+Path+"/chats/"+everyone+"/posts", `{"text": "For all"}`).OK(), "id")
	s.Call("DELETE " + Path + "/chats/" + everyone + "/posts/" + id).OK()
	require.Len(t, s.Notifications, 4, "two changes, two subscribers")
	assert.Contains(t, string(s.Notifications[3].Body), `"PostRemoved"`)

	s.Notifications = nil
	s.Call("POST "+Path+"/teams/"+team+"/add", `{"members": [{"id": "`+worldtest.OtherUser+`"}]}`).OK()
	s.Call("POST "+Path+"/teams/"+team+"/remove", `{"members": [{"id": "`+worldtest.OtherUser+`"}]}`).OK()
	var heard string
	for _, n := range s.Notifications {
		if n.Address == "https://app.example.com/"+worldtest.OtherUser {
			heard += string(n.Body)
		}
	}
	for _, event := range []string{"GroupJoined", "PersonsAdded", "GroupLeft"} {
		assert.Equal(t, 1, strings.Count(heard, event), "an added and removed member gets both notifications: %s", event)
	}
}

func FuzzMention(f *testing.F) {
	for _, seed := range []string{"", "![:Person](1)", "![:Team](a) ![:Task](b)", "![:", "![:Person]()", "![:Nobody](1)"} {
		f.Add(seed)
	}
	w := world.New(plans(), world.Config{Now: worldtest.Now, AccountID: worldtest.Account, Bare: true})
	f.Fuzz(func(t *testing.T, s string) {
		for _, m := range mentioned(w, s) {
			assert.Contains(t, s, "![:"+world.Text(m, "type")+"]("+world.Text(m, "id")+")")
		}
	})
}
