package world

// Addresses and numbers that the tests of messages use.
const (
	testPhone    = "+16505550101"
	otherPhone   = "+16505550102"
	outsidePhone = "+16505550160"

	otherExtension = account + "/extension/" + otherUser
	store          = extension + "/message-store"
)

// idOf is the id of an object, whether it is a number or text.
func idOf(o Object) string {
	id, _ := scalar(o["id"])
	return id
}

// idsOf are the ids of a list, in its order.
func idsOf(o Object, member ...string) []string {
	name := "records"
	if len(member) > 0 {
		name = member[0]
	}
	ids := []string{}
	for _, one := range objects(o, name) {
		ids = append(ids, idOf(one))
	}
	return ids
}

// sms sends a text from the user and returns the message.
func (s *scene) sms(to, text string) Object {
	s.tb.Helper()
	return s.call("POST "+extension+"/sms", `{"from":{"phoneNumber":"`+testPhone+`"},"to":[{"phoneNumber":"`+to+`"}],"text":"`+text+`"}`).ok()
}

// bare leaves out what is there at the start.
func bare(c *Config) { c.Bare = true }

// parts is a multipart request of JSON and files.
func parts(body any, files ...File) *Request { return &Request{Body: body, Files: files, Parts: true} }
