package messages

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

const threadsPath = worldtest.AccountPath + "/message-threads"

// createThread sends a text to a thread and returns the thread's id.
func createThread(s *worldtest.Scene, to, text string) string {
	s.TB.Helper()
	return s.Call("POST "+threadsPath+"/messages",
		`{"from":{"phoneNumber":"`+worldtest.Phone+`"},"to":[{"phoneNumber":"`+to+`"}],"text":"`+text+`"}`).OK()["threadId"].(string)
}

func TestStartingThread(t *testing.T) {
	s := newScene(t)
	threads := world.Children(s.Call("GET "+threadsPath).OK(), "records")
	require.Len(t, threads, 1)
	assert.Equal(t, worldtest.User, world.Child(threads[0], "assignee")["extensionId"])
	assert.Len(t, worldtest.IDsOf(s.Call("GET "+threadsPath+"/messages").OK()), 1)
	assert.Len(t, worldtest.IDsOf(s.Call("GET "+threadsPath+"/notes").OK()), 1)
	assert.Empty(t, worldtest.IDsOf(newScene(t, worldtest.Bare).Call("GET "+threadsPath).OK()))
}

func TestThread(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	id := createThread(s, worldtest.OutsidePhone, "Hello")
	path := threadsPath + "/" + id
	assert.Equal(t, id, createThread(s, worldtest.OutsidePhone, "Again"), "the same parties have one thread")
	other := createThread(s, "+16505550161", "Hello")
	assert.NotEqual(t, id, other)

	got := s.Call("GET " + path).OK()
	assert.Equal(t, "Open", got["status"])
	assert.Equal(t, worldtest.Phone, world.Child(got, "ownerParty")["phoneNumber"])
	assert.Equal(t, worldtest.OutsidePhone, world.Child(got, "guestParty")["phoneNumber"])
	assert.Equal(t, worldtest.User, world.Child(got, "owner")["extensionId"])
	assert.Equal(t, worldtest.User, world.Child(got, "assignee")["extensionId"], "who begins it takes care of it")

	got = s.Call("POST "+path+"/assign", `{"assignee":{"extensionId":"`+worldtest.OtherUser+`"}}`).OK()
	assert.Equal(t, world.Object{"extensionId": worldtest.OtherUser, "name": "Sam Example", "extensionType": "User"},
		got["assignee"])
	assert.Equal(t, "CMN-102", s.Call("POST "+path+"/assign", `{"assignee":{"extensionId":"1"}}`).Code())
	got = s.Call("POST "+path+"/assign", `{"assignee":null}`).OK()
	assert.Nil(t, got["assignee"])

	s.Call("POST "+path+"/assign", `{"assignee":{"extensionId":"`+worldtest.OtherUser+`"}}`)
	got = s.Call("POST " + path + "/resolve").OK()
	assert.Equal(t, "Resolved", got["status"])
	assert.Equal(t, "Manual", got["statusReason"])
	assert.Nil(t, got["assignee"])
	assert.Equal(t, 400, s.Call("POST "+path+"/resolve").Status, "it is over")
	assert.Equal(t, 400, s.Call("POST "+path+"/assign", `{"assignee":null}`).Status)
	assert.NotEqual(t, id, createThread(s, worldtest.OutsidePhone, "Once more"), "another begins")

	assert.Equal(t, 204, s.Call("DELETE "+threadsPath+"/"+other).Status)
	assert.Equal(t, "Deleted", s.Call("GET " + threadsPath + "/" + other).OK()["availability"])
	assert.Equal(t, 204, s.Call("DELETE "+threadsPath+"/"+other).Status)
	assert.Equal(t, "CMN-102", s.Call("GET "+threadsPath+"/1").Code())
	assert.Equal(t, "CMN-102", s.Call("DELETE "+threadsPath+"/1").Code())
}

func TestThreadFilters(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	one := createThread(s, worldtest.OutsidePhone, "a")
	s.At = s.At.Add(time.Hour)
	two, three := createThread(s, "+16505550161", "a"), createThread(s, "+16505550162", "a")
	s.Call("POST " + threadsPath + "/" + two + "/resolve")
	s.Call("DELETE " + threadsPath + "/" + three)
	for query, want := range map[string][]string{
		"":                      {one, two},
		"threadStatus=Open":     {one},
		"threadStatus=Resolved": {two},
		"availability=Deleted":  {three},
		"availability=Deleted&availability=Alive":                                   {one, two, three},
		"ownerExtensionIds=" + worldtest.User:                                       {one, two},
		"ownerExtensionIds=" + worldtest.OtherUser:                                  {},
		"guestPhoneNumber=%2B16505550161":                                           {two},
		"ownerPhoneNumber=%2B16505550101":                                           {one, two},
		"ownerPhoneNumber=%2B16505550102":                                           {},
		"creationTimeFrom=2026-11-24T12:30:00Z&creationTimeTo=2026-11-25T00:00:00Z": {two},
		"perPage=1&page=2":                                                          {two},
	} {
		assert.Equal(t, want, worldtest.IDsOf(s.Call("GET "+threadsPath+"?"+query).OK()), query)
	}
	assert.Equal(t, "CMN-100", s.Call("GET "+threadsPath+"?creationTimeFrom=2026-11-24").Code())
	assert.Equal(t, "CMN-100", s.Call("GET "+threadsPath+"?creationTimeTo=2026-11-24").Code())
	assert.Equal(t, "CMN-101", s.Call("GET "+threadsPath+"?creationTimeFrom=x&creationTimeTo=2026-11-24").Code())
}

func TestThreadsAreTold(t *testing.T) {
	w := newScene(t, worldtest.Bare).World
	self, _ := people.MemberOf(w, worldtest.User)
	told := eventsOf(w, func() {
		addThreadMessage(w, worldtest.Now, addThread(w, worldtest.Now, self, worldtest.OutsidePhone, worldtest.User),
			"Inbound", "a", nil, "")
	})
	require.Len(t, told, 2)
	assert.Equal(t, threadsPath+"/sync", told[0].Filter)
	assert.Equal(t, threadsPath+"/entries/sync", told[1].Filter)
	assert.Equal(t, world.Object{"lastModifiedTime": worldtest.Now}, told[1].Body)
}
