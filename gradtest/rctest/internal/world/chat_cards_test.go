package world

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCardIsAPost(t *testing.T) {
	s := newScene(t, func(c *Config) { c.Bare = true })
	in := chatPath + "/chats/" + everyone
	id := text(s.call("POST "+in+"/adaptive-cards", `{"type": "AdaptiveCard", "version": "1.3", "fallbackText": "No cards here"}`).ok(), "id")
	posts := objects(s.call("GET "+in+"/posts").ok(), "records")
	require.Len(t, posts, 1)
	assert.Equal(t, id, objects(posts[0], "attachments")[0]["id"])
	card := s.call("GET " + chatPath + "/adaptive-cards/" + id).ok()
	assert.Equal(t, []any{everyone}, card["chatIds"])
	assert.Equal(t, "No cards here", card["fallbackText"])
	s.call("PUT "+chatPath+"/adaptive-cards/"+id, `{"type": "AdaptiveCard", "version": "1.4"}`).ok()
	card = s.call("GET " + chatPath + "/adaptive-cards/" + id).ok()
	assert.Equal(t, "1.4", card["version"])
	assert.NotContains(t, card, "fallbackText", "what is put replaces all of it")
	assert.Equal(t, 403, s.as(otherUser).call("DELETE "+chatPath+"/adaptive-cards/"+id).status)
	s.call("DELETE " + chatPath + "/adaptive-cards/" + id).ok()
	assert.Empty(t, objects(s.call("GET "+in+"/posts").ok(), "records"))
}

func TestFiles(t *testing.T) {
	s := newScene(t, func(c *Config) { c.Bare = true })
	file := File{Name: "a.txt", Type: "text/plain", Content: []byte("a")}
	out := s.send("POST "+chatPath+"/files?groupId="+everyone+"&name=b.txt", &Request{Files: []File{file}})
	require.Nil(t, out.problem)
	assert.Contains(t, string(out.reply.Body), `"name":"b.txt"`)
	posts := objects(s.call("GET "+chatPath+"/chats/"+everyone+"/posts").ok(), "records")
	require.Len(t, posts, 1)
	assert.Equal(t, "b.txt", objects(posts[0], "attachments")[0]["name"])
	assert.Equal(t, "CMN-100", s.call("POST "+chatPath+"/files").code())
	assert.Equal(t, 400, s.send("POST "+chatPath+"/files?groupId=5", &Request{Files: []File{file}}).status)
}

func TestEventsOfAUserAndOfAChat(t *testing.T) {
	s := newScene(t, func(c *Config) { c.Bare = true })
	other := s.as(otherUser)
	body := `{"title": "Stand-up", "startTime": "2026-12-01T09:00:00Z", "endTime": "2026-12-01T09:15:00Z", "creatorId": "5"}`
	own := s.call("POST "+chatPath+"/events", body).ok()
	assert.Equal(t, testUser, own["creatorId"])
	shared := text(s.call("POST "+chatPath+"/groups/"+everyone+"/events", body).ok(), "id")
	assert.Equal(t, []string{text(own, "id"), shared}, member(s.call("GET "+chatPath+"/events").ok(), "id"))
	assert.Equal(t, shared, s.call("GET " + chatPath + "/groups/" + everyone + "/events").ok()["id"])
	assert.Equal(t, 404, other.call("GET "+chatPath+"/events/"+text(own, "id")).status)
	assert.Equal(t, 200, other.call("GET "+chatPath+"/events/"+shared).status)
	assert.Equal(t, 403, other.call("DELETE "+chatPath+"/events/"+shared).status)
	assert.Equal(t, "CMN-101", s.call("POST "+chatPath+"/events", `{"title": "x", "startTime": "2026-12-01T09:00:00Z", "endTime": "2026-12-01T08:00:00Z"}`).code())
}

func TestIncomingWebhooks(t *testing.T) {
	s := newScene(t, func(c *Config) { c.Bare = true })
	made := s.call("POST " + chatPath + "/groups/" + everyone + "/webhooks").ok()
	at := chatPath + "/webhooks/" + text(made, "id")
	status := func() any { return objects(s.call("GET "+at).ok(), "records")[0]["status"] }
	assert.Equal(t, "Active", status())
	s.call("POST " + at + "/suspend").ok()
	assert.Equal(t, "Suspended", status())
	s.call("POST " + at + "/activate").ok()
	assert.Equal(t, "Active", status())
}

func TestExportIsFinishedByTime(t *testing.T) {
	s := newScene(t)
	made := s.call("POST "+chatPath+"/data-export", `{"chatIds": ["`+everyone+`"]}`).ok()
	assert.Equal(t, "Accepted", made["status"])
	s.at = s.at.Add(3 * time.Second)
	got := s.call("GET " + chatPath + "/data-export/" + text(made, "id")).ok()
	assert.Equal(t, "Completed", got["status"])
	assert.Len(t, objects(got, "datasets"), 1)
	list := s.call("GET " + chatPath + "/data-export?status=Completed").ok()
	assert.Len(t, objects(list, "tasks"), 2)
	assert.Equal(t, 400, s.call("POST "+chatPath+"/data-export", `{"chatIds": ["5"]}`).status)
}
