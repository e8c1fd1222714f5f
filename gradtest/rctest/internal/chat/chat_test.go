package chat

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

// team makes a team of the user alone.
func team(s *worldtest.Scene, body string) string {
	return world.Text(s.Call("POST "+Path+"/teams", body).OK(), "id")
}

func TestChatsByPath(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	team := team(s, `{"name": "Sales"}`)
	direct := world.Text(s.Call("POST "+Path+"/conversations", `{"members": [{"email": "sam@example.com"}]}`).OK(), "id")
	for _, row := range []struct {
		what string
		want []string
	}{
		{"GET " + Path + "/chats", []string{everyone, PersonalChat(worldtest.User), team, direct}},
		{"GET " + Path + "/chats?type=Team&type=Direct", []string{team, direct}},
		{"GET " + Path + "/teams", []string{team}},
		{"GET " + Path + "/conversations", []string{PersonalChat(worldtest.User), direct}},
		{"GET " + Path + "/favorites", nil},
		{"GET " + Path + "/recent/chats", []string{direct, team, PersonalChat(worldtest.User), everyone}},
		{"GET " + Path + "/recent/chats?type=Team", []string{team}},
		{"GET " + Path + "/recent/chats?recordCount=1", []string{direct}},
	} {
		assert.ElementsMatch(t, row.want, worldtest.MemberOfRecords(s.Call(row.what).OK(), "id"), row.what)
	}
	assert.Equal(t, chatDirect, s.Call("GET " + Path + "/chats/" + direct).OK()["type"])
	assert.Equal(t, "CMN-102", s.Call("GET "+Path+"/teams/"+direct).Code())
	assert.Equal(t, "CMN-102", s.Call("GET "+Path+"/conversations/"+team).Code())
	assert.Equal(t, "CMN-101", s.Call("GET "+Path+"/recent/chats?recordCount=x").Code())
}

func TestEveryone(t *testing.T) {
	s := newScene(t)
	assert.Equal(t, "All", s.Call("PATCH "+Path+"/everyone", `{"name": "All", "type": "Team"}`).OK()["name"])
	got := s.As(worldtest.OtherUser).Call("GET " + Path + "/everyone").OK()
	assert.Equal(t, "All", got["name"])
	assert.Equal(t, chatEveryone, got["type"])
}

func TestConversationOfTheSamePeople(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	first := s.Call("POST "+Path+"/conversations", `{"members": [{"id": "`+worldtest.OtherUser+`"}]}`)
	assert.Equal(t, 201, first.Status)
	again := s.As(worldtest.OtherUser).Call("POST "+Path+"/conversations",
		`{"members": [{"email": "ROBIN@example.com"}, {"id": "`+worldtest.OtherUser+`"}]}`)
	assert.Equal(t, 200, again.Status)
	assert.Equal(t, first.OK()["id"], again.OK()["id"])
	alone := s.Call("POST "+Path+"/conversations", `{"members": []}`)
	assert.Equal(t, PersonalChat(worldtest.User), alone.OK()["id"])
	for _, body := range []string{`{"members": [{"id": "5"}]}`, `{"members": [{"email": "who@example.net"}]}`} {
		got := s.Call("POST "+Path+"/conversations", body)
		assert.Equal(t, 400, got.Status)
		assert.Equal(t, "CMN-102", got.Code())
	}
}

func TestFavorites(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	team := team(s, `{"name": "Sales"}`)
	list := func(s *worldtest.Scene) []string {
		return worldtest.MemberOfRecords(s.Call("GET "+Path+"/favorites").OK(), "id")
	}
	for range 2 {
		s.Call("POST " + Path + "/chats/" + team + "/favorite").OK()
	}
	s.Call("POST " + Path + "/chats/" + everyone + "/favorite").OK()
	assert.Equal(t, []string{team, everyone}, list(s))
	assert.Empty(t, list(s.As(worldtest.OtherUser)))
	s.Call("POST " + Path + "/chats/" + everyone + "/unfavorite").OK()
	assert.Equal(t, []string{team}, list(s))
	s.Call("DELETE " + Path + "/teams/" + team).OK()
	assert.Empty(t, list(s))
}

// TestWhoIsNotIn goes through what those get who are not in a chat: of a private one they do not even learn that there
// is one.
func TestWhoIsNotIn(t *testing.T) {
	s := newScene(t)
	other := s.As(worldtest.OtherUser)
	private, public := team(s, `{"name": "Secret"}`), team(s, `{"name": "Open", "public": true}`)
	for _, row := range []struct {
		what, body      string
		private, public int
	}{
		{"GET /chats/ID", "", 404, 200},
		{"GET /teams/ID", "", 404, 200},
		{"GET /chats/ID/posts", "", 404, 403},
		{"POST /chats/ID/posts", `{"text": "Hello"}`, 404, 403},
		{"GET /chats/ID/notes", "", 404, 403},
		{"POST /chats/ID/notes", `{"title": "Hello"}`, 404, 403},
		{"GET /chats/ID/tasks", "", 404, 403},
		{"POST /chats/ID/adaptive-cards", `{"type": "AdaptiveCard", "version": "1.0"}`, 404, 403},
		{"GET /groups/ID/webhooks", "", 404, 403},
		{"GET /groups/ID/events", "", 404, 403},
		{"POST /chats/ID/favorite", "", 404, 403},
		{"POST /teams/ID/archive", "", 404, 403},
		{"DELETE /teams/ID", "", 404, 403},
		{"POST /teams/ID/join", "", 404, 204},
	} {
		for id, want := range map[string]int{private: row.private, public: row.public} {
			method, path, _ := strings.Cut(strings.Replace(row.what, "ID", id, 1), " ")
			var body []string
			if row.body != "" {
				body = append(body, row.body)
			}
			assert.Equal(t, want, other.Call(method+" "+Path+path, body...).Status, "%s in %s", row.what, id)
		}
	}
	assert.NotContains(t, worldtest.MemberOfRecords(other.Call("GET "+Path+"/teams").OK(), "id"), private)
	assert.Contains(t, worldtest.MemberOfRecords(other.Call("GET "+Path+"/teams").OK(), "id"), public)
}

func TestPersonsAndCompanies(t *testing.T) {
	s := newScene(t)
	got := s.Call("GET " + Path + "/persons/" + worldtest.OtherUser).OK()
	assert.Equal(t, "Sam", got["firstName"])
	assert.Equal(t, "sam@example.com", got["email"])
	assert.Equal(t, worldtest.Account, got["companyId"])
	assert.Equal(t, worldtest.Account, s.Call("GET " + Path + "/companies/" + worldtest.Account).OK()["id"])
	require.Equal(t, "CMN-102", s.Call("GET "+Path+"/persons/5").Code())
	require.Equal(t, "CMN-102", s.Call("GET "+Path+"/companies/5").Code())
}
