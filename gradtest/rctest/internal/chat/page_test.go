package chat

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

// TestPages goes from the first page, which has the newest, to the older ones and back.
func TestPages(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	list := func(format string, bodies ...string) (made []string) {
		for i, body := range bodies {
			made = append([]string{world.Text(s.Call(fmt.Sprintf(format, i), body).OK(), "id")}, made...)
		}
		return made
	}
	const in = Path + "/chats/" + everyone
	post, task := `{"text": "hi"}`, `{"subject": "Call", "assignees": [{"id": "`+worldtest.User+`"}]}`
	event := `{"title": "x", "startTime": "2026-12-01T09:00:00Z", "endTime": "2026-12-01T09:15:00Z"}`
	for path, made := range map[string][]string{
		in + "/tasks":           list("POST "+in+"/tasks?n=%d", task, task, task),
		in + "/notes":           list("POST "+in+"/notes?n=%d", `{"title": "a"}`, `{"title": "b"}`, `{"title": "c"}`),
		Path + "/teams":         list("POST "+Path+"/teams?n=%d", `{"name": "a"}`, `{"name": "b"}`, `{"name": "c"}`),
		Path + "/events":        list("POST "+Path+"/events?n=%d", event, event, event),
		in + "/posts":           list("POST "+in+"/posts?n=%d", post, post, post),
		Path + "/conversations": nil,
		Path + "/chats":         nil,
	} {
		page := func(token string) (ids []string, older, newer any) {
			got := s.Call("GET " + path + "?recordCount=1" + token).OK()
			navigation := world.Child(got, "navigation")
			return worldtest.MemberOfRecords(got, "id"), navigation["prevPageToken"], navigation["nextPageToken"]
		}
		first, older, newer := page("")
		assert.Nil(t, newer, path)
		if made == nil {
			all := worldtest.MemberOfRecords(s.Call("GET "+path).OK(), "id")
			assert.Equal(t, len(all) > 1, older != nil, path)
			continue
		}
		if assert.NotNil(t, older, path) {
			assert.Equal(t, made[:1], first, path)
			second, _, back := page("&pageToken=" + older.(string))
			assert.Equal(t, made[1:2], second, path)
			again, _, _ := page("&pageToken=" + back.(string))
			assert.Equal(t, first, again, path)
		}
	}
}
