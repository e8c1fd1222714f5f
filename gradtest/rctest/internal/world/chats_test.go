package world

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// team makes a team of the user alone.
func (s *scene) team(body string) string {
	return text(s.call("POST "+chatPath+"/teams", body).ok(), "id")
}

func TestChatsByPath(t *testing.T) {
	s := newScene(t, func(c *Config) { c.Bare = true })
	team := s.team(`{"name": "Sales"}`)
	direct := text(s.call("POST "+chatPath+"/conversations", `{"members": [{"email": "sam@example.com"}]}`).ok(), "id")
	for _, row := range []struct {
		what string
		want []string
	}{
		{"GET " + chatPath + "/chats", []string{everyone, PersonalChat(testUser), team, direct}},
		{"GET " + chatPath + "/chats?type=Team&type=Direct", []string{team, direct}},
		{"GET " + chatPath + "/teams", []string{team}},
		{"GET " + chatPath + "/conversations", []string{PersonalChat(testUser), direct}},
		{"GET " + chatPath + "/favorites", nil},
		{"GET " + chatPath + "/recent/chats", []string{direct, team, PersonalChat(testUser), everyone}},
		{"GET " + chatPath + "/recent/chats?type=Team", []string{team}},
		{"GET " + chatPath + "/recent/chats?recordCount=1", []string{direct}},
	} {
		assert.Equal(t, row.want, member(s.call(row.what).ok(), "id"), row.what)
	}
	assert.Equal(t, chatDirect, s.call("GET " + chatPath + "/chats/" + direct).ok()["type"])
	assert.Equal(t, "CMN-102", s.call("GET "+chatPath+"/teams/"+direct).code())
	assert.Equal(t, "CMN-102", s.call("GET "+chatPath+"/conversations/"+team).code())
	assert.Equal(t, "CMN-101", s.call("GET "+chatPath+"/recent/chats?recordCount=x").code())
}

func TestEveryone(t *testing.T) {
	s := newScene(t)
	assert.Equal(t, "All", s.call("PATCH "+chatPath+"/everyone", `{"name": "All", "type": "Team"}`).ok()["name"])
	got := s.as(otherUser).call("GET " + chatPath + "/everyone").ok()
	assert.Equal(t, "All", got["name"])
	assert.Equal(t, chatEveryone, got["type"])
}

func TestConversationOfTheSamePeople(t *testing.T) {
	s := newScene(t, func(c *Config) { c.Bare = true })
	first := s.call("POST "+chatPath+"/conversations", `{"members": [{"id": "`+otherUser+`"}]}`)
	assert.Equal(t, 201, first.status)
	again := s.as(otherUser).call("POST "+chatPath+"/conversations", `{"members": [{"email": "ROBIN@example.com"}, {"id": "`+otherUser+`"}]}`)
	assert.Equal(t, 200, again.status)
	assert.Equal(t, first.ok()["id"], again.ok()["id"])
	alone := s.call("POST "+chatPath+"/conversations", `{"members": []}`)
	assert.Equal(t, PersonalChat(testUser), alone.ok()["id"])
	for _, body := range []string{`{"members": [{"id": "5"}]}`, `{"members": [{"email": "who@example.net"}]}`} {
		got := s.call("POST "+chatPath+"/conversations", body)
		assert.Equal(t, 400, got.status)
		assert.Equal(t, "CMN-102", got.code())
	}
}

func TestFavorites(t *testing.T) {
	s := newScene(t, func(c *Config) { c.Bare = true })
	team := s.team(`{"name": "Sales"}`)
	list := func(s *scene) []string { return member(s.call("GET "+chatPath+"/favorites").ok(), "id") }
	for range 2 {
		s.call("POST " + chatPath + "/chats/" + team + "/favorite").ok()
	}
	s.call("POST " + chatPath + "/chats/" + everyone + "/favorite").ok()
	assert.Equal(t, []string{team, everyone}, list(s))
	assert.Empty(t, list(s.as(otherUser)))
	s.call("POST " + chatPath + "/chats/" + everyone + "/unfavorite").ok()
	assert.Equal(t, []string{team}, list(s))
	s.call("DELETE " + chatPath + "/teams/" + team).ok()
	assert.Empty(t, list(s))
}

// TestWhoIsNotIn goes through what those get who are not in a chat: of a private one they do not even learn that there is
// one.
func TestWhoIsNotIn(t *testing.T) {
	s := newScene(t)
	other := s.as(otherUser)
	private, public := s.team(`{"name": "Secret"}`), s.team(`{"name": "Open", "public": true}`)
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
			assert.Equal(t, want, other.call(method+" "+chatPath+path, body...).status, "%s in %s", row.what, id)
		}
	}
	assert.NotContains(t, member(other.call("GET "+chatPath+"/teams").ok(), "id"), private)
	assert.Contains(t, member(other.call("GET "+chatPath+"/teams").ok(), "id"), public)
}

func TestPersonsAndCompanies(t *testing.T) {
	s := newScene(t)
	got := s.call("GET " + chatPath + "/persons/" + otherUser).ok()
	assert.Equal(t, "Sam", got["firstName"])
	assert.Equal(t, "sam@example.com", got["email"])
	assert.Equal(t, testAccount, got["companyId"])
	assert.Equal(t, testAccount, s.call("GET " + chatPath + "/companies/" + testAccount).ok()["id"])
	require.Equal(t, "CMN-102", s.call("GET "+chatPath+"/persons/5").code())
	require.Equal(t, "CMN-102", s.call("GET "+chatPath+"/companies/5").code())
}
