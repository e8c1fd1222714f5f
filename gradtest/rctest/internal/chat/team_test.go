package chat

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestTeamMembers(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	other := s.As(worldtest.OtherUser)
	id := team(s, `{"name": "Sales", "public": true}`)
	members := func() []string {
		var out []string
		for _, m := range world.Children(s.Call("GET "+Path+"/chats/"+id).OK(), "members") {
			out = append(out, world.Text(m, "id"))
		}
		return out
	}
	at := Path + "/teams/" + id
	for _, row := range []struct {
		who        *worldtest.Scene
		what, body string
		want       []string
	}{
		{s, "add", `{"members": [{"email": "sam@example.com"}]}`, []string{worldtest.User, worldtest.OtherUser}},
		{s, "add", `{"members": [{"id": "` + worldtest.OtherUser + `"}]}`, []string{worldtest.User, worldtest.OtherUser}},
		{s, "remove", `{"members": [{"id": "` + worldtest.OtherUser + `"}]}`, []string{worldtest.User}},
		{other, "join", "", []string{worldtest.User, worldtest.OtherUser}},
		{other, "join", "", []string{worldtest.User, worldtest.OtherUser}},
		{other, "leave", "", []string{worldtest.User}},
	} {
		if row.body == "" {
			row.who.Call("POST " + at + "/" + row.what).OK()
		} else {
			row.who.Call("POST "+at+"/"+row.what, row.body).OK()
		}
		assert.Equal(t, row.want, members(), row.what)
	}
	got := s.Call("POST "+at+"/add", `{"members": [{"id": "5"}]}`)
	assert.Equal(t, 400, got.Status)
	assert.Equal(t, "CMN-102", got.Code())
	assert.Equal(t, []string{"PersonJoined", "PersonsAdded"},
		worldtest.MemberOfRecords(s.Call("GET "+Path+"/chats/"+id+"/posts").OK(), "type"), "the newest first")
}

func TestArchivedTeam(t *testing.T) {
	s := newScene(t)
	id := team(s, `{"name": "Sales"}`)
	post := func() int { return s.Call("POST "+Path+"/chats/"+id+"/posts", `{"text": "Hello"}`).Status }
	s.Call("POST " + Path + "/teams/" + id + "/archive").OK()
	assert.Equal(t, 403, post())
	assert.Equal(t, "Archived", s.Call("GET " + Path + "/chats/" + id).OK()["status"])
	s.Call("POST " + Path + "/teams/" + id + "/unarchive").OK()
	assert.Equal(t, 201, post())
}

func TestRemovedTeamTakesWhatLiesInIt(t *testing.T) {
	s := newScene(t)
	id := team(s, `{"name": "Sales"}`)
	in := Path + "/chats/" + id
	note := world.Text(s.Call("POST "+in+"/notes", `{"title": "Hours"}`).OK(), "id")
	s.Call("POST "+in+"/posts", `{"text": "Hello"}`).OK()
	s.Call("DELETE " + Path + "/teams/" + id).OK()
	assert.Equal(t, "CMN-102", s.Call("GET "+in+"/posts").Code())
	assert.Equal(t, "CMN-102", s.Call("GET "+Path+"/notes/"+note).Code())
	assert.Empty(t, s.World.List(kindPost, world.NewParam("chatId", id)))
}
