package messages

import (
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

// Addresses and numbers that the tests of messages use.
const (
	otherExtension = worldtest.AccountPath + "/extension/" + worldtest.OtherUser
	store          = worldtest.ExtensionPath + "/message-store"
)

// sms sends a text from the user and returns the message.
func sms(s *worldtest.Scene, to, text string) world.Object {
	s.TB.Helper()
	return s.Call("POST "+worldtest.ExtensionPath+"/sms",
		`{"from":{"phoneNumber":"`+worldtest.Phone+`"},"to":[{"phoneNumber":"`+to+`"}],"text":"`+text+`"}`).OK()
}
