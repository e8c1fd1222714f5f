package world

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

const (
	webinarConfig  = "/webinar/configuration/v1"
	webinarHistory = "/webinar/history/v1"

	kindWebinar     = "webinars"
	kindWebSession  = "sessions of webinars"
	kindInvitee     = "invitees of webinars"
	kindParticipant = "participants of webinars"
	kindWebRecord   = "recordings of webinars"

	sessionFinished = "Finished"
)

// webinars is the part of the world about webinars. Configuration, history and registration show the same webinars, sessions and
// invitees.
func webinars() domain {
	const in = "/webinars/{webinarId}/sessions"
	d := domain{
		kinds: map[string]string{
			webinarConfig + "/webinars": kindWebinar, webinarHistory + "/webinars": kindWebinar,
			webinarConfig + in: kindWebSession, webinarHistory + in: kindWebSession,
			webinarConfig + "/sessions": kindWebSession, webinarConfig + "/company/sessions": kindWebSession,
			webinarHistory + "/sessions": kindWebSession, webinarHistory + "/company/sessions": kindWebSession,
			"/webinar/registration/v1/sessions":               kindWebSession,
			webinarConfig + in + "/{sessionId}/invitees":      kindInvitee,
			webinarHistory + in + "/{sessionId}/invitees":     kindInvitee,
			webinarHistory + in + "/{sessionId}/participants": kindParticipant,
			webinarHistory + "/recordings":                    kindWebRecord, webinarHistory + "/company/recordings": kindWebRecord,
		},
		created: map[string]func(*World, *Request, *thing) *Problem{
			"rcwConfigCreateWebinar": createdWebinar,
			"rcwConfigCreateSession": createdSession,
		},
		updated: map[string]func(*World, *Request, Object) *Problem{
			"rcwConfigUpdateSession": func(_ *World, q *Request, _ Object) *Problem { return stillScheduled(q.thing) },
			"rcwConfigUpdateWebinar": func(_ *World, _ *Request, members Object) *Problem { delete(members, "host"); return nil },
			"rcwConfigUpdateInvitee": func(_ *World, _ *Request, members Object) *Problem { delete(members, "linkedUser"); return nil },
			"rcwRegUpdateSession":    func(_ *World, _ *Request, members Object) *Problem { keepRegistration(members); return nil },
		},
		lists: map[string]func(*World, *Request) ([]*thing, *Problem){
			"rcwConfigListWebinars":      listWebinars,
			"rcwHistoryListInvitees":     listByRole,
			"rcwHistoryListParticipants": listByRole,
		},
		actions: map[string]action{
			"rcwConfigDeleteWebinar":         removeWebinar,
			"rcwConfigDeleteSession":         removeSession,
			"rcwConfigUpdateInvitees":        updateInvitees,
			"rcwConfigDeleteInvitee":         removeInvitee,
			"rcwHistoryGetParticipantInfo":   readSelf,
			"rcwHistoryGetRecordingDownload": readRecordingDownload,
		},
		own:   []string{kindWebinar, kindWebSession, kindInvitee, kindParticipant, kindWebRecord},
		start: startWebinars,
	}
	for _, id := range []string{"rcwConfigListAllSessions", "rcwConfigListAllCompanySessions", "rcwHistoryListAllSessions", "rcwHistoryListAllCompanySessions"} {
		d.lists[id] = listWebinarSessions
	}
	for _, id := range []string{"rcwHistoryListRecordings", "rcwHistoryAdminListRecordings"} {
		d.lists[id] = listWebinarRecordings
	}
	return d
}

// host is how a webinar speaks of who gives it.
func (w *World) host(user string) Object {
	o := Object{"linkedUser": Object{"userId": user, "accountId": w.cfg.AccountID, "domain": "pbx"}}
	if e := w.get(kindExtension, user); e != nil {
		o["firstName"], o["lastName"] = text(object(e.doc, "contact"), "firstName"), text(object(e.doc, "contact"), "lastName")
	}
	return o
}

func createdWebinar(w *World, q *Request, t *thing) *Problem {
	t.doc["host"] = w.host(q.User)
	return nil
}

// createdSession adds the host's invitation to a new session.
func createdSession(w *World, q *Request, t *thing) *Problem {
	w.dressSession(t, w.get(kindWebinar, q.param("webinarId")), q.At)
	return nil
}

// dressSession completes what a session says: for its own paths, and for those of the registration.
func (w *World) dressSession(t, webinar *thing, at time.Time) {
	host := object(webinar.doc, "host")
	t.doc["webinar"] = picked(webinar.doc, "title", "description", "host")
	object(t.doc, "webinar")["id"] = webinar.id
	setDefault(t.doc, "title", webinar.doc["title"])
	setDefault(t.doc, "status", "Scheduled")
	setDefault(t.doc, "registrationStatus", "Open")
	t.doc["registrantCount"], t.doc["hasRealRegistrants"] = 0, false
	t.doc["hostJoinUri"] = "https://v.example.com/host/" + t.id
	t.doc["attendeeJoinUri"] = "https://v.example.com/join/" + t.id
	t.doc["registrationPageUri"] = "https://v.example.com/register/" + t.id
	t.doc["videoBridgeId"] = w.newUUID()
	invitee := &thing{kind: kindInvitee, id: w.newID(), in: append(slices.Clone(t.in), Param{"sessionId", t.id}), doc: Object{
		"role": "Host", "originalRole": "Host", "type": "User", "sendInvite": false, "joined": t.doc["status"] == sessionFinished,
		"creationTime": at, "lastModifiedTime": at, "joinUri": t.doc["hostJoinUri"],
	}}
	merge(invitee.doc, host)
	w.add(invitee, at)
}

// stillScheduled refuses changes to a session that has begun.
func stillScheduled(t *thing) *Problem {
	if status := text(t.doc, "status"); status == "Active" || status == sessionFinished {
		return notNow("Session " + t.id + " is " + strings.ToLower(status))
	}
	return nil
}

// removeWebinar removes a webinar whose sessions are all yet to come, with them.
func removeWebinar(w *World, q *Request) (Reply, *Problem) {
	for _, t := range w.list(kindWebSession, Param{"webinarId", q.thing.id}) {
		if p := stillScheduled(t); p != nil {
			return Reply{}, p
		}
	}
	return remove(w, q)
}

func removeSession(w *World, q *Request) (Reply, *Problem) {
	if p := stillScheduled(q.thing); p != nil {
		return Reply{}, p
	}
	return remove(w, q)
}

func listWebinars(w *World, q *Request) ([]*thing, *Problem) {
	made, p := madeBetween(q)
	if p != nil {
		return nil, p
	}
	return slices.DeleteFunc(w.list(kindWebinar), func(t *thing) bool {
		return !made(t) || text(object(object(t.doc, "host"), "linkedUser"), "userId") != q.User
	}), nil
}

// hostOf is the user who gives what a session or webinar is.
func hostOf(webinar Object) string {
	return text(object(object(webinar, "host"), "linkedUser"), "userId")
}

// endOf is when a session ends, or is to end.
func endOf(t *thing) time.Time {
	if at, ok := t.doc["endTime"].(time.Time); ok {
		return at
	}
	start, ok := t.doc["scheduledStartTime"].(time.Time)
	if !ok {
		start, _ = momentOf(text(t.doc, "scheduledStartTime"))
	}
	seconds, _ := number64(t.doc["scheduledDuration"])
	return start.Add(time.Duration(seconds) * time.Second)
}

// listWebinarSessions is those of the user, or of the company; the plan by begin, the history by end, the last first.
func listWebinarSessions(w *World, q *Request) ([]*thing, *Problem) {
	during, p := openRange(q.Query, "endTimeFrom", "endTimeTo")
	if p != nil {
		return nil, p
	}
	company := strings.Contains(q.op().Path, "/company/")
	name := strings.ToLower(q.Query.Get("nameFragment"))
	out := slices.DeleteFunc(w.list(kindWebSession), func(t *thing) bool {
		host := hostOf(object(t.doc, "webinar"))
		return !company && host != q.User || !oneOf(q, "hostUserId", host) || !oneOf(q, "status", text(t.doc, "status")) ||
			!strings.Contains(strings.ToLower(text(t.doc, "title")), name) || !during.has(endOf(t))
	})
	slices.SortStableFunc(out, func(a, b *thing) int { return endOf(a).Compare(endOf(b)) })
	if strings.HasPrefix(q.op().Path, webinarHistory) {
		slices.Reverse(out)
	}
	return out, nil
}

func listByRole(w *World, q *Request) ([]*thing, *Problem) {
	return slices.DeleteFunc(w.list(q.kind(), q.places()...), func(t *thing) bool {
		return !oneOf(q, "role", text(t.doc, "role")) || !oneOf(q, "originalRole", text(t.doc, "originalRole"))
	}), nil
}

func listWebinarRecordings(w *World, q *Request) ([]*thing, *Problem) {
	made, p := madeBetween(q)
	if p != nil {
		return nil, p
	}
	company := strings.Contains(q.op().Path, "/company/")
	name := strings.ToLower(q.Query.Get("nameFragment"))
	return slices.DeleteFunc(w.list(kindWebRecord), func(t *thing) bool {
		session := object(t.doc, "session")
		host := hostOf(object(session, "webinar"))
		return !made(t) || !company && host != q.User || !oneOf(q, "hostUserId", host) || !oneOf(q, "status", text(t.doc, "status")) ||
			!strings.Contains(strings.ToLower(text(session, "title")), name)
	}), nil
}

// readSelf is the user as a participant of the session, or as somebody who is invited to it.
func readSelf(w *World, q *Request) (Reply, *Problem) {
	for _, kind := range []string{kindParticipant, kindInvitee} {
		for _, t := range w.list(kind, q.places()...) {
			if text(object(t.doc, "linkedUser"), "userId") == q.User {
				return w.replyThing(q, t), nil
			}
		}
	}
	return Reply{}, problem(http.StatusNotFound, "CMN-102", "The user has not taken part in session "+q.param("sessionId"))
}

// readRecordingDownload tells where a recording is. That address is not served.
func readRecordingDownload(w *World, q *Request) (Reply, *Problem) {
	o := Object{"downloadUri": "https://media.example.com/webinar/" + q.thing.id + ".mp4", "downloadContentType": "video/mp4", "downloadSize": 10_485_760}
	if q.Query.Get("recordingMediaType") == "Audio" {
		o = Object{"downloadUri": "https://media.example.com/webinar/" + q.thing.id + ".m4a", "downloadContentType": "audio/m4a", "downloadSize": 1_048_576}
	}
	return w.reply(q, o, q.Path), nil
}
