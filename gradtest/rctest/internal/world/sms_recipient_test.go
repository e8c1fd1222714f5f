package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSMSRecipients(t *testing.T) {
	const path = extension + "/sms-recipients"
	s := newScene(t)
	ids := func() []string { return idsOf(s.call("GET "+path).ok(), "smsRecipients") }
	assert.Empty(t, ids())
	assert.Equal(t, 204, s.call("POST "+path+"/bulk-assign", `{"addedExtensionIds":["`+testUser+`","`+otherUser+`","`+testUser+`"]}`).status)
	assert.Equal(t, []string{testUser, otherUser}, ids())
	assert.Empty(t, idsOf(s.call("GET "+otherExtension+"/sms-recipients").ok(), "smsRecipients"))
	s.call("POST "+path+"/bulk-assign", `{"removedExtensionIds":["`+testUser+`","1"]}`)
	assert.Equal(t, []string{otherUser}, ids())
	first := objects(s.call("GET "+path).ok(), "smsRecipients")[0]
	assert.Equal(t, "102", first["extensionNumber"])
	assert.Equal(t, "Sam Example", first["name"])
	assert.Equal(t, "CMN-100", s.call("POST "+path+"/bulk-assign", `{}`).code())
	assert.Equal(t, "CMN-102", s.call("POST "+path+"/bulk-assign", `{"addedExtensionIds":["1"]}`).code())
	assert.Equal(t, []string{otherUser}, ids())
}
