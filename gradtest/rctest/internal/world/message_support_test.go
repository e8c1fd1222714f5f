package world

// Addresses and numbers that the tests of messages use.
const (
	testPhone    = "+16505550101"
	otherPhone   = "+16505550102"
	outsidePhone = "+16505550160"

	otherExtension = account + "/extension/" + otherUser
	store          = extension + "/message-store"
)

// sms sends a text from the user and returns the message.
func (s *scene) sms(to, text string) Object {
	s.tb.Helper()
	return s.call("POST "+extension+"/sms", `{"from":{"phoneNumber":"`+testPhone+`"},"to":[{"phoneNumber":"`+to+`"}],"text":"`+text+`"}`).ok()
}
