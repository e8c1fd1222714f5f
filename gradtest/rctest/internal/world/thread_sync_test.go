package world

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// threadSync returns the records of a synchronization and its token.
func (s *scene) threadSync(path string) ([]Object, string) {
	s.tb.Helper()
	got := s.call("GET " + threadsPath + path).ok()
	token := text(object(got, "syncInfo"), "syncToken")
	require.NotEmpty(s.tb, token)
	return objects(got, "records"), token
}

func kindsOf(records []Object) []any {
	out := []any{}
	for _, r := range records {
		out = append(out, r["recordType"])
	}
	return out
}

func TestThreadsSync(t *testing.T) {
	s := newScene(t, bare)
	one := s.thread(outsidePhone, "a")
	s.at = s.at.Add(time.Second)
	two := s.thread("+16505550161", "a")
	all, token := s.threadSync("/sync?syncType=FSync")
	assert.Equal(t, []string{two, one}, []string{idOf(all[0]), idOf(all[1])}, "changed last first")
	all, token = s.threadSync("/sync?syncType=ISync&syncToken=" + token)
	assert.Empty(t, all)
	s.call("POST " + threadsPath + "/" + one + "/resolve")
	all, _ = s.threadSync("/sync?syncType=ISync&syncToken=" + token)
	require.Len(t, all, 1)
	assert.Equal(t, "Resolved", all[0]["status"])
	all, _ = s.threadSync("/sync")
	assert.Len(t, all, 1, "what is open")
	assert.Equal(t, "CMN-100", s.call("GET "+threadsPath+"/sync?syncType=ISync").code())
	assert.Equal(t, "MSG-333", s.call("GET "+threadsPath+"/sync?syncType=ISync&syncToken=x").code())
}

func TestEntriesSync(t *testing.T) {
	s := newScene(t, bare)
	thread := s.thread(outsidePhone, "a")
	s.call("POST "+threadsPath+"/notes", `{"threadId":"`+thread+`","text":"n"}`)
	all, token := s.threadSync("/entries/sync")
	assert.Equal(t, []any{"AliveNote", "AliveMessage"}, kindsOf(all), "in threads that are assigned to the user")
	assert.Equal(t, "a", all[1]["text"])

	note := idOf(all[0])
	s.call("DELETE "+threadsPath+"/notes", `{"ids":["`+note+`"]}`)
	s.at = s.at.Add(time.Minute)
	_, p := s.world.ReceiveSMS(s.at, InboundSMS{From: outsidePhone, To: []string{testPhone}, Text: "b"})
	require.Nil(t, p)
	all, token = s.threadSync("/entries/sync?syncType=ISync&syncToken=" + token)
	assert.Equal(t, []any{"AliveMessage", "AliveMessage", "DeletedNote"}, kindsOf(all), "new, delivered and deleted")

	s.call("POST "+threadsPath+"/"+thread+"/assign", `{"assignee":{"extensionId":"`+otherUser+`"}}`)
	all, token = s.threadSync("/entries/sync?syncType=ISync&syncToken=" + token)
	require.Equal(t, []any{"ThreadAssignedHint"}, kindsOf(all), "whom it is taken from")
	assert.Equal(t, testUser, object(all[0], "previousAssignee")["extensionId"])
	assert.Equal(t, otherUser, object(all[0], "assignee")["extensionId"])
	s.thread(outsidePhone, "c")
	all, _ = s.threadSync("/entries/sync?syncType=ISync&syncToken=" + token)
	assert.Empty(t, all, "another's by now")

	for scope, n := range map[string]int{"Accessible": 3, "Unassigned": 0, "AssignedToMe": 0, "AssignedToMeAndUnassigned": 0, "Explicit&threadIds=" + thread: 3} {
		all, _ = s.threadSync("/entries/sync?syncType=FSync&scope=" + scope)
		assert.Len(t, all, n, scope)
	}
	s.call("POST "+threadsPath+"/"+thread+"/assign", `{"assignee":null}`)
	for scope, n := range map[string]int{"Unassigned": 3, "AssignedToMe": 0, "AssignedToMeAndUnassigned": 3} {
		all, token = s.threadSync("/entries/sync?syncType=FSync&scope=" + scope)
		assert.Len(t, all, n, scope)
	}
	s.call("POST " + threadsPath + "/" + thread + "/resolve")
	s.call("DELETE " + threadsPath + "/" + thread)
	all, _ = s.threadSync("/entries/sync?syncType=FSync&scope=Accessible")
	assert.Empty(t, all, "threads that are over")
	assert.Equal(t, "CMN-100", s.call("GET "+threadsPath+"/entries/sync?scope=Explicit").code())
	s.user = otherUser
	assert.Equal(t, "MSG-333", s.call("GET "+threadsPath+"/entries/sync?syncType=ISync&syncToken="+token).code(), "another's token")
}
