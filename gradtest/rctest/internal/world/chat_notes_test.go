package world

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestNotes(t *testing.T) {
	s := newScene(t, func(c *Config) { c.Bare = true })
	other := s.as(otherUser)
	in := chatPath + "/chats/" + everyone + "/notes"
	made := s.call("POST "+in, `{"title": "Hours", "body": "Nine to five"}`).ok()
	assert.Equal(t, "Draft", made["status"])
	assert.Equal(t, "Nine to five", made["preview"])
	id := text(made, "id")
	at := chatPath + "/notes/" + id
	assert.Equal(t, "Nine to five", s.call("GET " + at).ok()["body"])
	assert.Equal(t, "CMN-102", other.call("GET "+at).code(), "a draft is its creator's")
	assert.Empty(t, member(other.call("GET "+in).ok(), "id"))

	assert.Equal(t, "Active", s.call("POST " + at + "/publish").ok()["status"])
	assert.Equal(t, "Hours", other.call("GET " + at).ok()["title"])
	posts := s.call("GET " + chatPath + "/chats/" + everyone + "/posts").ok()
	assert.Len(t, objects(posts, "records"), 1, "what is published is posted")

	s.call("POST " + at + "/lock").ok()
	for _, what := range []string{"POST " + at + "/lock", "POST " + at + "/unlock", "DELETE " + at} {
		assert.Equal(t, 403, other.call(what).status, what)
	}
	assert.Equal(t, 403, other.call("PATCH "+at, `{"title": "x"}`).status)
	assert.Equal(t, "Opening hours", s.call("PATCH "+at+"?releaseLock=true", `{"title": "Opening hours"}`).ok()["title"])
	changed := other.call("PATCH "+at, `{"title": "Closing hours"}`).ok()
	assert.Equal(t, Object{"id": otherUser}, changed["lastModifiedBy"])
	assert.Equal(t, Object{"id": testUser}, changed["creator"])

	s.call("POST " + at + "/lock").ok()
	other.at = other.at.Add(lockHeld)
	other.call("POST " + at + "/unlock").ok()
}

func TestNoteFilters(t *testing.T) {
	s := newScene(t, func(c *Config) { c.Bare = true })
	in := chatPath + "/chats/" + everyone + "/notes"
	first := text(s.call("POST "+in, `{"title": "First"}`).ok(), "id")
	s.call("POST " + chatPath + "/notes/" + first + "/publish").ok()
	s.at = s.at.Add(time.Hour)
	second := text(s.call("POST "+in, `{"title": "Second"}`).ok(), "id")
	for query, want := range map[string][]string{
		"":                                      {first, second},
		"status=Draft":                          {second},
		"status=Active":                         {first},
		"creatorId=" + testUser:                 {first, second},
		"creatorId=" + otherUser:                nil,
		"creationTimeFrom=2026-11-24T12:30:00Z": {second},
		"creationTimeTo=2026-11-24T12:30:00Z":   {first},
	} {
		assert.Equal(t, want, member(s.call("GET "+in+"?"+query).ok(), "id"), query)
	}
	assert.Equal(t, "CMN-101", s.call("GET "+in+"?creationTimeTo=never").code())
}
