package chat

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestNotes(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	other := s.As(worldtest.OtherUser)
	in := Path + "/chats/" + everyone + "/notes"
	made := s.Call("POST "+in, `{"title": "Hours", "body": "Nine to five"}`).OK()
	assert.Equal(t, "Draft", made["status"])
	assert.Equal(t, "Nine to five", made["preview"])
	id := world.Text(made, "id")
	at := Path + "/notes/" + id
	assert.Equal(t, "Nine to five", s.Call("GET " + at).OK()["body"])
	assert.Equal(t, "CMN-102", other.Call("GET "+at).Code(), "a draft is its creator's")
	assert.Empty(t, worldtest.MemberOfRecords(other.Call("GET "+in).OK(), "id"))

	assert.Equal(t, "Active", s.Call("POST " + at + "/publish").OK()["status"])
	assert.Equal(t, "Hours", other.Call("GET " + at).OK()["title"])
	posts := s.Call("GET " + Path + "/chats/" + everyone + "/posts").OK()
	assert.Len(t, world.Children(posts, "records"), 1, "what is published is posted")

	s.Call("POST " + at + "/lock").OK()
	for _, what := range []string{"POST " + at + "/lock", "POST " + at + "/unlock", "DELETE " + at} {
		assert.Equal(t, 403, other.Call(what).Status, what)
	}
	assert.Equal(t, 403, other.Call("PATCH "+at, `{"title": "x"}`).Status)
	assert.Equal(t, "Opening hours", s.Call("PATCH "+at+"?releaseLock=true", `{"title": "Opening hours"}`).OK()["title"])
	changed := other.Call("PATCH "+at, `{"title": "Closing hours"}`).OK()
	assert.Equal(t, world.Object{"id": worldtest.OtherUser}, changed["lastModifiedBy"])
	assert.Equal(t, world.Object{"id": worldtest.User}, changed["creator"])

	s.Call("POST " + at + "/lock").OK()
	other.At = other.At.Add(lockHeld)
	other.Call("POST " + at + "/unlock").OK()
}

func TestNoteFilters(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	in := Path + "/chats/" + everyone + "/notes"
	first := world.Text(s.Call("POST "+in, `{"title": "First"}`).OK(), "id")
	s.Call("POST " + Path + "/notes/" + first + "/publish").OK()
	s.At = s.At.Add(time.Hour)
	second := world.Text(s.Call("POST "+in, `{"title": "Second"}`).OK(), "id")
	for query, want := range map[string][]string{
		"":                                      {first, second},
		"status=Draft":                          {second},
		"status=Active":                         {first},
		"creatorId=" + worldtest.User:           {first, second},
		"creatorId=" + worldtest.OtherUser:      nil,
		"creationTimeFrom=2026-11-24T12:30:00Z": {second},
		"creationTimeTo=2026-11-24T12:30:00Z":   {first},
	} {
		assert.ElementsMatch(t, want, worldtest.MemberOfRecords(s.Call("GET "+in+"?"+query).OK(), "id"), query)
	}
	assert.Equal(t, "CMN-101", s.Call("GET "+in+"?creationTimeTo=never").Code())
}
