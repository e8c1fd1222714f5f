package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBridgeByAllPaths(t *testing.T) {
	s := newScene(t)
	of := "/rcvideo/v2/account/" + testAccount + "/extension/" + testUser + "/bridges"
	made := s.call("POST "+of, `{"name": "Talk", "security": {"password": "secret1"}, "pins": {"web": "talk"}}`).ok()
	id := text(made, "id")
	pins := object(made, "pins")
	assert.Equal(t, "secret1", object(object(made, "security"), "password")["plainText"])
	paths := func() []string {
		return []string{
			"/rcvideo/v2/bridges/" + id, "/rcvideo/v2/bridges/pin/web/" + text(pins, "web"),
			"/rcvideo/v2/bridges/pin/pstn/" + text(object(pins, "pstn"), "host"), "/rcvideo/v2/bridges/pin/pstn/" + text(object(pins, "pstn"), "participant"),
		}
	}
	for _, path := range paths() {
		assert.Equal(t, made, s.call("GET "+path).ok(), path)
	}
	old := paths()[1]
	pins = object(s.call("PATCH /rcvideo/v2/bridges/"+id, `{"pins": {"web": "speech"}, "preferences": {"musicOnHold": false}}`).ok(), "pins")
	assert.Equal(t, "speech", pins["web"])
	for _, path := range paths() {
		got := s.call("GET " + path).ok()
		assert.Equal(t, id, got["id"], path)
		assert.Equal(t, "Talk", got["name"], path)
		assert.Equal(t, false, object(got, "preferences")["musicOnHold"], path)
		assert.Equal(t, true, object(got, "preferences")["screenSharing"], path)
	}
	assert.Equal(t, 404, s.call("GET "+old).status)
	assert.Equal(t, "CMN-406", s.call("POST "+of, `{"pins": {"web": "speech"}}`).code())
	s.call("DELETE /rcvideo/v2/bridges/" + id).ok()
	for _, path := range paths() {
		assert.Equal(t, 404, s.call("GET "+path).status, path)
	}
}

func TestDefaultBridge(t *testing.T) {
	s := newScene(t, func(c *Config) { c.Bare = true })
	own := func(user string) Object {
		return s.call("GET /rcvideo/v2/account/" + testAccount + "/extension/" + user + "/bridges/default").ok()
	}
	assert.Equal(t, "PMI", own(testUser)["type"])
	assert.Equal(t, own(testUser), own(testUser))
	assert.NotEqual(t, own(testUser)["id"], own(otherUser)["id"])
	assert.Equal(t, otherUser, object(own(otherUser), "host")["extensionId"])
}

func TestMeetings(t *testing.T) {
	s := newScene(t)
	all := objects(s.call("GET /rcvideo/v1/history/meetings").ok(), "meetings")
	require.Len(t, all, 1)
	assert.Equal(t, all[0]["id"], s.call("GET /rcvideo/v1/history/meetings/" + text(all[0], "id")).ok()["id"])
	assert.Equal(t, 200, s.call("GET /rcvideo/v2/bridges/"+text(all[0], "bridgeId")).status, "it was held on a bridge that there is")
	recordings := objects(s.call("GET /rcvideo/v1/account/"+testAccount+"/recordings").ok(), "recordings")
	require.Len(t, recordings, 1)
	assert.Equal(t, objects(all[0], "recordings")[0]["id"], recordings[0]["id"])
	assert.Empty(t, objects(s.call("GET /rcvideo/v1/account/"+testAccount+"/extension/"+otherUser+"/recordings").ok(), "recordings"))
	for path, want := range map[string]int{
		"/rcvideo/v1/history/meetings?text=WEEK":                                                      1,
		"/rcvideo/v1/history/meetings?text=daily":                                                     0,
		"/rcvideo/v1/history/meetings?type=My":                                                        1,
		"/rcvideo/v1/history/meetings?type=Deleted":                                                   0,
		"/rcvideo/v1/history/meetings?materials=Recordings":                                           1,
		"/rcvideo/v1/history/meetings?materials=Notes":                                                0,
		"/rcvideo/v1/history/meetings?startTime=1795510800000":                                        1, // 09:00, when it began
		"/rcvideo/v1/history/meetings?startTime=1795510800001":                                        0,
		"/rcvideo/v1/history/account/" + testAccount + "/meetings":                                    1,
		"/rcvideo/v1/history/account/" + testAccount + "/meetings?startTimeFrom=2026-11-24T09:30:00Z": 0,
		"/rcvideo/v1/history/account/" + testAccount + "/meetings?startTimeTo=2026-11-24T09:30:00Z":   1,
	} {
		assert.Len(t, objects(s.call("GET "+path).ok(), "meetings"), want, path)
	}
	assert.Empty(t, objects(s.as(otherUser).call("GET /rcvideo/v1/history/meetings").ok(), "meetings"))
}
