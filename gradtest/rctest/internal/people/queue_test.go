package people

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestQueueMembers(t *testing.T) {
	s := newScene(t)
	queue := worldtest.Values(s.Call("GET "+worldtest.AccountPath+"/call-queues").OK(), "records")[0]
	path := worldtest.AccountPath + "/call-queues/" + queue
	assert.Equal(t, []string{worldtest.User, worldtest.OtherUser},
		worldtest.Values(s.Call("GET "+path+"/members").OK(), "records"))
	assert.Equal(t, 204, s.Call("POST "+path+"/bulk-assign", `{"removedExtensionIds":["`+worldtest.OtherUser+`"]}`).Status)
	assert.Equal(t, []string{worldtest.User}, worldtest.Values(s.Call("GET "+path+"/members").OK(), "records"))
	assert.Empty(t,
		worldtest.Values(s.Call("GET "+worldtest.AccountPath+"/call-queues?memberExtensionId="+worldtest.OtherUser).OK(),
			"records"))
	assert.Equal(t, "CMN-102", s.Call("POST "+path+"/bulk-assign", `{"addedExtensionIds":["1"]}`).Code())
	assert.Equal(t, 400, s.Call("POST "+path+"/bulk-assign", `{"addedExtensionIds":["1"]}`).Status)
	assert.Equal(t, "Other", s.Call("PUT "+path, `{"name":"Other"}`).OK()["name"])
}

func TestQueuePresence(t *testing.T) {
	s := newScene(t)
	queue := worldtest.Values(s.Call("GET "+worldtest.AccountPath+"/call-queues").OK(), "records")[0]
	path := worldtest.ExtensionPath + "/call-queue-presence"
	assert.Equal(t, true, world.Children(s.Call("GET "+path).OK(), "records")[0]["acceptCalls"])
	s.Call("PUT "+path, `{"records":[{"callQueue":{"id":"`+queue+`"},"acceptCalls":false}]}`).OK()
	assert.Equal(t, false, world.Children(s.Call("GET "+path).OK(), "records")[0]["acceptCalls"])
	assert.Len(t, world.Children(s.Call("GET "+worldtest.AccountPath+"/call-queues/"+queue+"/presence").OK(), "records"),
		2)

	s.Call("PUT "+worldtest.ExtensionPath+"/call-queues", `{"records":[]}`).OK()
	assert.Empty(t, world.Children(s.Call("GET "+path).OK(), "records"))
}
