package world

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const threadsPath = account + "/message-threads"

// thread sends a text to a thread and returns the thread's id.
func (s *scene) thread(to, text string) string {
	s.tb.Helper()
	return s.call("POST "+threadsPath+"/messages", `{"from":{"phoneNumber":"`+testPhone+`"},"to":[{"phoneNumber":"`+to+`"}],"text":"`+text+`"}`).ok()["threadId"].(string)
}

func TestStartingThread(t *testing.T) {
	s := newScene(t)
	threads := objects(s.call("GET "+threadsPath).ok(), "records")
	require.Len(t, threads, 1)
	assert.Equal(t, testUser, object(threads[0], "assignee")["extensionId"])
	assert.Len(t, idsOf(s.call("GET "+threadsPath+"/messages").ok()), 1)
	assert.Len(t, idsOf(s.call("GET "+threadsPath+"/notes").ok()), 1)
	assert.Empty(t, idsOf(newScene(t, bare).call("GET "+threadsPath).ok()))
}

func TestThread(t *testing.T) {
	s := newScene(t, bare)
	id := s.thread(outsidePhone, "Hello")
	path := threadsPath + "/" + id
	assert.Equal(t, id, s.thread(outsidePhone, "Again"), "the same parties have one thread")
	other := s.thread("+16505550161", "Hello")
	assert.NotEqual(t, id, other)

	got := s.call("GET " + path).ok()
	assert.Equal(t, "Open", got["status"])
	assert.Equal(t, testPhone, object(got, "ownerParty")["phoneNumber"])
	assert.Equal(t, outsidePhone, object(got, "guestParty")["phoneNumber"])
	assert.Equal(t, testUser, object(got, "owner")["extensionId"])
	assert.Equal(t, testUser, object(got, "assignee")["extensionId"], "who begins it takes care of it")

	got = s.call("POST "+path+"/assign", `{"assignee":{"extensionId":"`+otherUser+`"}}`).ok()
	assert.Equal(t, Object{"extensionId": otherUser, "name": "Sam Example", "extensionType": "User"}, got["assignee"])
	assert.Equal(t, "CMN-102", s.call("POST "+path+"/assign", `{"assignee":{"extensionId":"1"}}`).code())
	got = s.call("POST "+path+"/assign", `{"assignee":null}`).ok()
	assert.Nil(t, got["assignee"])

	s.call("POST "+path+"/assign", `{"assignee":{"extensionId":"`+otherUser+`"}}`)
	got = s.call("POST " + path + "/resolve").ok()
	assert.Equal(t, "Resolved", got["status"])
	assert.Equal(t, "Manual", got["statusReason"])
	assert.Nil(t, got["assignee"])
	assert.Equal(t, 400, s.call("POST "+path+"/resolve").status, "it is over")
	assert.Equal(t, 400, s.call("POST "+path+"/assign", `{"assignee":null}`).status)
	assert.NotEqual(t, id, s.thread(outsidePhone, "Once more"), "another begins")

	assert.Equal(t, 204, s.call("DELETE "+threadsPath+"/"+other).status)
	assert.Equal(t, "Deleted", s.call("GET " + threadsPath + "/" + other).ok()["availability"])
	assert.Equal(t, 204, s.call("DELETE "+threadsPath+"/"+other).status)
	assert.Equal(t, "CMN-102", s.call("GET "+threadsPath+"/1").code())
	assert.Equal(t, "CMN-102", s.call("DELETE "+threadsPath+"/1").code())
}

func TestThreadFilters(t *testing.T) {
	s := newScene(t, bare)
	one := s.thread(outsidePhone, "a")
	s.at = s.at.Add(time.Hour)
	two, three := s.thread("+16505550161", "a"), s.thread("+16505550162", "a")
	s.call("POST " + threadsPath + "/" + two + "/resolve")
	s.call("DELETE " + threadsPath + "/" + three)
	for query, want := range map[string][]string{
		"":                      {one, two},
		"threadStatus=Open":     {one},
		"threadStatus=Resolved": {two},
		"availability=Deleted":  {three},
		"availability=Deleted&availability=Alive":                                   {one, two, three},
		"ownerExtensionIds=" + testUser:                                             {one, two},
		"ownerExtensionIds=" + otherUser:                                            {},
		"guestPhoneNumber=%2B16505550161":                                           {two},
		"ownerPhoneNumber=%2B16505550101":                                           {one, two},
		"ownerPhoneNumber=%2B16505550102":                                           {},
		"creationTimeFrom=2026-11-24T12:30:00Z&creationTimeTo=2026-11-25T00:00:00Z": {two},
		"perPage=1&page=2":                                                          {two},
	} {
		assert.Equal(t, want, idsOf(s.call("GET "+threadsPath+"?"+query).ok()), query)
	}
	assert.Equal(t, "CMN-100", s.call("GET "+threadsPath+"?creationTimeFrom=2026-11-24").code())
	assert.Equal(t, "CMN-100", s.call("GET "+threadsPath+"?creationTimeTo=2026-11-24").code())
	assert.Equal(t, "CMN-101", s.call("GET "+threadsPath+"?creationTimeFrom=x&creationTimeTo=2026-11-24").code())
}

func TestThreadsAreTold(t *testing.T) {
	w := newScene(t, bare).world
	self, _ := w.member(testUser)
	told := heard(w, func() {
		w.addThreadMessage(testNow, w.addThread(testNow, self, outsidePhone, testUser), "Inbound", "a", nil, "")
	})
	require.Len(t, told, 2)
	assert.Equal(t, threadsPath+"/sync", told[0].filter)
	assert.Equal(t, threadsPath+"/entries/sync", told[1].filter)
	assert.Equal(t, Object{"lastModifiedTime": testNow}, told[1].body)
}
