package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTaskIsDone(t *testing.T) {
	both := `[{"id": "` + testUser + `"}, {"id": "` + otherUser + `"}]`
	for _, row := range []struct {
		name, task string
		done       []string // bodies, the last of the other user
		status     string
	}{
		{"anybody", `"completenessCondition": "Simple"`, []string{`{"status": "Complete"}`}, "Completed"},
		{"not everybody", `"completenessCondition": "AllAssignees"`, []string{`{"status": "Complete"}`}, "InProgress"},
		{"everybody", `"completenessCondition": "AllAssignees"`, []string{`{"status": "Complete", "assignees": ` + both + `}`}, "Completed"},
		{"one after the other", `"completenessCondition": "AllAssignees"`, []string{
			`{"status": "Complete", "assignees": [{"id": "` + testUser + `"}]}`, `{"status": "Complete", "assignees": [{"id": "` + otherUser + `"}]}`,
		}, "Completed"},
		{"a part", `"completenessCondition": "Percentage"`, []string{`{"completenessPercentage": 30}`}, "InProgress"},
		{"again open", `"completenessCondition": "Simple"`, []string{`{"status": "Complete"}`, `{"status": "Incomplete"}`}, "Pending"},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := newScene(t)
			id := text(s.call("POST "+chatPath+"/chats/"+everyone+"/tasks", `{"subject": "Call", "assignees": `+both+`, `+row.task+`}`).ok(), "id")
			at := chatPath + "/tasks/" + id
			for _, body := range row.done {
				s.call("POST "+at+"/complete", body).ok()
			}
			assert.Equal(t, row.status, s.call("GET " + at).ok()["status"])
		})
	}
}

func TestTaskFilters(t *testing.T) {
	s := newScene(t, func(c *Config) { c.Bare = true })
	in := chatPath + "/chats/" + everyone + "/tasks"
	mine := text(s.call("POST "+in, `{"subject": "Mine", "assignees": [{"id": "`+testUser+`"}]}`).ok(), "id")
	theirs := text(s.as(otherUser).call("POST "+in, `{"subject": "Theirs", "assignees": [{"id": "`+otherUser+`"}]}`).ok(), "id")
	nobodys := text(s.call("POST "+in, `{"subject": "Nobody's", "assignees": []}`).ok(), "id")
	s.call("POST "+chatPath+"/tasks/"+mine+"/complete", `{"status": "Complete"}`).ok()
	for query, want := range map[string][]string{
		"":                            {mine, theirs, nobodys},
		"status=Completed":            {mine},
		"status=Pending":              {theirs, nobodys},
		"assignmentStatus=Unassigned": {nobodys},
		"assignmentStatus=Assigned":   {mine, theirs},
		"assigneeId=" + otherUser:     {theirs},
		"assigneeStatus=Completed":    {mine},
		"creatorId=" + otherUser:      {theirs},
		"assigneeId=" + otherUser + "&assigneeStatus=Completed": nil,
	} {
		assert.Equal(t, want, member(s.call("GET "+in+"?"+query).ok(), "id"), query)
	}
	got := s.call("POST "+in, `{"subject": "x", "assignees": [{"id": "5"}]}`)
	assert.Equal(t, 400, got.status)
	assert.Equal(t, "CMN-102", got.code())
	patched := s.call("PATCH "+chatPath+"/tasks/"+theirs, `{"subject": "Ours", "status": "Completed"}`).ok()
	assert.Equal(t, "Ours", objects(patched, "records")[0]["subject"])
	assert.Equal(t, "Pending", objects(patched, "records")[0]["status"], "a task is completed by its own operation")
}
