package chat

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

// TestGlipIsTeamMessaging makes things under one address and reads them under the other.
func TestGlipIsTeamMessaging(t *testing.T) {
	for _, paths := range [][2]string{{GlipPath, Path}, {Path, GlipPath}} {
		writer, reader := paths[0], paths[1]
		s := newScene(t, func(c *world.Config) { c.Bare = true })
		team := worldtest.IDOf(s.Call("POST "+writer+"/teams", `{"name": "Old", "public": true, "members": [{"id": "`+worldtest.OtherUser+`"}]}`).OK())
		assert.Equal(t, "Old", s.Call("GET " + reader + "/teams/" + team).OK()["name"])
		assert.Contains(t, worldtest.MemberOfRecords(s.Call("GET "+reader+"/chats").OK(), "id"), team)

		post := worldtest.IDOf(s.Call("POST "+writer+"/chats/"+team+"/posts", `{"text": "Hello"}`).OK())
		assert.Equal(t, "Hello", s.Call("GET " + reader + "/chats/" + team + "/posts/" + post).OK()["text"])
		s.Call("PATCH "+reader+"/chats/"+team+"/posts/"+post, `{"text": "Bye"}`).OK()
		assert.Equal(t, "Bye", s.Call("GET " + writer + "/chats/" + team + "/posts/" + post).OK()["text"])
		assert.Equal(t, 403, s.As(worldtest.OtherUser).Call("DELETE "+reader+"/chats/"+team+"/posts/"+post).Status)

		for _, made := range []struct{ create, body, read string }{
			{"/chats/" + team + "/tasks", `{"subject": "Call", "assignees": [{"id": "` + worldtest.User + `"}]}`, "/tasks/"},
			{"/chats/" + team + "/notes", `{"title": "Minutes"}`, "/notes/"},
			{"/groups/" + team + "/events", `{"title": "Lunch", "startTime": "2026-12-01T10:00:00Z", "endTime": "2026-12-01T11:00:00Z"}`, "/events/"},
			{"/groups/" + team + "/webhooks", "{}", "/webhooks/"},
		} {
			id := worldtest.IDOf(s.Call("POST "+writer+made.create, made.body).OK())
			assert.Equal(t, 200, s.Call("GET "+reader+made.read+id).Status, made.create)
			s.Call("DELETE " + reader + made.read + id)
			assert.Equal(t, "CMN-102", s.Call("GET "+writer+made.read+id).Code(), made.create)
		}
		s.Call("POST " + writer + "/chats/" + team + "/favorite").OK()
		assert.Equal(t, []string{team}, worldtest.MemberOfRecords(s.Call("GET "+reader+"/favorites").OK(), "id"))
		s.Call("POST " + writer + "/teams/" + team + "/archive").OK()
		assert.Equal(t, "Archived", s.Call("GET " + reader + "/teams/" + team).OK()["status"])
		s.Call("DELETE " + writer + "/teams/" + team).OK()
		assert.Equal(t, "CMN-102", s.Call("GET "+reader+"/chats/"+team).Code())
	}
}

func TestGlipGroups(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	team := s.Call("POST "+GlipPath+"/groups", `{"type": "Team", "name": "Crew", "isPublic": true}`).OK()
	id := worldtest.IDOf(team)
	assert.Equal(t, "Team", team["type"])
	assert.Equal(t, true, team["isPublic"])
	assert.Equal(t, []any{worldtest.User}, team["members"])
	assert.Equal(t, "Crew", s.Call("GET " + Path + "/teams/" + id).OK()["name"])
	assert.Equal(t, "CMN-100", s.Call("POST "+GlipPath+"/groups", `{"type": "Team"}`).Code())

	private := s.Call("POST "+GlipPath+"/groups", `{"type": "PrivateChat", "members": [{"id": "`+worldtest.OtherUser+`"}]}`).OK()
	assert.Equal(t, "PrivateChat", private["type"])
	assert.Equal(t, "Direct", s.Call("GET " + Path + "/chats/" + worldtest.IDOf(private)).OK()["type"])
	again := s.Call("POST "+GlipPath+"/groups", `{"type": "PrivateChat", "members": [{"id": "`+worldtest.OtherUser+`"}]}`).OK()
	assert.Equal(t, private["id"], again["id"], "the same members share one conversation")

	list := func(query string) []string {
		return worldtest.MemberOfRecords(s.Call("GET "+GlipPath+"/groups"+query).OK(), "id")
	}
	assert.Subset(t, list(""), []string{id, worldtest.IDOf(private), PersonalChat(worldtest.User)})
	assert.Equal(t, []string{worldtest.IDOf(private)}, list("?type=PrivateChat"))

	group := GlipPath + "/groups/" + id
	members := s.Call("POST "+group+"/bulk-assign", `{"addedPersonIds": ["`+worldtest.OtherUser+`"]}`).OK()["members"]
	assert.Equal(t, []any{worldtest.User, worldtest.OtherUser}, members)
	members = s.Call("POST "+group+"/bulk-assign", `{"removedPersonIds": ["`+worldtest.OtherUser+`"]}`).OK()["members"]
	assert.Equal(t, []any{worldtest.User}, members)
	assert.Equal(t, 400, s.Call("POST "+group+"/bulk-assign", `{"addedPersonIds": ["5"]}`).Status)
	assert.Equal(t, 403, s.Call("POST "+GlipPath+"/groups/"+worldtest.IDOf(private)+"/bulk-assign", `{}`).Status)
	assert.Equal(t, "CMN-102", s.Call("GET "+GlipPath+"/groups/5").Code())
}

func TestGlipPosts(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	group := GlipPath + "/groups/" + everyone
	first := worldtest.IDOf(s.Call("POST "+group+"/posts", `{"text": "One", "activity": "Bot"}`).OK())
	card := s.Call("POST "+GlipPath+"/posts", `{"groupId": "`+everyone+`", "attachments": [{"title": "Card", "text": "Text"}]}`).OK()
	attached := world.Children(card, "attachments")
	assert.Equal(t, "Card", attached[0]["type"])
	assert.Equal(t, "Text", attached[0]["text"])
	want := []string{worldtest.IDOf(card), first}
	for _, list := range []string{group + "/posts", GlipPath + "/posts", GlipPath + "/posts?groupId=" + everyone, Path + "/chats/" + everyone + "/posts"} {
		assert.Equal(t, want, worldtest.MemberOfRecords(s.Call("GET "+list).OK(), "id"), list)
	}
	assert.Equal(t, "CMN-100", s.Call("POST "+GlipPath+"/posts", `{"text": "x"}`).Code())
	assert.Equal(t, "CMN-102", s.Call("POST "+GlipPath+"/posts", `{"text": "x", "groupId": "5"}`).Code())
	assert.Equal(t, "CMN-100", s.Call("POST "+group+"/posts", `{}`).Code())

	text := &world.Request{Files: []world.File{{Type: "text/plain", Content: []byte("Two")}}}
	assert.Equal(t, "Two", string(s.Send("PUT "+group+"/posts/"+first+"/text", text).Reply.Body))
	assert.Equal(t, "Two", s.Call("GET " + Path + "/chats/" + everyone + "/posts/" + first).OK()["text"])
	assert.Equal(t, "CMN-100", s.Call("PUT "+group+"/posts/"+first+"/text").Code())

	assert.Less(t, s.Call("POST "+GlipPath+"/chats/"+everyone+"/read").Status, 300)
	assert.Equal(t, "CMN-102", s.Call("POST "+GlipPath+"/chats/5/unread").Code())
}

// TestGlipOperations lists the operations of the old address that are neither moved from today's nor have a rule of
// their own: they answer what follows from their shape.
func TestGlipOperations(t *testing.T) {
	known := make(map[string]bool)
	for _, d := range Domains() {
		for id := range d.Handlers {
			known[id] = true
		}
		for id := range d.Lists {
			known[id] = true
		}
		for id := range d.OnCreate {
			known[id] = true
		}
	}
	var generic []string
	for _, o := range glipOperations() {
		if !known[o.ID] {
			generic = append(generic, o.ID)
		}
	}
	slices.Sort(generic)
	assert.Equal(t, "createGlipCard deleteGlipCard readDataExportTaskDataset readGlipCard readGlipCompany readGlipPreferences updateGlipCard",
		strings.Join(generic, " "))
}
