package meetings

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
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

// problemNoParticipant refuses to show a user who has no part in a session.
var problemNoParticipant = world.DefineProblem(http.StatusNotFound, "CMN-102",
	"The user has not taken part in session %s")

// webinars is the domain of webinars. Configuration, history and registration show the same webinars, sessions and
// invitees.
func webinars() world.Domain {
	const in = "/webinars/{webinarId}/sessions"
	d := world.Domain{
		Kinds: map[string]string{
			webinarConfig + "/webinars": kindWebinar, webinarHistory + "/webinars": kindWebinar,
			webinarConfig + in: kindWebSession, webinarHistory + in: kindWebSession,
			webinarConfig + "/sessions": kindWebSession, webinarConfig + "/company/sessions": kindWebSession,
			webinarHistory + "/sessions": kindWebSession, webinarHistory + "/company/sessions": kindWebSession,
			"/webinar/registration/v1/sessions":               kindWebSession,
			webinarConfig + in + "/{sessionId}/invitees":      kindInvitee,
			webinarHistory + in + "/{sessionId}/invitees":     kindInvitee,
			webinarHistory + in + "/{sessionId}/participants": kindParticipant,
			webinarHistory + "/recordings":                    kindWebRecord,
			webinarHistory + "/company/recordings":            kindWebRecord,
		},
		OnCreate: map[string]world.CreateHook{
			"rcwConfigCreateWebinar": createdWebinar,
			"rcwConfigCreateSession": createdSession,
		},
		OnUpdate: map[string]world.UpdateHook{
			"rcwConfigUpdateSession": func(_ *world.World, q *world.Request, _ world.Object) *world.Problem {
				return stillScheduled(q.Resource)
			},
			"rcwConfigUpdateWebinar": func(_ *world.World, _ *world.Request, members world.Object) *world.Problem {
				delete(members, "host")
				return nil
			},
			"rcwConfigUpdateInvitee": func(_ *world.World, _ *world.Request, members world.Object) *world.Problem {
				delete(members, "linkedUser")
				return nil
			},
			"rcwRegUpdateSession": func(_ *world.World, _ *world.Request, members world.Object) *world.Problem {
				keepRegistration(members)
				return nil
			},
		},
		Lists: map[string]world.Lister{
			"rcwConfigListWebinars":      listWebinars,
			"rcwHistoryListInvitees":     listByRole,
			"rcwHistoryListParticipants": listByRole,
		},
		Content: map[string]world.ContentFunc{recordingMedia + "{file}": readRecordingMedia},
		Handlers: map[string]world.Handler{
			"rcwConfigDeleteWebinar":         removeWebinar,
			"rcwConfigDeleteSession":         removeSession,
			"rcwConfigUpdateInvitees":        updateInvitees,
			"rcwConfigDeleteInvitee":         removeInvitee,
			"rcwHistoryGetParticipantInfo":   readSelf,
			"rcwHistoryGetRecordingDownload": readRecordingDownload,
		},
		Owned: []string{kindWebinar, kindWebSession, kindInvitee, kindParticipant, kindWebRecord},
		Seed:  seedWebinars,
	}
	for _, id := range []string{"rcwConfigListAllSessions", "rcwConfigListAllCompanySessions", "rcwHistoryListAllSessions",
		"rcwHistoryListAllCompanySessions"} {
		d.Lists[id] = listWebinarSessions
	}
	for _, id := range []string{"rcwHistoryListRecordings", "rcwHistoryAdminListRecordings"} {
		d.Lists[id] = listWebinarRecordings
	}
	return d
}

// host is how a webinar speaks of who gives it.
func host(w *world.World, user string) world.Object {
	o := world.Object{"linkedUser": world.Object{"userId": user, "accountId": w.Config.AccountID, "domain": "pbx"}}
	if e := w.Get(world.KindExtension, user); e != nil {
		o["firstName"], o["lastName"] = world.Text(world.Child(e.Doc, "contact"), "firstName"),
			world.Text(world.Child(e.Doc, "contact"), "lastName")
	}
	return o
}

func createdWebinar(w *world.World, q *world.Request, t *world.Resource) *world.Problem {
	t.Doc["host"] = host(w, q.User)
	return nil
}

// createdSession adds the host's invitation to a new session.
func createdSession(w *world.World, q *world.Request, t *world.Resource) *world.Problem {
	fillSession(w, t, w.Get(kindWebinar, q.Param("webinarId")), q.At)
	return nil
}

// fillSession completes what a session says: for its own paths, and for those of the registration.
func fillSession(w *world.World, t, webinar *world.Resource, at time.Time) {
	host := world.Child(webinar.Doc, "host")
	t.Doc["webinar"] = world.Pick(webinar.Doc, "title", "description", "host")
	world.Child(t.Doc, "webinar")["id"] = webinar.ID
	world.SetDefault(t.Doc, "title", webinar.Doc["title"])
	world.SetDefault(t.Doc, "status", "Scheduled")
	world.SetDefault(t.Doc, "registrationStatus", "Open")
	t.Doc["registrantCount"], t.Doc["hasRealRegistrants"] = 0, false
	t.Doc["hostJoinUri"] = "https://v.example.com/host/" + t.ID
	t.Doc["attendeeJoinUri"] = "https://v.example.com/join/" + t.ID
	t.Doc["registrationPageUri"] = "https://v.example.com/register/" + t.ID
	t.Doc["videoBridgeId"] = w.NewUUID()
	invitee := &world.Resource{Kind: kindInvitee, ID: w.NewID(),
		Parents: append(slices.Clone(t.Parents), world.NewParam("sessionId", t.ID)), Doc: world.Object{
			"role": "Host", "originalRole": "Host", "type": "User", "sendInvite": false,
			"joined":       t.Doc["status"] == sessionFinished,
			"creationTime": at, "lastModifiedTime": at, "joinUri": t.Doc["hostJoinUri"],
		}}
	world.Merge(invitee.Doc, host)
	w.Add(invitee, at)
}

// stillScheduled refuses changes to a session that has begun.
func stillScheduled(t *world.Resource) *world.Problem {
	if status := world.Text(t.Doc, "status"); status == "Active" || status == sessionFinished {
		return world.NotAllowedNow("Session " + t.ID + " is " + strings.ToLower(status))
	}
	return nil
}

// removeWebinar removes a webinar whose sessions are all yet to come, with them.
func removeWebinar(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	for _, t := range w.List(kindWebSession, world.NewParam("webinarId", q.Resource.ID)) {
		if p := stillScheduled(t); p != nil {
			return world.Reply{}, p
		}
	}
	return world.HandleRemove(w, q)
}

func removeSession(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if p := stillScheduled(q.Resource); p != nil {
		return world.Reply{}, p
	}
	return world.HandleRemove(w, q)
}

func listWebinars(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	made, p := world.CreatedBetween(q)
	if p != nil {
		return nil, p
	}
	return slices.DeleteFunc(w.List(kindWebinar), func(t *world.Resource) bool {
		return !made(t) || world.Text(world.Child(world.Child(t.Doc, "host"), "linkedUser"), "userId") != q.User
	}), nil
}

// hostOf is the user who gives what a session or webinar is.
func hostOf(webinar world.Object) string {
	return world.Text(world.Child(world.Child(webinar, "host"), "linkedUser"), "userId")
}

// endOf is when a session ends, or is to end.
func endOf(t *world.Resource) time.Time {
	if at, ok := t.Doc["endTime"].(time.Time); ok {
		return at
	}
	start, ok := t.Doc["scheduledStartTime"].(time.Time)
	if !ok {
		start, _ = world.ParseTime(world.Text(t.Doc, "scheduledStartTime"))
	}
	seconds, _ := world.Float(t.Doc["scheduledDuration"])
	return start.Add(time.Duration(seconds) * time.Second)
}

// listWebinarSessions is those of the user, or of the company; the plan by begin, the history by end, the last first.
func listWebinarSessions(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	during, p := world.OpenRange(q.Query, "endTimeFrom", "endTimeTo")
	if p != nil {
		return nil, p
	}
	company := strings.Contains(q.Operation().Path, "/company/")
	name := strings.ToLower(q.Query.Get("nameFragment"))
	out := slices.DeleteFunc(w.List(kindWebSession), func(t *world.Resource) bool {
		host := hostOf(world.Child(t.Doc, "webinar"))
		return !company && host != q.User || !world.QueryAllows(q, "hostUserId", host) ||
			!world.QueryAllows(q, "status", world.Text(t.Doc, "status")) ||
			!strings.Contains(strings.ToLower(world.Text(t.Doc, "title")), name) || !during.Contains(endOf(t))
	})
	slices.SortStableFunc(out, func(a, b *world.Resource) int { return endOf(a).Compare(endOf(b)) })
	if strings.HasPrefix(q.Operation().Path, webinarHistory) {
		slices.Reverse(out)
	}
	return out, nil
}

func listByRole(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	return slices.DeleteFunc(w.List(q.Kind(), q.Parents()...), func(t *world.Resource) bool {
		return !world.QueryAllows(q, "role", world.Text(t.Doc, "role")) ||
			!world.QueryAllows(q, "originalRole", world.Text(t.Doc, "originalRole"))
	}), nil
}

func listWebinarRecordings(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	made, p := world.CreatedBetween(q)
	if p != nil {
		return nil, p
	}
	company := strings.Contains(q.Operation().Path, "/company/")
	name := strings.ToLower(q.Query.Get("nameFragment"))
	return slices.DeleteFunc(w.List(kindWebRecord), func(t *world.Resource) bool {
		session := world.Child(t.Doc, "session")
		host := hostOf(world.Child(session, "webinar"))
		return !made(t) || !company && host != q.User || !world.QueryAllows(q, "hostUserId", host) ||
			!world.QueryAllows(q, "status", world.Text(t.Doc, "status")) ||
			!strings.Contains(strings.ToLower(world.Text(session, "title")), name)
	}), nil
}

// readSelf returns the user as a participant or invitee of the session.
func readSelf(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	for _, kind := range []string{kindParticipant, kindInvitee} {
		for _, t := range w.List(kind, q.Parents()...) {
			if world.Text(world.Child(t.Doc, "linkedUser"), "userId") == q.User {
				return w.ReplyResource(q, t), nil
			}
		}
	}
	return world.Reply{}, problemNoParticipant.New(q.Param("sessionId"))
}

// recordingMedia is where the content of recordings is, which the catalogue has no operation for.
const recordingMedia = "/webinar/history/v1/media/"

// readRecordingDownload says where a recording is.
func readRecordingDownload(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	kind, ending := "video/mp4", ".mp4"
	if q.Query.Get("recordingMediaType") == "Audio" {
		kind, ending = "audio/m4a", ".m4a"
	}
	o := world.Object{"downloadUri": recordingMedia + q.Resource.ID + ending, "downloadContentType": kind,
		"downloadSize": len(world.SampleFile(kind).Content)}
	return w.Reply(q, o, q.Path), nil
}

// readRecordingMedia is the content of a recording: the smallest there is.
func readRecordingMedia(_ *world.World, q *world.Request) (world.File, *world.Problem) {
	f := world.SampleFile("audio/mpeg")
	if f.Type = "video/mp4"; strings.HasSuffix(q.Path, ".m4a") {
		f.Type = "audio/m4a"
	}
	return f, nil
}
