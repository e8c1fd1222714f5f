package chat

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestCardIsAPost(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	in := Path + "/chats/" + everyone
	id := world.Text(s.Call("POST "+in+"/adaptive-cards",
		`{"type": "AdaptiveCard", "version": "1.3", "fallbackText": "No cards here"}`).OK(), "id")
	posts := world.Children(s.Call("GET "+in+"/posts").OK(), "records")
	require.Len(t, posts, 1)
	assert.Equal(t, id, world.Children(posts[0], "attachments")[0]["id"])
	card := s.Call("GET " + Path + "/adaptive-cards/" + id).OK()
	assert.Equal(t, []any{everyone}, card["chatIds"])
	assert.Equal(t, "No cards here", card["fallbackText"])
	s.Call("PUT "+Path+"/adaptive-cards/"+id, `{"type": "AdaptiveCard", "version": "1.4"}`).OK()
	card = s.Call("GET " + Path + "/adaptive-cards/" + id).OK()
	assert.Equal(t, "1.4", card["version"])
	assert.NotContains(t, card, "fallbackText", "what is put replaces all of it")
	assert.Equal(t, 403, s.As(worldtest.OtherUser).Call("DELETE "+Path+"/adaptive-cards/"+id).Status)
	s.Call("DELETE " + Path + "/adaptive-cards/" + id).OK()
	assert.Empty(t, world.Children(s.Call("GET "+in+"/posts").OK(), "records"))
}

func TestFiles(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	file := world.File{Name: "a.txt", Type: "text/plain", Content: []byte("a")}
	out := s.Send("POST "+Path+"/files?groupId="+everyone+"&name=b.txt", &world.Request{Files: []world.File{file}})
	require.Nil(t, out.Problem)
	assert.Contains(t, string(out.Reply.Body), `"name":"b.txt"`)
	posts := world.Children(s.Call("GET "+Path+"/chats/"+everyone+"/posts").OK(), "records")
	require.Len(t, posts, 1)
	assert.Equal(t, "b.txt", world.Children(posts[0], "attachments")[0]["name"])
	assert.Equal(t, "CMN-100", s.Call("POST "+Path+"/files").Code())
	assert.Equal(t, 400, s.Send("POST "+Path+"/files?groupId=5", &world.Request{Files: []world.File{file}}).Status)
}

func TestEventsOfAUserAndOfAChat(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	other := s.As(worldtest.OtherUser)
	body := `{"title": "Stand-up", "startTime": "2026-12-01T09:00:00Z", "endTime": "2026-12-01T09:15:00Z", "creatorId": "5"}`
	own := s.Call("POST "+Path+"/events", body).OK()
	assert.Equal(t, worldtest.User, own["creatorId"])
	shared := world.Text(s.Call("POST "+Path+"/groups/"+everyone+"/events", body).OK(), "id")
	assert.ElementsMatch(t, []string{world.Text(own, "id"), shared}, worldtest.MemberOfRecords(s.Call("GET "+Path+"/events").OK(),
		"id"))
	assert.Equal(t, shared, s.Call("GET " + Path + "/groups/" + everyone + "/events").OK()["id"])
	assert.Equal(t, 404, other.Call("GET "+Path+"/events/"+world.Text(own, "id")).Status)
	assert.Equal(t, 200, other.Call("GET "+Path+"/events/"+shared).Status)
	assert.Equal(t, 403, other.Call("DELETE "+Path+"/events/"+shared).Status)
	assert.Equal(t, "CMN-101",
		s.Call("POST "+Path+"/events",
			`{"title": "x", "startTime": "2026-12-01T09:00:00Z", "endTime": "2026-12-01T08:00:00Z"}`).Code())
}

func TestIncomingWebhooks(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	made := s.Call("POST " + Path + "/groups/" + everyone + "/webhooks").OK()
	at := Path + "/webhooks/" + world.Text(made, "id")
	status := func() any { return world.Children(s.Call("GET "+at).OK(), "records")[0]["status"] }
	assert.Equal(t, "Active", status())
	s.Call("POST " + at + "/suspend").OK()
	assert.Equal(t, "Suspended", status())
	s.Call("POST " + at + "/activate").OK()
	assert.Equal(t, "Active", status())
}

func TestExportIsFinishedByTime(t *testing.T) {
	s := newScene(t)
	made := s.Call("POST "+Path+"/data-export", `{"chatIds": ["`+everyone+`"]}`).OK()
	assert.Equal(t, "Accepted", made["status"])
	s.At = s.At.Add(3 * time.Second)
	got := s.Call("GET " + Path + "/data-export/" + world.Text(made, "id")).OK()
	assert.Equal(t, "Completed", got["status"])
	assert.Len(t, world.Children(got, "datasets"), 1)
	list := s.Call("GET " + Path + "/data-export?status=Completed").OK()
	assert.Len(t, world.Children(list, "tasks"), 2)
	assert.Equal(t, 400, s.Call("POST "+Path+"/data-export", `{"chatIds": ["5"]}`).Status)
}
