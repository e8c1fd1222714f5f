package chat

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestTaskIsDone(t *testing.T) {
	both := `[{"id": "` + worldtest.User + `"}, {"id": "` + worldtest.OtherUser + `"}]`
	for _, row := range []struct {
		name, task string
		done       []string // bodies, the last of the other user
		status     string
	}{
		{"anybody", `"completenessCondition": "Simple"`, []string{`{"status": "Complete"}`}, "Completed"},
		{"not everybody", `"completenessCondition": "AllAssignees"`, []string{`{"status": "Complete"}`}, "InProgress"},
		{"everybody", `"completenessCondition": "AllAssignees"`, []string{`{"status": "Complete", "assignees": ` + both +
			`}`}, "Completed"},
		{"one after the other", `"completenessCondition": "AllAssignees"`, []string{
			`{"status": "Complete", "assignees": [{"id": "` + worldtest.User + `"}]}`,
			`{"status": "Complete", "assignees": [{"id": "` + worldtest.OtherUser + `"}]}`,
		}, "Completed"},
		{"a part", `"completenessCondition": "Percentage"`, []string{`{"completenessPercentage": 30}`}, "InProgress"},
		{"again open", `"completenessCondition": "Simple"`, []string{`{"status": "Complete"}`, `{"status": "Incomplete"}`},
			"Pending"},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := newScene(t)
			id := world.Text(s.Call("POST "+Path+"/chats/"+everyone+"/tasks",
				`{"subject": "Call", "assignees": `+both+`, `+row.task+`}`).OK(), "id")
			at := Path + "/tasks/" + id
			for _, body := range row.done {
				s.Call("POST "+at+"/complete", body).OK()
			}
			assert.Equal(t, row.status, s.Call("GET " + at).OK()["status"])
		})
	}
}

func TestTaskFilters(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	in := Path + "/chats/" + everyone + "/tasks"
	mine := world.Text(s.Call("POST "+in, `{"subject": "Mine", "assignees": [{"id": "`+worldtest.User+`"}]}`).OK(), "id")
	theirs := world.Text(s.As(worldtest.OtherUser).Call("POST "+in,
		`{"subject": "Theirs", "assignees": [{"id": "`+worldtest.OtherUser+`"}]}`).OK(), "id")
	nobodys := world.Text(s.Call("POST "+in, `{"subject": "Nobody's", "assignees": []}`).OK(), "id")
	s.Call("POST "+Path+"/tasks/"+mine+"/complete", `{"status": "Complete"}`).OK()
	for query, want := range map[string][]string{
		"":                                  {mine, theirs, nobodys},
		"status=Completed":                  {mine},
		"status=Pending":                    {theirs, nobodys},
		"assignmentStatus=Unassigned":       {nobodys},
		"assignmentStatus=Assigned":         {mine, theirs},
		"assigneeId=" + worldtest.OtherUser: {theirs},
		"assigneeStatus=Completed":          {mine},
		"creatorId=" + worldtest.OtherUser:  {theirs},
		"assigneeId=" + worldtest.OtherUser + "&assigneeStatus=Completed": nil,
	} {
		assert.ElementsMatch(t, want, worldtest.MemberOfRecords(s.Call("GET "+in+"?"+query).OK(), "id"), query)
	}
	got := s.Call("POST "+in, `{"subject": "x", "assignees": [{"id": "5"}]}`)
	assert.Equal(t, 400, got.Status)
	assert.Equal(t, "CMN-102", got.Code())
	patched := s.Call("PATCH "+Path+"/tasks/"+theirs, `{"subject": "Ours", "status": "Completed"}`).OK()
	assert.Equal(t, "Ours", world.Children(patched, "records")[0]["subject"])
	assert.Equal(t, "Pending", world.Children(patched, "records")[0]["status"], "a task is completed by its own operation")
}
