package messages

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestSMSRecipients(t *testing.T) {
	const path = worldtest.ExtensionPath + "/sms-recipients"
	s := newScene(t)
	ids := func() []string { return worldtest.IDsOf(s.Call("GET "+path).OK(), "smsRecipients") }
	assert.Empty(t, ids())
	assert.Equal(t, 204,
		s.Call("POST "+path+"/bulk-assign",
			`{"addedExtensionIds":["`+worldtest.User+`","`+worldtest.OtherUser+`","`+worldtest.User+`"]}`).Status)
	assert.Equal(t, []string{worldtest.User, worldtest.OtherUser}, ids())
	assert.Empty(t, worldtest.IDsOf(s.Call("GET "+otherExtension+"/sms-recipients").OK(), "smsRecipients"))
	s.Call("POST "+path+"/bulk-assign", `{"removedExtensionIds":["`+worldtest.User+`","1"]}`)
	assert.Equal(t, []string{worldtest.OtherUser}, ids())
	first := world.Children(s.Call("GET "+path).OK(), "smsRecipients")[0]
	assert.Equal(t, "102", first["extensionNumber"])
	assert.Equal(t, "Sam Example", first["name"])
	assert.Equal(t, "CMN-100", s.Call("POST "+path+"/bulk-assign", `{}`).Code())
	assert.Equal(t, "CMN-102", s.Call("POST "+path+"/bulk-assign", `{"addedExtensionIds":["1"]}`).Code())
	assert.Equal(t, []string{worldtest.OtherUser}, ids())
}
