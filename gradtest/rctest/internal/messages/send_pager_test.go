package messages

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestPager(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	for name, to := range map[string]string{"by number": `{"extensionNumber":"102"}`,
		"by id": `{"extensionId":"` + worldtest.OtherUser + `"}`} {
		sent := s.Call("POST "+worldtest.ExtensionPath+"/company-pager",
			`{"from":{"extensionNumber":"101"},"to":[`+to+`],"text":"Hello"}`).OK()
		assert.Equal(t, "Pager", sent["type"], name)
		assert.Equal(t, "Sent", sent["messageStatus"], name)
		assert.Equal(t, "102", world.Children(sent, "to")[0]["extensionNumber"], name)
		assert.Equal(t, worldtest.User, world.Child(sent, "from")["extensionId"], name)
	}
	inbox := world.Children(s.Call("GET "+otherExtension+"/message-store?messageType=Pager").OK(), "records")
	assert.Len(t, inbox, 2)

	s.User = worldtest.OtherUser
	reply := s.Call("POST "+otherExtension+"/company-pager",
		`{"replyOn":`+worldtest.IDOf(inbox[0])+`,"text":"Hello yourself"}`).OK()
	assert.Equal(t, worldtest.User, world.Children(reply, "to")[0]["extensionId"])
	assert.Equal(t, inbox[0]["conversationId"], reply["conversationId"])
}

func TestPagerRefusals(t *testing.T) {
	s := newScene(t)
	for body, code := range map[string]string{
		`{"from":{"extensionId":"` + worldtest.OtherUser + `"},"to":[{"extensionNumber":"102"}],"text":"a"}`: "MSG-331",
		`{"from":{"extensionNumber":"102"},"to":[{"extensionNumber":"102"}],"text":"a"}`:                     "MSG-332",
		`{"to":[{"extensionNumber":"999"}],"text":"a"}`:                                                      "CMN-102",
		`{"to":[{"extensionId":"999"}],"text":"a"}`:                                                          "CMN-102",
		`{"to":[{}],"text":"a"}`:             "CMN-100",
		`{"text":"a"}`:                       "CMN-100",
		`{"to":[{"extensionNumber":"102"}]}`: "CMN-100",
		`{"replyOn":1,"text":"a"}`:           "CMN-102",
		`{"to":[{"extensionNumber":"102"}],"text":"` + strings.Repeat("a", 1025) + `"}`: "CMN-101",
	} {
		got := s.Call("POST "+worldtest.ExtensionPath+"/company-pager", body)
		assert.Equal(t, code, got.Code(), body)
		assert.Equal(t, 400, got.Status, body)
	}
}
