package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestThreadNotes(t *testing.T) {
	const path = threadsPath + "/notes"
	s := newScene(t, bare)
	thread := s.thread(outsidePhone, "a")
	made := s.call("POST "+path, `{"threadId":"`+thread+`","text":"Careful"}`)
	assert.Equal(t, 201, made.status)
	note := idOf(made.ok())
	assert.Equal(t, testUser, object(made.ok(), "author")["extensionId"])
	for query, want := range map[string][]string{
		"": {note}, "threadIds=" + thread: {note}, "threadIds=1": {}, "noteIds=" + note: {note}, "noteIds=1": {}, "availability=Deleted": {},
		"ownerExtensionIds=" + otherUser: {},
	} {
		assert.Equal(t, want, idsOf(s.call("GET "+path+"?"+query).ok()), query)
	}
	assert.Equal(t, "Fine", s.call("PATCH "+path+"/"+note, `{"text":"Fine"}`).ok()["text"])
	assert.Equal(t, "Fine", objects(s.call("GET "+path).ok(), "records")[0]["text"])

	s.user = otherUser
	assert.Equal(t, 403, s.call("PATCH "+path+"/"+note, `{"text":"Mine"}`).status, "another's")
	assert.Equal(t, 403, s.call("DELETE "+path, `{"ids":["`+note+`"]}`).status)
	s.user = testUser
	assert.Equal(t, 204, s.call("DELETE "+path, `{"ids":["`+note+`"]}`).status)
	assert.Empty(t, idsOf(s.call("GET "+path).ok()))
	assert.Equal(t, []string{note}, idsOf(s.call("GET "+path+"?availability=Deleted").ok()))
	assert.Equal(t, 404, s.call("PATCH "+path+"/"+note, `{"text":"Back"}`).status)

	last := idOf(s.call("POST "+path, `{"threadId":"`+thread+`","text":"Done"}`).ok())
	s.call("POST " + threadsPath + "/" + thread + "/resolve")
	assert.Equal(t, 400, s.call("POST "+path, `{"threadId":"`+thread+`","text":"Late"}`).status)
	assert.Equal(t, 400, s.call("PATCH "+path+"/"+last, `{"text":"Late"}`).status)
	assert.Equal(t, "CMN-102", s.call("POST "+path, `{"threadId":"1","text":"a"}`).code())
	assert.Equal(t, "CMN-102", s.call("PATCH "+path+"/1", `{"text":"a"}`).code())
	assert.Equal(t, "CMN-101", s.call("POST "+path, `{"threadId":"`+thread+`","text":""}`).code())
}
