package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTeamMembers(t *testing.T) {
	s := newScene(t, func(c *Config) { c.Bare = true })
	other := s.as(otherUser)
	id := s.team(`{"name": "Sales", "public": true}`)
	members := func() []string {
		var out []string
		for _, m := range objects(s.call("GET "+chatPath+"/chats/"+id).ok(), "members") {
			out = append(out, text(m, "id"))
		}
		return out
	}
	at := chatPath + "/teams/" + id
	for _, row := range []struct {
		who        *scene
		what, body string
		want       []string
	}{
		{s, "add", `{"members": [{"email": "sam@example.com"}]}`, []string{testUser, otherUser}},
		{s, "add", `{"members": [{"id": "` + otherUser + `"}]}`, []string{testUser, otherUser}},
		{s, "remove", `{"members": [{"id": "` + otherUser + `"}]}`, []string{testUser}},
		{other, "join", "", []string{testUser, otherUser}},
		{other, "join", "", []string{testUser, otherUser}},
		{other, "leave", "", []string{testUser}},
	} {
		if row.body == "" {
			row.who.call("POST " + at + "/" + row.what).ok()
		} else {
			row.who.call("POST "+at+"/"+row.what, row.body).ok()
		}
		assert.Equal(t, row.want, members(), row.what)
	}
	got := s.call("POST "+at+"/add", `{"members": [{"id": "5"}]}`)
	assert.Equal(t, 400, got.status)
	assert.Equal(t, "CMN-102", got.code())
	assert.Equal(t, []string{"PersonJoined", "PersonsAdded"}, member(s.call("GET "+chatPath+"/chats/"+id+"/posts").ok(), "type"), "the newest first")
}

func TestArchivedTeam(t *testing.T) {
	s := newScene(t)
	id := s.team(`{"name": "Sales"}`)
	post := func() int { return s.call("POST "+chatPath+"/chats/"+id+"/posts", `{"text": "Hello"}`).status }
	s.call("POST " + chatPath + "/teams/" + id + "/archive").ok()
	assert.Equal(t, 403, post())
	assert.Equal(t, "Archived", s.call("GET " + chatPath + "/chats/" + id).ok()["status"])
	s.call("POST " + chatPath + "/teams/" + id + "/unarchive").ok()
	assert.Equal(t, 201, post())
}

func TestRemovedTeamTakesWhatLiesInIt(t *testing.T) {
	s := newScene(t)
	id := s.team(`{"name": "Sales"}`)
	in := chatPath + "/chats/" + id
	note := text(s.call("POST "+in+"/notes", `{"title": "Hours"}`).ok(), "id")
	s.call("POST "+in+"/posts", `{"text": "Hello"}`).ok()
	s.call("DELETE " + chatPath + "/teams/" + id).ok()
	assert.Equal(t, "CMN-102", s.call("GET "+in+"/posts").code())
	assert.Equal(t, "CMN-102", s.call("GET "+chatPath+"/notes/"+note).code())
	assert.Empty(t, s.world.list(kindPost, Param{"chatId", id}))
}
