package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestQueueMembers(t *testing.T) {
	s := newScene(t)
	queue := ids(s.call("GET "+account+"/call-queues").ok(), "records")[0]
	path := account + "/call-queues/" + queue
	assert.Equal(t, []string{testUser, otherUser}, ids(s.call("GET "+path+"/members").ok(), "records"))
	assert.Equal(t, 204, s.call("POST "+path+"/bulk-assign", `{"removedExtensionIds":["`+otherUser+`"]}`).status)
	assert.Equal(t, []string{testUser}, ids(s.call("GET "+path+"/members").ok(), "records"))
	assert.Empty(t, ids(s.call("GET "+account+"/call-queues?memberExtensionId="+otherUser).ok(), "records"))
	assert.Equal(t, "CMN-102", s.call("POST "+path+"/bulk-assign", `{"addedExtensionIds":["1"]}`).code())
	assert.Equal(t, 400, s.call("POST "+path+"/bulk-assign", `{"addedExtensionIds":["1"]}`).status)
	assert.Equal(t, "Other", s.call("PUT "+path, `{"name":"Other"}`).ok()["name"])
}

func TestQueuePresence(t *testing.T) {
	s := newScene(t)
	queue := ids(s.call("GET "+account+"/call-queues").ok(), "records")[0]
	path := extension + "/call-queue-presence"
	assert.Equal(t, true, objects(s.call("GET "+path).ok(), "records")[0]["acceptCalls"])
	s.call("PUT "+path, `{"records":[{"callQueue":{"id":"`+queue+`"},"acceptCalls":false}]}`).ok()
	assert.Equal(t, false, objects(s.call("GET "+path).ok(), "records")[0]["acceptCalls"])
	assert.Len(t, objects(s.call("GET "+account+"/call-queues/"+queue+"/presence").ok(), "records"), 2)

	s.call("PUT "+extension+"/call-queues", `{"records":[]}`).ok()
	assert.Empty(t, objects(s.call("GET "+path).ok(), "records"))
}
