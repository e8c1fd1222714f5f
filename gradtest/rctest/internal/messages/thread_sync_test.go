package messages

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

// threadSync returns the records of a synchronization and its token.
func threadSync(s *worldtest.Scene, path string) ([]world.Object, string) {
	s.TB.Helper()
	got := s.Call("GET " + threadsPath + path).OK()
	token := world.Text(world.Child(got, "syncInfo"), "syncToken")
	require.NotEmpty(s.TB, token)
	return world.Children(got, "records"), token
}

func kindsOf(records []world.Object) []any {
	out := []any{}
	for _, r := range records {
		out = append(out, r["recordType"])
	}
	return out
}

func TestThreadsSync(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	one := createThread(s, worldtest.OutsidePhone, "a")
	s.At = s.At.Add(time.Second)
	two := createThread(s, "+16505550161", "a")
	all, token := threadSync(s, "/sync?syncType=FSync")
	assert.Equal(t, []string{two, one}, []string{worldtest.IDOf(all[0]), worldtest.IDOf(all[1])}, "changed last first")
	all, token = threadSync(s, "/sync?syncType=ISync&syncToken="+token)
	assert.Empty(t, all)
	s.Call("POST " + threadsPath + "/" + one + "/resolve")
	all, _ = threadSync(s, "/sync?syncType=ISync&syncToken="+token)
	require.Len(t, all, 1)
	assert.Equal(t, "Resolved", all[0]["status"])
	all, _ = threadSync(s, "/sync")
	assert.Len(t, all, 1, "what is open")
	assert.Equal(t, "CMN-100", s.Call("GET "+threadsPath+"/sync?syncType=ISync").Code())
	assert.Equal(t, "MSG-333", s.Call("GET "+threadsPath+"/sync?syncType=ISync&syncToken=x").Code())
}

func TestEntriesSync(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	thread := createThread(s, worldtest.OutsidePhone, "a")
	s.Call("POST "+threadsPath+"/notes", `{"threadId":"`+thread+`","text":"n"}`)
	all, token := threadSync(s, "/entries/sync")
	assert.Equal(t, []any{"AliveNote", "AliveMessage"}, kindsOf(all), "in threads that are assigned to the user")
	assert.Equal(t, "a", all[1]["text"])

	note := worldtest.IDOf(all[0])
	s.Call("DELETE "+threadsPath+"/notes", `{"ids":["`+note+`"]}`)
	s.At = s.At.Add(time.Minute)
	_, p := ReceiveSMS(s.World, s.At, InboundSMS{From: worldtest.OutsidePhone, To: []string{worldtest.Phone}, Text: "b"})
	require.Nil(t, p)
	all, token = threadSync(s, "/entries/sync?syncType=ISync&syncToken="+token)
	assert.Equal(t, []any{"AliveMessage", "AliveMessage", "DeletedNote"}, kindsOf(all), "new, delivered and deleted")

	s.Call("POST "+threadsPath+"/"+thread+"/assign", `{"assignee":{"extensionId":"`+worldtest.OtherUser+`"}}`)
	all, token = threadSync(s, "/entries/sync?syncType=ISync&syncToken="+token)
	require.Equal(t, []any{"ThreadAssignedHint"}, kindsOf(all), "whom it is taken from")
	assert.Equal(t, worldtest.User, world.Child(all[0], "previousAssignee")["extensionId"])
	assert.Equal(t, worldtest.OtherUser, world.Child(all[0], "assignee")["extensionId"])
	createThread(s, worldtest.OutsidePhone, "c")
	all, _ = threadSync(s, "/entries/sync?syncType=ISync&syncToken="+token)
	assert.Empty(t, all, "another's by now")

	for scope, n := range map[string]int{"Accessible": 3, "Unassigned": 0, "AssignedToMe": 0,
		"AssignedToMeAndUnassigned": 0, "Explicit&threadIds=" + thread: 3} {
		all, _ = threadSync(s, "/entries/sync?syncType=FSync&scope="+scope)
		assert.Len(t, all, n, scope)
	}
	s.Call("POST "+threadsPath+"/"+thread+"/assign", `{"assignee":null}`)
	for scope, n := range map[string]int{"Unassigned": 3, "AssignedToMe": 0, "AssignedToMeAndUnassigned": 3} {
		all, token = threadSync(s, "/entries/sync?syncType=FSync&scope="+scope)
		assert.Len(t, all, n, scope)
	}
	s.Call("POST " + threadsPath + "/" + thread + "/resolve")
	s.Call("DELETE " + threadsPath + "/" + thread)
	all, _ = threadSync(s, "/entries/sync?syncType=FSync&scope=Accessible")
	assert.Empty(t, all, "threads that are over")
	assert.Equal(t, "CMN-100", s.Call("GET "+threadsPath+"/entries/sync?scope=Explicit").Code())
	s.User = worldtest.OtherUser
	assert.Equal(t, "MSG-333", s.Call("GET "+threadsPath+"/entries/sync?syncType=ISync&syncToken="+token).Code(),
		"another's token")
}
