package messages

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestThreadNotes(t *testing.T) {
	const path = threadsPath + "/notes"
	s := newScene(t, worldtest.Bare)
	thread := createThread(s, worldtest.OutsidePhone, "a")
	made := s.Call("POST "+path, `{"threadId":"`+thread+`","text":"Careful"}`)
	assert.Equal(t, 201, made.Status)
	note := worldtest.IDOf(made.OK())
	assert.Equal(t, worldtest.User, world.Child(made.OK(), "author")["extensionId"])
	for query, want := range map[string][]string{
		"": {note}, "threadIds=" + thread: {note}, "threadIds=1": {}, "noteIds=" + note: {note}, "noteIds=1": {},
		"availability=Deleted":                     {},
		"ownerExtensionIds=" + worldtest.OtherUser: {},
	} {
		assert.Equal(t, want, worldtest.IDsOf(s.Call("GET "+path+"?"+query).OK()), query)
	}
	assert.Equal(t, "Fine", s.Call("PATCH "+path+"/"+note, `{"text":"Fine"}`).OK()["text"])
	assert.Equal(t, "Fine", world.Children(s.Call("GET "+path).OK(), "records")[0]["text"])

	s.User = worldtest.OtherUser
	assert.Equal(t, 403, s.Call("PATCH "+path+"/"+note, `{"text":"Mine"}`).Status, "another's")
	assert.Equal(t, 403, s.Call("DELETE "+path, `{"ids":["`+note+`"]}`).Status)
	s.User = worldtest.User
	assert.Equal(t, 204, s.Call("DELETE "+path, `{"ids":["`+note+`"]}`).Status)
	assert.Empty(t, worldtest.IDsOf(s.Call("GET "+path).OK()))
	assert.Equal(t, []string{note}, worldtest.IDsOf(s.Call("GET "+path+"?availability=Deleted").OK()))
	assert.Equal(t, 404, s.Call("PATCH "+path+"/"+note, `{"text":"Back"}`).Status)

	last := worldtest.IDOf(s.Call("POST "+path, `{"threadId":"`+thread+`","text":"Done"}`).OK())
	s.Call("POST " + threadsPath + "/" + thread + "/resolve")
	assert.Equal(t, 400, s.Call("POST "+path, `{"threadId":"`+thread+`","text":"Late"}`).Status)
	assert.Equal(t, 400, s.Call("PATCH "+path+"/"+last, `{"text":"Late"}`).Status)
	assert.Equal(t, "CMN-102", s.Call("POST "+path, `{"threadId":"1","text":"a"}`).Code())
	assert.Equal(t, "CMN-102", s.Call("PATCH "+path+"/1", `{"text":"a"}`).Code())
	assert.Equal(t, "CMN-101", s.Call("POST "+path, `{"threadId":"`+thread+`","text":""}`).Code())
}
