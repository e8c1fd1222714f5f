package meetings

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const (
	videoPath = "/rcvideo/v2/bridges"

	kindBridge      = "bridges"
	kindWebPin      = "web pins of bridges"
	kindPhonePin    = "phone pins of bridges"
	kindMeeting     = "meetings"
	kindVideoRecord = "recordings of meetings"
)

// video is the domain of meetings: their bridges, found by id and by pin, and what took place.
func video() world.Domain {
	return world.Domain{
		Kinds: map[string]string{
			"/rcvideo/v2/account/{accountId}/extension/{extensionId}/bridges": kindBridge, videoPath: kindBridge,
			videoPath + "/pin/web": kindWebPin, videoPath + "/pin/pstn": kindPhonePin,
			"/rcvideo/v1/history/meetings": kindMeeting, "/rcvideo/v1/history/account/{accountId}/meetings": kindMeeting,
			"/rcvideo/v1/account/{accountId}/recordings":                         kindVideoRecord,
			"/rcvideo/v1/account/{accountId}/extension/{extensionId}/recordings": kindVideoRecord,
		},
		OnCreate: map[string]world.CreateHook{"createBridge": createdBridge},
		OnUpdate: map[string]world.UpdateHook{"updateBridge": updatedBridge},
		Lists: map[string]world.Lister{
			"listVideoMeetings":   listMeetings,
			"listAccountMeetings": listAccountMeetings,
		},
		Handlers: map[string]world.Handler{
			"getDefaultBridge":   readDefaultBridge,
			"getBridgeByWebPin":  readBridgeByPin,
			"getBridgeByPstnPin": readBridgeByPin,
			"rcvListDelegators":  readDelegators,
		},
		Owned: []string{kindBridge, kindWebPin, kindPhonePin, kindMeeting, kindVideoRecord},
		Seed:  seedVideo,
	}
}

// seedVideo is a bridge of each user's own, and a meeting that the first one held there and recorded.
func seedVideo(w *world.World) {
	for _, p := range w.Config.Users {
		ownBridge(w, p.ID, w.Config.Now)
	}
	if w.Config.Bare || len(w.Config.Users) == 0 {
		return
	}
	p := w.Config.Users[0]
	bridge := ownBridge(w, p.ID, w.Config.Now)
	start, in := w.Config.Now.Add(-3*time.Hour), []world.Param{world.NewParam("extensionId", p.ID)}
	name := strings.TrimSpace(p.FirstName + " " + p.LastName)
	host := world.Object{"accountId": w.Config.AccountID, "extensionId": p.ID, "displayName": name}
	short := world.Text(world.Child(bridge.Doc, "pins"), "web")
	record := w.Add(&world.Resource{Kind: kindVideoRecord, ID: w.NewUUID(), Parents: in, Doc: world.Object{
		"shortId": short, "bridgeId": bridge.ID, "startTime": start, "displayName": "Weekly", "hostInfo": host,
		"duration":  1500,
		"mediaLink": "https://media.example.com/meeting.mp4", "url": "https://v.example.com/recording",
	}}, start)
	w.Add(&world.Resource{Kind: kindMeeting, ID: w.NewUUID(), Parents: in, Doc: world.Object{
		"shortId": short, "bridgeId": bridge.ID, "startTime": start, "displayName": "Weekly", "hostInfo": host,
		"duration": 1800, "type": "Meeting",
		"status": "Done", "rights": []string{"delete", "download", "share"},
		"participants": []world.Object{{"id": w.NewUUID(), "accountId": w.Config.AccountID, "extensionId": p.ID,
			"displayName": name, "type": "User"}},
		"recordings": []world.Object{{
			"id": record.ID, "startTime": start.UnixMilli(), "url": "https://v.example.com/recording", "status": "Processed",
			"availabilityStatus": "Alive",
		}},
	}}, start)
}

// ownBridge is the personal bridge of an extension, which there always is.
func ownBridge(w *world.World, extension string, at time.Time) *world.Resource {
	in := world.NewParam("extensionId", extension)
	for _, t := range w.List(kindBridge, in) {
		if t.Doc["type"] == "PMI" {
			return t
		}
	}
	name := "Meeting"
	if e := w.Get(world.KindExtension, extension); e != nil {
		name = world.Text(e.Doc, "name") + "'s meeting"
	}
	t := &world.Resource{Kind: kindBridge, ID: w.NewUUID(), Parents: []world.Param{in},
		Doc: world.Object{"name": name, "type": "PMI"}}
	fillBridge(w, t)
	return w.Add(t, at)
}

// fillBridge gives a bridge its host, its pins and what is set where the request says nothing.
func fillBridge(w *world.World, t *world.Resource) {
	n := w.NewID()
	pins := world.Object{"web": n, "pstn": world.Object{"host": "1" + n, "participant": n}, "aliases": []string{}}
	world.Merge(pins, world.Child(t.Doc, "pins"))
	preferences := world.Object{
		"join": world.Object{"audioMuted": false, "videoMuted": false, "waitingRoomRequired": "Nobody",
			"pstn": world.Object{"promptAnnouncement": true, "promptParticipants": true}},
		"playTones": "Off", "musicOnHold": true, "joinBeforeHost": false, "screenSharing": true, "recordingsMode": "User",
		"transcriptionsMode": "User",
	}
	world.Merge(preferences, world.Child(t.Doc, "preferences"))
	security := world.Object{"passwordProtected": false, "noGuests": false, "sameAccount": false, "e2ee": false}
	world.Merge(security, guarded(world.Child(t.Doc, "security")))
	t.Doc["host"] = world.Object{"accountId": w.Config.AccountID, "extensionId": t.Parent("extensionId")}
	t.Doc["pins"], t.Doc["preferences"], t.Doc["security"] = pins, preferences, security
	world.SetDefault(t.Doc, "name", "Meeting")
	world.SetDefault(t.Doc, "type", "Instant")
	pin(w, t, pins)
}

// guarded is the security of a bridge as it is shown: the request has the password as one text.
func guarded(security world.Object) world.Object {
	out := world.Object{}
	world.Merge(out, security)
	if password, ok := out["password"].(string); ok {
		digits := strings.Map(func(r rune) rune { return '0' + r%10 }, password)
		out["password"] = world.Object{"plainText": password, "pstn": digits, "joinQuery": password}
		world.SetDefault(out, "passwordProtected", true)
	}
	return out
}

// pin makes a bridge found by its pins, and by no others that it had.
func pin(w *world.World, bridge *world.Resource, pins world.Object) {
	w.RemoveUnder(world.NewParam("bridgeId", bridge.ID), bridge.Changed)
	// with an extension go its bridges, and their pins
	in := append(slices.Clone(bridge.Parents), world.NewParam("bridgeId", bridge.ID))
	web := world.Text(pins, "web")
	bridge.Doc["discovery"] = world.Object{"web": "https://v.example.com/join/" + web}
	w.Add(&world.Resource{Kind: kindWebPin, ID: web, Parents: in}, bridge.Changed)
	seen := ""
	for _, name := range []string{"host", "participant"} {
		if id := world.Text(world.Child(pins, "pstn"), name); id != seen {
			w.Add(&world.Resource{Kind: kindPhonePin, ID: id, Parents: in}, bridge.Changed)
			seen = id
		}
	}
}

// freePin refuses a pin that another bridge has.
func freePin(w *world.World, members world.Object, self string) *world.Problem {
	web := world.Text(world.Child(members, "pins"), "web")
	if t := w.Get(kindWebPin, web); web != "" && t != nil && t.Parent("bridgeId") != self {
		return world.InUse("pins.web", web)
	}
	return nil
}

func createdBridge(w *world.World, _ *world.Request, t *world.Resource) *world.Problem {
	if p := freePin(w, t.Doc, ""); p != nil {
		return p
	}
	t.ID = w.NewUUID()
	fillBridge(w, t)
	return nil
}

func updatedBridge(w *world.World, q *world.Request, members world.Object) *world.Problem {
	if p := freePin(w, members, q.Resource.ID); p != nil {
		return p
	}
	if s := world.Child(members, "security"); s != nil {
		members["security"] = guarded(s)
	}
	if web := world.Text(world.Child(members, "pins"), "web"); web != "" {
		pins := world.Object{}
		world.Merge(pins, world.Child(q.Resource.Doc, "pins"))
		pins["web"] = web
		pin(w, q.Resource, pins)
	}
	return nil
}

func readDefaultBridge(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	return w.ReplyResource(q, ownBridge(w, q.Extension(), q.At)), nil
}

func readBridgeByPin(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	return w.ReplyResource(q, w.Get(kindBridge, q.Resource.Parent("bridgeId"))), nil
}

// readDelegators replies with an empty list, because no operation of the catalogue creates a delegate.
func readDelegators(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	return w.Reply(q, world.Object{"items": []world.Object{}}, q.Path), nil
}

// listMeetings is those that the user took part in, the last first.
func listMeetings(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	var bounds [2]int64
	for i, name := range []string{"startTime", "endTime"} {
		if v := q.Query.Get(name); v != "" {
			n, err := strconv.ParseInt(v, 10, 64)
			if err != nil {
				return nil, world.Invalid(name, v)
			}
			bounds[i] = n
		}
	}
	words, materials, kind := strings.ToLower(q.Query.Get("text")), q.Query.Get("materials"), q.Query.Get("type")
	out := slices.DeleteFunc(w.List(kindMeeting), func(t *world.Resource) bool {
		start, _ := t.Doc["startTime"].(time.Time)
		host := world.Text(world.Child(t.Doc, "hostInfo"), "extensionId") == q.User
		was := host || slices.ContainsFunc(world.Children(t.Doc, "participants"),
			func(p world.Object) bool { return world.Text(p, "extensionId") == q.User })
		return !was || kind == "My" && !host || kind == "Deleted" || kind == "Shared" && host ||
			!strings.Contains(strings.ToLower(world.Text(t.Doc, "displayName")), words) ||
			materials == "Recordings" && len(world.Children(t.Doc, "recordings")) == 0 ||
			materials == "Notes" && len(world.Children(t.Doc, "notes")) == 0 ||
			start.UnixMilli() < bounds[0] || bounds[1] != 0 && start.UnixMilli() > bounds[1]
	})
	slices.Reverse(out)
	return out, nil
}

// listAccountMeetings is those of the whole account that are over, the last first unless the query says otherwise.
func listAccountMeetings(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	during, p := world.OpenRange(q.Query, "startTimeFrom", "startTimeTo")
	if p != nil {
		return nil, p
	}
	started := func(t *world.Resource) time.Time { at, _ := t.Doc["startTime"].(time.Time); return at }
	out := slices.DeleteFunc(w.List(kindMeeting), func(t *world.Resource) bool {
		return t.Doc["status"] != "Done" || !during.Contains(started(t))
	})
	slices.SortStableFunc(out, func(a, b *world.Resource) int { return started(a).Compare(started(b)) })
	// A plus that was not escaped is a space when it arrives.
	if order := strings.TrimLeft(q.Query.Get("orderBy"), " +"); order != "startTime" {
		slices.Reverse(out)
	}
	return out, nil
}

func Domains() []world.Domain { return []world.Domain{webinars(), registrants(), video()} }
