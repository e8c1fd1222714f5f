package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const anyTime = "?endTimeFrom=2020-01-01T00:00:00Z&endTimeTo=2030-01-01T00:00:00Z&creationTimeFrom=2020-01-01T00:00:00Z&creationTimeTo=2030-01-01T00:00:00Z"

// webinarScene has one webinar with one session that is to come; at is the address of that session.
func webinarScene(t *testing.T) (s *scene, webinar, session, at string) {
	s = newScene(t, func(c *Config) { c.Bare = true })
	webinar = text(s.call("POST "+webinarConfig+"/webinars", `{"title": "News"}`).ok(), "id")
	session = text(s.call("POST "+webinarConfig+"/webinars/"+webinar+"/sessions",
		`{"scheduledStartTime": "2026-12-01T10:00:00Z", "scheduledDuration": 1800, "timeZone": "UTC"}`).ok(), "id")
	return s, webinar, session, "/webinars/" + webinar + "/sessions/" + session
}

func TestWebinarByAllPaths(t *testing.T) {
	s, webinar, session, at := webinarScene(t)
	for _, path := range []string{webinarConfig + at, webinarHistory + at, registrationPath + "/" + session} {
		assert.Equal(t, session, s.call("GET " + path).ok()["id"], path)
	}
	assert.Equal(t, "News", s.call("GET " + webinarHistory + "/webinars/" + webinar).ok()["title"])
	for path, listed := range map[string]bool{
		webinarConfig + "/sessions" + anyTime:                                      true,
		webinarConfig + "/company/sessions" + anyTime:                              true,
		webinarConfig + "/company/sessions" + anyTime + "&hostUserId=5":            false,
		webinarHistory + "/sessions" + anyTime + "&nameFragment=new":               true,
		webinarHistory + "/sessions" + anyTime + "&nameFragment=old":               false,
		webinarHistory + "/sessions" + anyTime + "&status=Finished":                false,
		webinarConfig + "/sessions?endTimeFrom=2026-12-01T10:29:00Z":               true,
		webinarConfig + "/sessions?endTimeFrom=2026-12-01T10:31:00Z":               false,
		webinarHistory + "/company/sessions" + anyTime + "&hostUserId=" + testUser: true,
	} {
		assert.Equal(t, listed, len(objects(s.call("GET "+path).ok(), "records")) == 1, path)
	}
	assert.Empty(t, objects(s.as(otherUser).call("GET "+webinarConfig+"/sessions"+anyTime).ok(), "records"), "others have webinars of their own")
	s.call("DELETE " + webinarConfig + "/webinars/" + webinar).ok()
	for _, path := range []string{webinarConfig + at, webinarHistory + at, registrationPath + "/" + session, registrationPath + "/" + session + "/registrants"} {
		assert.Equal(t, 404, s.call("GET "+path).status, path)
	}
}

func TestWebinarThatTookPlace(t *testing.T) {
	s := newScene(t)
	past := objects(s.call("GET "+webinarHistory+"/sessions"+anyTime+"&status=Finished").ok(), "records")
	require.Len(t, past, 1)
	webinar, session := text(object(past[0], "webinar"), "id"), text(past[0], "id")
	at := "/webinars/" + webinar + "/sessions/" + session
	for _, what := range []string{"DELETE " + webinarConfig + "/webinars/" + webinar, "DELETE " + webinarConfig + at} {
		assert.Equal(t, 403, s.call(what).status, what)
	}
	assert.Equal(t, 403, s.call("PATCH "+webinarConfig+at+"/invitees", `{"deletedInvitees": []}`).status)
	assert.Equal(t, 403, s.call("POST "+registrationPath+"/"+session+"/registrants", `{"firstName": "A", "lastName": "B", "email": "a@example.com"}`).status)
	recording := objects(s.call("GET "+webinarHistory+"/recordings"+anyTime).ok(), "records")[0]
	assert.Equal(t, object(past[0], "recording")["id"], recording["id"])
	assert.Equal(t, session, object(recording, "session")["id"])
	assert.Equal(t, recording["id"], s.call("GET " + webinarHistory + "/company/recordings/" + text(recording, "id")).ok()["id"])
	assert.Equal(t, "audio/m4a", s.call("GET " + webinarHistory + "/recordings/" + text(recording, "id") + "/download?recordingMediaType=Audio").ok()["downloadContentType"])
	assert.Equal(t, "Host", s.call("GET " + webinarHistory + at + "/participants/self").ok()["role"])
	assert.Equal(t, 404, s.as(otherUser).call("GET "+webinarHistory+at+"/participants/self").status)
}

func TestInvitees(t *testing.T) {
	s, _, _, at := webinarScene(t)
	list := func() (out []Object) { return objects(s.call("GET "+webinarConfig+at+"/invitees").ok(), "records") }
	require.Len(t, list(), 1, "the host is always invited")
	host := text(list()[0], "id")
	added := objects(s.call("PATCH "+webinarConfig+at+"/invitees", `{"addedInvitees": [{"firstName": "Kim", "email": "kim@example.com", "role": "Panelist"}]}`).ok(), "addedInvitees")
	require.Len(t, added, 1)
	id := text(added[0], "id")
	s.call("PATCH "+webinarConfig+at+"/invitees", `{"updatedInvitees": [{"id": "`+id+`", "role": "CoHost"}]}`).ok()
	seen := s.call("GET " + webinarHistory + at + "/invitees/" + id).ok()
	assert.Equal(t, "CoHost", seen["role"])
	assert.Equal(t, "Panelist", seen["originalRole"])
	assert.Len(t, objects(s.call("GET "+webinarHistory+at+"/invitees?role=CoHost").ok(), "records"), 1)
	assert.Equal(t, 403, s.call("DELETE "+webinarConfig+at+"/invitees/"+host).status)
	got := s.call("PATCH "+webinarConfig+at+"/invitees", `{"addedInvitees": [{"role": "Panelist"}], "deletedInvitees": [{"id": "5"}]}`)
	assert.Equal(t, 400, got.status)
	assert.Len(t, list(), 2, "all or nothing")
	s.call("PATCH "+webinarConfig+at+"/invitees", `{"deletedInvitees": [{"id": "`+id+`"}]}`).ok()
	assert.Len(t, list(), 1)
}

func TestRegistrants(t *testing.T) {
	s, _, session, _ := webinarScene(t)
	at := registrationPath + "/" + session
	made := s.call("POST "+at+"/registrants", `{"firstName": "Kim", "lastName": "Sample", "email": "kim@example.com", "questionnaire": [{"questionId": "1", "answerText": "yes"}]}`).ok()
	assert.EqualValues(t, 1, s.call("GET " + at).ok()["registrantCount"])
	id := text(made, "id")
	assert.NotContains(t, s.call("GET "+at+"/registrants/"+id).ok(), "questionnaire")
	assert.Contains(t, s.call("GET "+at+"/registrants/"+id+"?includeQuestionnaire=true").ok(), "questionnaire")
	assert.NotContains(t, objects(s.call("GET "+at+"/registrants").ok(), "records")[0], "questionnaire")
	again := s.call("POST "+at+"/registrants", `{"firstName": "Kim", "lastName": "Sample", "email": "kim@example.com"}`)
	assert.Equal(t, "CMN-406", again.code())
	s.call("PATCH "+at, `{"id": "5", "registrationStatus": "Closed", "registrantCount": 9, "hasRealRegistrants": false}`).ok()
	closed := s.call("GET " + at).ok()
	assert.Equal(t, session, closed["id"])
	assert.EqualValues(t, 1, closed["registrantCount"])
	assert.Equal(t, 403, s.call("POST "+at+"/registrants", `{"firstName": "A", "lastName": "B", "email": "a@example.com"}`).status)
	s.call("DELETE " + at + "/registrants/" + id).ok()
	assert.EqualValues(t, 0, s.call("GET " + at).ok()["registrantCount"])
}
