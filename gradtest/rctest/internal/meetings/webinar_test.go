package meetings

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

const anyTime = "?endTimeFrom=2020-01-01T00:00:00Z&endTimeTo=2030-01-01T00:00:00Z&creationTimeFrom=2020-01-01T00:00:00Z&creationTimeTo=2030-01-01T00:00:00Z"

// webinarScene has one webinar with one session that is to come; at is the address of that session.
func webinarScene(t *testing.T) (s *worldtest.Scene, webinar, session, at string) {
	s = newScene(t, func(c *world.Config) { c.Bare = true })
	webinar = world.Text(s.Call("POST "+webinarConfig+"/webinars", `{"title": "News"}`).OK(), "id")
	session = world.Text(s.Call("POST "+webinarConfig+"/webinars/"+webinar+"/sessions",
		`{"scheduledStartTime": "2026-12-01T10:00:00Z", "scheduledDuration": 1800, "timeZone": "UTC"}`).OK(), "id")
	return s, webinar, session, "/webinars/" + webinar + "/sessions/" + session
}

func TestWebinarByAllPaths(t *testing.T) {
	s, webinar, session, at := webinarScene(t)
	for _, path := range []string{webinarConfig + at, webinarHistory + at, registrationPath + "/" + session} {
		assert.Equal(t, session, s.Call("GET " + path).OK()["id"], path)
	}
	assert.Equal(t, "News", s.Call("GET " + webinarHistory + "/webinars/" + webinar).OK()["title"])
	for path, listed := range map[string]bool{
		webinarConfig + "/sessions" + anyTime:                                            true,
		webinarConfig + "/company/sessions" + anyTime:                                    true,
		webinarConfig + "/company/sessions" + anyTime + "&hostUserId=5":                  false,
		webinarHistory + "/sessions" + anyTime + "&nameFragment=new":                     true,
		webinarHistory + "/sessions" + anyTime + "&nameFragment=old":                     false,
		webinarHistory + "/sessions" + anyTime + "&status=Finished":                      false,
		webinarConfig + "/sessions?endTimeFrom=2026-12-01T10:29:00Z":                     true,
		webinarConfig + "/sessions?endTimeFrom=2026-12-01T10:31:00Z":                     false,
		webinarHistory + "/company/sessions" + anyTime + "&hostUserId=" + worldtest.User: true,
	} {
		assert.Equal(t, listed, len(world.Children(s.Call("GET "+path).OK(), "records")) == 1, path)
	}
	assert.Empty(t, world.Children(s.As(worldtest.OtherUser).Call("GET "+webinarConfig+"/sessions"+anyTime).OK(),
		"records"), "others have webinars of their own")
	s.Call("DELETE " + webinarConfig + "/webinars/" + webinar).OK()
	for _, path := range []string{webinarConfig + at, webinarHistory + at, registrationPath + "/" + session,
		registrationPath + "/" + session + "/registrants"} {
		assert.Equal(t, 404, s.Call("GET "+path).Status, path)
	}
}

func TestWebinarThatTookPlace(t *testing.T) {
	s := newScene(t)
	past := world.Children(s.Call("GET "+webinarHistory+"/sessions"+anyTime+"&status=Finished").OK(), "records")
	require.Len(t, past, 1)
	webinar, session := world.Text(world.Child(past[0], "webinar"), "id"), world.Text(past[0], "id")
	at := "/webinars/" + webinar + "/sessions/" + session
	for _, what := range []string{"DELETE " + webinarConfig + "/webinars/" + webinar, "DELETE " + webinarConfig + at} {
		assert.Equal(t, 403, s.Call(what).Status, what)
	}
	assert.Equal(t, 403, s.Call("PATCH "+webinarConfig+at+"/invitees", `{"deletedInvitees": []}`).Status)
	assert.Equal(t, 403, s.Call("POST "+registrationPath+"/"+session+"/registrants",
		`{"firstName": "A", "lastName": "B", "email": "a@example.com"}`).Status)
	recording := world.Children(s.Call("GET "+webinarHistory+"/recordings"+anyTime).OK(), "records")[0]
	assert.Equal(t, world.Child(past[0], "recording")["id"], recording["id"])
	assert.Equal(t, session, world.Child(recording, "session")["id"])
	assert.Equal(t, recording["id"], s.Call("GET " + webinarHistory + "/company/recordings/" +
		world.Text(recording, "id")).OK()["id"])
	assert.Equal(t, "audio/m4a", s.Call("GET " + webinarHistory + "/recordings/" + world.Text(recording, "id") +
		"/download?recordingMediaType=Audio").OK()["downloadContentType"])
	assert.Equal(t, "Host", s.Call("GET " + webinarHistory + at + "/participants/self").OK()["role"])
	assert.Equal(t, 404, s.As(worldtest.OtherUser).Call("GET "+webinarHistory+at+"/participants/self").Status)
}

func TestInvitees(t *testing.T) {
	s, _, _, at := webinarScene(t)
	list := func() (out []world.Object) {
		return world.Children(s.Call("GET "+webinarConfig+at+"/invitees").OK(), "records")
	}
	require.Len(t, list(), 1, "the host is always invited")
	host := world.Text(list()[0], "id")
	added := world.Children(s.Call("PATCH "+webinarConfig+at+"/invitees",
		`{"addedInvitees": [{"firstName": "Kim", "email": "kim@example.com", "role": "Panelist"}]}`).OK(), "addedInvitees")
	require.Len(t, added, 1)
	id := world.Text(added[0], "id")
	s.Call("PATCH "+webinarConfig+at+"/invitees", `{"updatedInvitees": [{"id": "`+id+`", "role": "CoHost"}]}`).OK()
	seen := s.Call("GET " + webinarHistory + at + "/invitees/" + id).OK()
	assert.Equal(t, "CoHost", seen["role"])
	assert.Equal(t, "Panelist", seen["originalRole"])
	assert.Len(t, world.Children(s.Call("GET "+webinarHistory+at+"/invitees?role=CoHost").OK(), "records"), 1)
	assert.Equal(t, 403, s.Call("DELETE "+webinarConfig+at+"/invitees/"+host).Status)
	got := s.Call("PATCH "+webinarConfig+at+"/invitees",
		`{"addedInvitees": [{"role": "Panelist"}], "deletedInvitees": [{"id": "5"}]}`)
	assert.Equal(t, 400, got.Status)
	assert.Len(t, list(), 2, "all or nothing")
	s.Call("PATCH "+webinarConfig+at+"/invitees", `{"deletedInvitees": [{"id": "`+id+`"}]}`).OK()
	assert.Len(t, list(), 1)
}

func TestRegistrants(t *testing.T) {
	s, _, session, _ := webinarScene(t)
	at := registrationPath + "/" + session
	made := s.Call("POST "+at+"/registrants",
		`{"firstName": "Kim", "lastName": "Sample", "email": "kim@example.com", "questionnaire": [{"questionId": "1", "answerText": "yes"}]}`).OK()
	assert.EqualValues(t, 1, s.Call("GET " + at).OK()["registrantCount"])
	id := world.Text(made, "id")
	assert.NotContains(t, s.Call("GET "+at+"/registrants/"+id).OK(), "questionnaire")
	assert.Contains(t, s.Call("GET "+at+"/registrants/"+id+"?includeQuestionnaire=true").OK(), "questionnaire")
	assert.NotContains(t, world.Children(s.Call("GET "+at+"/registrants").OK(), "records")[0], "questionnaire")
	again := s.Call("POST "+at+"/registrants", `{"firstName": "Kim", "lastName": "Sample", "email": "kim@example.com"}`)
	assert.Equal(t, "CMN-406", again.Code())
	s.Call("PATCH "+at,
		`{"id": "5", "registrationStatus": "Closed", "registrantCount": 9, "hasRealRegistrants": false}`).OK()
	closed := s.Call("GET " + at).OK()
	assert.Equal(t, session, closed["id"])
	assert.EqualValues(t, 1, closed["registrantCount"])
	assert.Equal(t, 403,
		s.Call("POST "+at+"/registrants", `{"firstName": "A", "lastName": "B", "email": "a@example.com"}`).Status)
	s.Call("DELETE " + at + "/registrants/" + id).OK()
	assert.EqualValues(t, 0, s.Call("GET " + at).OK()["registrantCount"])
}
