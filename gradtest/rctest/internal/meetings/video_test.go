package meetings

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestBridgeByAllPaths(t *testing.T) {
	s := newScene(t)
	of := "/rcvideo/v2/account/" + worldtest.Account + "/extension/" + worldtest.User + "/bridges"
	made := s.Call("POST "+of, `{"name": "Talk", "security": {"password": "secret1"}, "pins": {"web": "talk"}}`).OK()
	id := world.Text(made, "id")
	pins := world.Child(made, "pins")
	assert.Equal(t, "secret1", world.Child(world.Child(made, "security"), "password")["plainText"])
	paths := func() []string {
		return []string{
			"/rcvideo/v2/bridges/" + id, "/rcvideo/v2/bridges/pin/web/" + world.Text(pins, "web"),
			"/rcvideo/v2/bridges/pin/pstn/" + world.Text(world.Child(pins, "pstn"), "host"),
			"/rcvideo/v2/bridges/pin/pstn/" + world.Text(world.Child(pins, "pstn"), "participant"),
		}
	}
	for _, path := range paths() {
		assert.Equal(t, made, s.Call("GET "+path).OK(), path)
	}
	old := paths()[1]
	pins = world.Child(s.Call("PATCH /rcvideo/v2/bridges/"+id,
		`{"pins": {"web": "speech"}, "preferences": {"musicOnHold": false}}`).OK(), "pins")
	assert.Equal(t, "speech", pins["web"])
	for _, path := range paths() {
		got := s.Call("GET " + path).OK()
		assert.Equal(t, id, got["id"], path)
		assert.Equal(t, "Talk", got["name"], path)
		assert.Equal(t, false, world.Child(got, "preferences")["musicOnHold"], path)
		assert.Equal(t, true, world.Child(got, "preferences")["screenSharing"], path)
	}
	assert.Equal(t, 404, s.Call("GET "+old).Status)
	assert.Equal(t, "CMN-406", s.Call("POST "+of, `{"pins": {"web": "speech"}}`).Code())
	s.Call("DELETE /rcvideo/v2/bridges/" + id).OK()
	for _, path := range paths() {
		assert.Equal(t, 404, s.Call("GET "+path).Status, path)
	}
}

func TestDefaultBridge(t *testing.T) {
	s := newScene(t, func(c *world.Config) { c.Bare = true })
	own := func(user string) world.Object {
		return s.Call("GET /rcvideo/v2/account/" + worldtest.Account + "/extension/" + user + "/bridges/default").OK()
	}
	assert.Equal(t, "PMI", own(worldtest.User)["type"])
	assert.Equal(t, own(worldtest.User), own(worldtest.User))
	assert.NotEqual(t, own(worldtest.User)["id"], own(worldtest.OtherUser)["id"])
	assert.Equal(t, worldtest.OtherUser, world.Child(own(worldtest.OtherUser), "host")["extensionId"])
}

func TestMeetings(t *testing.T) {
	s := newScene(t)
	all := world.Children(s.Call("GET /rcvideo/v1/history/meetings").OK(), "meetings")
	require.Len(t, all, 1)
	assert.Equal(t, all[0]["id"], s.Call("GET /rcvideo/v1/history/meetings/" + world.Text(all[0], "id")).OK()["id"])
	assert.Equal(t, 200, s.Call("GET /rcvideo/v2/bridges/"+world.Text(all[0], "bridgeId")).Status,
		"it was held on a bridge that there is")
	recordings := world.Children(s.Call("GET /rcvideo/v1/account/"+worldtest.Account+"/recordings").OK(), "recordings")
	require.Len(t, recordings, 1)
	assert.Equal(t, world.Children(all[0], "recordings")[0]["id"], recordings[0]["id"])
	assert.Empty(t,
		world.Children(s.Call("GET /rcvideo/v1/account/"+worldtest.Account+"/extension/"+worldtest.OtherUser+"/recordings").OK(), "recordings"))
	for path, want := range map[string]int{
		"/rcvideo/v1/history/meetings?text=WEEK":            1,
		"/rcvideo/v1/history/meetings?text=daily":           0,
		"/rcvideo/v1/history/meetings?type=My":              1,
		"/rcvideo/v1/history/meetings?type=Deleted":         0,
		"/rcvideo/v1/history/meetings?materials=Recordings": 1,
		"/rcvideo/v1/history/meetings?materials=Notes":      0,
		// 09:00, when it began
		"/rcvideo/v1/history/meetings?startTime=1795510800000":                                              1,
		"/rcvideo/v1/history/meetings?startTime=1795510800001":                                              0,
		"/rcvideo/v1/history/account/" + worldtest.Account + "/meetings":                                    1,
		"/rcvideo/v1/history/account/" + worldtest.Account + "/meetings?startTimeFrom=2026-11-24T09:30:00Z": 0,
		"/rcvideo/v1/history/account/" + worldtest.Account + "/meetings?startTimeTo=2026-11-24T09:30:00Z":   1,
	} {
		assert.Len(t, world.Children(s.Call("GET "+path).OK(), "meetings"), want, path)
	}
	assert.Empty(t, world.Children(s.As(worldtest.OtherUser).Call("GET /rcvideo/v1/history/meetings").OK(), "meetings"))
}
