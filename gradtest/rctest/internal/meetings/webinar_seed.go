package meetings

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// seedWebinars are two of the first user: one that was held yesterday and was recorded, and one that is to come.
func seedWebinars(w *world.World) {
	if w.Config.Bare || len(w.Config.Users) == 0 {
		return
	}
	user := w.Config.Users[0].ID
	const lasts = time.Hour
	var session *world.Resource
	for _, s := range []struct {
		title, status string
		start         time.Time
	}{
		{"What is new", sessionFinished, w.Config.Now.Add(-24 * time.Hour)},
		{"Questions and answers", "Scheduled", w.Config.Now.Add(7 * 24 * time.Hour)},
	} {
		at := w.Config.Now.Add(-48 * time.Hour)
		webinar := w.Add(&world.Resource{Kind: kindWebinar, ID: w.NewID(), Doc: world.Object{
			"title": s.title, "description": s.title, "host": host(w, user), "creationTime": at, "lastModifiedTime": at,
			"settings": world.Object{"recordingEnabled": true, "registrationEnabled": true, "qnaEnabled": true,
				"attendeeAuthentication": "Guest"},
		}}, at)
		session = &world.Resource{Kind: kindWebSession, ID: w.NewID(),
			Parents: []world.Param{world.NewParam("webinarId", webinar.ID)}, Doc: world.Object{
				"scheduledStartTime": s.start, "scheduledDuration": int(lasts / time.Second), "timeZone": "UTC",
				"localeCode": "en-US",
				"status":     s.status, "creationTime": at, "lastModifiedTime": at,
			}}
		fillSession(w, session, webinar, at)
		w.Add(session, at)
		in := append(session.Parents, world.NewParam("sessionId", session.ID))
		w.Add(&world.Resource{Kind: kindInvitee, ID: w.NewID(), Parents: in, Doc: world.Object{
			"firstName": "Dana", "lastName": "Sample", "email": "dana@example.com", "role": "Panelist",
			"originalRole": "Panelist", "type": "User",
			"sendInvite": true, "joined": s.status == sessionFinished, "creationTime": at, "lastModifiedTime": at,
		}}, at)
		if s.status == sessionFinished {
			tookPlace(w, session, user, s.start, lasts)
		}
	}
	w.Add(&world.Resource{Kind: kindRegistrant, ID: w.NewID(), Parents: []world.Param{world.NewParam("sessionId",
		session.ID)}, Doc: world.Object{
		"firstName": "Kim", "lastName": "Sample", "email": "kim@example.com", "registrationTime": w.Config.Now,
		"creationTime": w.Config.Now, "lastModifiedTime": w.Config.Now,
	}}, w.Config.Now)
	countRegistrants(w, session, 0, w.Config.Now)
}

// tookPlace says of a session how it went.
func tookPlace(w *world.World, session *world.Resource, user string, start time.Time, lasted time.Duration) {
	end := start.Add(lasted)
	recording := world.Object{"status": "Available", "duration": int(lasted / time.Second), "shared": true,
		"creationTime": end, "lastModifiedTime": end,
		"recordingSharedUri": "https://v.example.com/recording/" + session.ID}
	t := &world.Resource{Kind: kindWebRecord, ID: w.NewID(), Doc: world.Object{}}
	world.Merge(t.Doc, recording)
	w.Update(session, world.Object{
		"startTime": start, "endTime": end, "duration": int(lasted / time.Second), "runtimeStatus": "Idle",
		"registrationStatus": "Closed",
		"participantCount":   1, "attendeeCount": 0, "uniqueParticipantCount": 1, "uniqueAttendeeCount": 0,
	}, end)
	t.Doc["session"] = world.Pick(session.Doc, "id", "startTime", "endTime", "duration", "title", "description", "webinar")
	w.Add(t, end)
	recording["id"] = t.ID
	w.Update(session, world.Object{"recording": recording}, end)
	participant := world.Object{
		"role": "Host", "originalRole": "Host", "type": "User", "joinTime": start, "leaveTime": end, "wasEjected": false,
		"creationTime":     start,
		"lastModifiedTime": end,
	}
	world.Merge(participant, host(w, user))
	w.Add(&world.Resource{Kind: kindParticipant, ID: w.NewID(),
		Parents: append(session.Parents, world.NewParam("sessionId", session.ID)), Doc: participant}, end)
}
