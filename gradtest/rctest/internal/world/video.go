package world

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	videoPath = "/rcvideo/v2/bridges"

	kindBridge      = "bridges"
	kindWebPin      = "web pins of bridges"
	kindPhonePin    = "phone pins of bridges"
	kindMeeting     = "meetings"
	kindVideoRecord = "recordings of meetings"
)

// video is the part of the world about meetings: their bridges, found by id and by pin, and what took place.
func video() domain {
	return domain{
		kinds: map[string]string{
			"/rcvideo/v2/account/{accountId}/extension/{extensionId}/bridges": kindBridge, videoPath: kindBridge,
			videoPath + "/pin/web": kindWebPin, videoPath + "/pin/pstn": kindPhonePin,
			"/rcvideo/v1/history/meetings": kindMeeting, "/rcvideo/v1/history/account/{accountId}/meetings": kindMeeting,
			"/rcvideo/v1/account/{accountId}/recordings":                         kindVideoRecord,
			"/rcvideo/v1/account/{accountId}/extension/{extensionId}/recordings": kindVideoRecord,
		},
		created: map[string]func(*World, *Request, *thing) *Problem{"createBridge": createdBridge},
		updated: map[string]func(*World, *Request, Object) *Problem{"updateBridge": updatedBridge},
		lists: map[string]func(*World, *Request) ([]*thing, *Problem){
			"listVideoMeetings":   listMeetings,
			"listAccountMeetings": listAccountMeetings,
		},
		actions: map[string]action{
			"getDefaultBridge":   readDefaultBridge,
			"getBridgeByWebPin":  readBridgeByPin,
			"getBridgeByPstnPin": readBridgeByPin,
			"rcvListDelegators":  readDelegators,
		},
		own:   []string{kindBridge, kindWebPin, kindPhonePin, kindMeeting, kindVideoRecord},
		start: startVideo,
	}
}

// startVideo is a bridge of each user's own, and a meeting that the first one held there and recorded.
func startVideo(w *World) {
	for _, p := range w.cfg.Users {
		w.ownBridge(p.ID, w.cfg.Now)
	}
	if w.cfg.Bare || len(w.cfg.Users) == 0 {
		return
	}
	p := w.cfg.Users[0]
	bridge := w.ownBridge(p.ID, w.cfg.Now)
	start, in := w.cfg.Now.Add(-3*time.Hour), []Param{{"extensionId", p.ID}}
	name := strings.TrimSpace(p.FirstName + " " + p.LastName)
	host := Object{"accountId": w.cfg.AccountID, "extensionId": p.ID, "displayName": name}
	short := text(object(bridge.doc, "pins"), "web")
	record := w.add(&thing{kind: kindVideoRecord, id: w.newUUID(), in: in, doc: Object{
		"shortId": short, "bridgeId": bridge.id, "startTime": start, "displayName": "Weekly", "hostInfo": host, "duration": 1500,
		"mediaLink": "https://media.example.com/meeting.mp4", "url": "https://v.example.com/recording",
	}}, start)
	w.add(&thing{kind: kindMeeting, id: w.newUUID(), in: in, doc: Object{
		"shortId": short, "bridgeId": bridge.id, "startTime": start, "displayName": "Weekly", "hostInfo": host, "duration": 1800, "type": "Meeting",
		"status": "Done", "rights": []string{"delete", "download", "share"},
		"participants": []Object{{"id": w.newUUID(), "accountId": w.cfg.AccountID, "extensionId": p.ID, "displayName": name, "type": "User"}},
		"recordings": []Object{{
			"id": record.id, "startTime": start.UnixMilli(), "url": "https://v.example.com/recording", "status": "Processed", "availabilityStatus": "Alive",
		}},
	}}, start)
}

// ownBridge is the personal bridge of an extension, which there always is.
func (w *World) ownBridge(extension string, at time.Time) *thing {
	in := Param{"extensionId", extension}
	for _, t := range w.list(kindBridge, in) {
		if t.doc["type"] == "PMI" {
			return t
		}
	}
	name := "Meeting"
	if e := w.get(kindExtension, extension); e != nil {
		name = text(e.doc, "name") + "'s meeting"
	}
	t := &thing{kind: kindBridge, id: w.newUUID(), in: []Param{in}, doc: Object{"name": name, "type": "PMI"}}
	w.dressBridge(t)
	return w.add(t, at)
}

// dressBridge gives a bridge its host, its pins and what is set where the request says nothing.
func (w *World) dressBridge(t *thing) {
	n := w.newID()
	pins := Object{"web": n, "pstn": Object{"host": "1" + n, "participant": n}, "aliases": []string{}}
	merge(pins, object(t.doc, "pins"))
	preferences := Object{
		"join":      Object{"audioMuted": false, "videoMuted": false, "waitingRoomRequired": "Nobody", "pstn": Object{"promptAnnouncement": true, "promptParticipants": true}},
		"playTones": "Off", "musicOnHold": true, "joinBeforeHost": false, "screenSharing": true, "recordingsMode": "User", "transcriptionsMode": "User",
	}
	merge(preferences, object(t.doc, "preferences"))
	security := Object{"passwordProtected": false, "noGuests": false, "sameAccount": false, "e2ee": false}
	merge(security, guarded(object(t.doc, "security")))
	t.doc["host"] = Object{"accountId": w.cfg.AccountID, "extensionId": t.within("extensionId")}
	t.doc["pins"], t.doc["preferences"], t.doc["security"] = pins, preferences, security
	setDefault(t.doc, "name", "Meeting")
	setDefault(t.doc, "type", "Instant")
	w.pin(t, pins)
}

// guarded is the security of a bridge as it is shown: the request has the password as one text.
func guarded(security Object) Object {
	out := Object{}
	merge(out, security)
	if password, ok := out["password"].(string); ok {
		digits := strings.Map(func(r rune) rune { return '0' + r%10 }, password)
		out["password"] = Object{"plainText": password, "pstn": digits, "joinQuery": password}
		setDefault(out, "passwordProtected", true)
	}
	return out
}

// pin makes a bridge found by its pins, and by no others that it had.
func (w *World) pin(bridge *thing, pins Object) {
	w.removeIn(Param{"bridgeId", bridge.id}, bridge.changed)
	in := append(slices.Clone(bridge.in), Param{"bridgeId", bridge.id}) // with an extension go its bridges, and their pins
	web := text(pins, "web")
	bridge.doc["discovery"] = Object{"web": "https://v.example.com/join/" + web}
	w.add(&thing{kind: kindWebPin, id: web, in: in}, bridge.changed)
	seen := ""
	for _, name := range []string{"host", "participant"} {
		if id := text(object(pins, "pstn"), name); id != seen {
			w.add(&thing{kind: kindPhonePin, id: id, in: in}, bridge.changed)
			seen = id
		}
	}
}

// freePin refuses a pin that another bridge has.
func (w *World) freePin(members Object, self string) *Problem {
	web := text(object(members, "pins"), "web")
	if t := w.get(kindWebPin, web); web != "" && t != nil && t.within("bridgeId") != self {
		return problem(400, "CMN-406", "Parameter [pins.web] value is already in use", Attribute{"parameterName", "pins.web"}, Attribute{"parameterValue", web})
	}
	return nil
}

func createdBridge(w *World, _ *Request, t *thing) *Problem {
	if p := w.freePin(t.doc, ""); p != nil {
		return p
	}
	t.id = w.newUUID()
	w.dressBridge(t)
	return nil
}

func updatedBridge(w *World, q *Request, members Object) *Problem {
	if p := w.freePin(members, q.thing.id); p != nil {
		return p
	}
	if s := object(members, "security"); s != nil {
		members["security"] = guarded(s)
	}
	if web := text(object(members, "pins"), "web"); web != "" {
		pins := Object{}
		merge(pins, object(q.thing.doc, "pins"))
		pins["web"] = web
		w.pin(q.thing, pins)
	}
	return nil
}

func readDefaultBridge(w *World, q *Request) (Reply, *Problem) {
	return w.replyThing(q, w.ownBridge(q.extension(), q.At)), nil
}

func readBridgeByPin(w *World, q *Request) (Reply, *Problem) {
	return w.replyThing(q, w.get(kindBridge, q.thing.within("bridgeId"))), nil
}

// readDelegators is nobody: no operation of the catalogue makes a delegate.
func readDelegators(w *World, q *Request) (Reply, *Problem) {
	return w.reply(q, Object{"items": []Object{}}, q.Path), nil
}

// listMeetings is those that the user took part in, the last first.
func listMeetings(w *World, q *Request) ([]*thing, *Problem) {
	var bounds [2]int64
	for i, name := range []string{"startTime", "endTime"} {
		if v := q.Query.Get(name); v != "" {
			n, err := strconv.ParseInt(v, 10, 64)
			if err != nil {
				return nil, invalid(name, v)
			}
			bounds[i] = n
		}
	}
	words, materials, kind := strings.ToLower(q.Query.Get("text")), q.Query.Get("materials"), q.Query.Get("type")
	out := slices.DeleteFunc(w.list(kindMeeting), func(t *thing) bool {
		start, _ := t.doc["startTime"].(time.Time)
		host := text(object(t.doc, "hostInfo"), "extensionId") == q.User
		was := host || slices.ContainsFunc(objects(t.doc, "participants"), func(p Object) bool { return text(p, "extensionId") == q.User })
		return !was || kind == "My" && !host || kind == "Deleted" || kind == "Shared" && host ||
			!strings.Contains(strings.ToLower(text(t.doc, "displayName")), words) ||
			materials == "Recordings" && len(objects(t.doc, "recordings")) == 0 || materials == "Notes" && len(objects(t.doc, "notes")) == 0 ||
			start.UnixMilli() < bounds[0] || bounds[1] != 0 && start.UnixMilli() > bounds[1]
	})
	slices.Reverse(out)
	return out, nil
}

// listAccountMeetings is those of the whole account that are over, the last first unless the query says otherwise.
func listAccountMeetings(w *World, q *Request) ([]*thing, *Problem) {
	during, p := openRange(q.Query, "startTimeFrom", "startTimeTo")
	if p != nil {
		return nil, p
	}
	started := func(t *thing) time.Time { at, _ := t.doc["startTime"].(time.Time); return at }
	out := slices.DeleteFunc(w.list(kindMeeting), func(t *thing) bool {
		return t.doc["status"] != "Done" || !during.has(started(t))
	})
	slices.SortStableFunc(out, func(a, b *thing) int { return started(a).Compare(started(b)) })
	// A plus that was not escaped is a space when it arrives.
	if order := strings.TrimLeft(q.Query.Get("orderBy"), " +"); order != "startTime" {
		slices.Reverse(out)
	}
	return out, nil
}

func meetingDomains() []domain { return []domain{webinars(), registrants(), video()} }
