package world

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPager(t *testing.T) {
	s := newScene(t, bare)
	for name, to := range map[string]string{"by number": `{"extensionNumber":"102"}`, "by id": `{"extensionId":"` + otherUser + `"}`} {
		sent := s.call("POST "+extension+"/company-pager", `{"from":{"extensionNumber":"101"},"to":[`+to+`],"text":"Hello"}`).ok()
		assert.Equal(t, "Pager", sent["type"], name)
		assert.Equal(t, "Sent", sent["messageStatus"], name)
		assert.Equal(t, "102", objects(sent, "to")[0]["extensionNumber"], name)
		assert.Equal(t, testUser, object(sent, "from")["extensionId"], name)
	}
	inbox := objects(s.call("GET "+otherExtension+"/message-store?messageType=Pager").ok(), "records")
	assert.Len(t, inbox, 2)

	s.user = otherUser
	reply := s.call("POST "+otherExtension+"/company-pager", `{"replyOn":`+idOf(inbox[0])+`,"text":"Hello yourself"}`).ok()
	assert.Equal(t, testUser, objects(reply, "to")[0]["extensionId"])
	assert.Equal(t, inbox[0]["conversationId"], reply["conversationId"])
}

func TestPagerRefusals(t *testing.T) {
	s := newScene(t)
	for body, code := range map[string]string{
		`{"from":{"extensionId":"` + otherUser + `"},"to":[{"extensionNumber":"102"}],"text":"a"}`: "MSG-331",
		`{"from":{"extensionNumber":"102"},"to":[{"extensionNumber":"102"}],"text":"a"}`:           "MSG-332",
		`{"to":[{"extensionNumber":"999"}],"text":"a"}`:                                            "CMN-102",
		`{"to":[{"extensionId":"999"}],"text":"a"}`:                                                "CMN-102",
		`{"to":[{}],"text":"a"}`:             "CMN-100",
		`{"text":"a"}`:                       "CMN-100",
		`{"to":[{"extensionNumber":"102"}]}`: "CMN-100",
		`{"replyOn":1,"text":"a"}`:           "CMN-102",
		`{"to":[{"extensionNumber":"102"}],"text":"` + strings.Repeat("a", 1025) + `"}`: "CMN-101",
	} {
		got := s.call("POST "+extension+"/company-pager", body)
		assert.Equal(t, code, got.code(), body)
		assert.Equal(t, 400, got.status, body)
	}
}
