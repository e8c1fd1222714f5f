package world

import "time"

// startWebinars are two of the first user: one that was held yesterday and was recorded, and one that is to come.
func startWebinars(w *World) {
	if w.cfg.Bare || len(w.cfg.Users) == 0 {
		return
	}
	user := w.cfg.Users[0].ID
	const lasts = time.Hour
	var session *thing
	for _, s := range []struct {
		title, status string
		start         time.Time
	}{
		{"What is new", sessionFinished, w.cfg.Now.Add(-24 * time.Hour)}, {"Questions and answers", "Scheduled", w.cfg.Now.Add(7 * 24 * time.Hour)},
	} {
		at := w.cfg.Now.Add(-48 * time.Hour)
		webinar := w.add(&thing{kind: kindWebinar, id: w.newID(), doc: Object{
			"title": s.title, "description": s.title, "host": w.host(user), "creationTime": at, "lastModifiedTime": at,
			"settings": Object{"recordingEnabled": true, "registrationEnabled": true, "qnaEnabled": true, "attendeeAuthentication": "Guest"},
		}}, at)
		session = &thing{kind: kindWebSession, id: w.newID(), in: []Param{{"webinarId", webinar.id}}, doc: Object{
			"scheduledStartTime": s.start, "scheduledDuration": int(lasts / time.Second), "timeZone": "UTC", "localeCode": "en-US",
			"status": s.status, "creationTime": at, "lastModifiedTime": at,
		}}
		w.dressSession(session, webinar, at)
		w.add(session, at)
		in := append(session.in, Param{"sessionId", session.id})
		w.add(&thing{kind: kindInvitee, id: w.newID(), in: in, doc: Object{
			"firstName": "Dana", "lastName": "Sample", "email": "dana@example.com", "role": "Panelist", "originalRole": "Panelist", "type": "User",
			"sendInvite": true, "joined": s.status == sessionFinished, "creationTime": at, "lastModifiedTime": at,
		}}, at)
		if s.status == sessionFinished {
			w.tookPlace(session, user, s.start, lasts)
		}
	}
	w.add(&thing{kind: kindRegistrant, id: w.newID(), in: []Param{{"sessionId", session.id}}, doc: Object{
		"firstName": "Kim", "lastName": "Sample", "email": "kim@example.com", "registrationTime": w.cfg.Now, "creationTime": w.cfg.Now, "lastModifiedTime": w.cfg.Now,
	}}, w.cfg.Now)
	w.countRegistrants(session, 0, w.cfg.Now)
}

// tookPlace says of a session how it went.
func (w *World) tookPlace(session *thing, user string, start time.Time, lasted time.Duration) {
	end := start.Add(lasted)
	recording := Object{"status": "Available", "duration": int(lasted / time.Second), "shared": true, "creationTime": end, "lastModifiedTime": end,
		"recordingSharedUri": "https://v.example.com/recording/" + session.id}
	t := &thing{kind: kindWebRecord, id: w.newID(), doc: Object{}}
	merge(t.doc, recording)
	w.update(session, Object{
		"startTime": start, "endTime": end, "duration": int(lasted / time.Second), "runtimeStatus": "Idle", "registrationStatus": "Closed",
		"participantCount": 1, "attendeeCount": 0, "uniqueParticipantCount": 1, "uniqueAttendeeCount": 0,
	}, end)
	t.doc["session"] = picked(session.doc, "id", "startTime", "endTime", "duration", "title", "description", "webinar")
	w.add(t, end)
	recording["id"] = t.id
	w.update(session, Object{"recording": recording}, end)
	participant := Object{
		"role": "Host", "originalRole": "Host", "type": "User", "joinTime": start, "leaveTime": end, "wasEjected": false, "creationTime": start,
		"lastModifiedTime": end,
	}
	merge(participant, w.host(user))
	w.add(&thing{kind: kindParticipant, id: w.newID(), in: append(session.in, Param{"sessionId", session.id}), doc: participant}, end)
}
