package calls

import (
	"cmp"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const (
	kindCall      = "calls"
	kindRecording = "recordings"
)

// calls is the domain of calls that have ended, and their recordings.
func calls() world.Domain {
	d := world.Domain{
		Kinds: map[string]string{
			world.ExtensionPath + "/call-log": kindCall, world.ExtensionPath + "/call-log-sync": kindCall,
			world.AccountPath + "/call-log": kindCall, world.AccountPath + "/call-log-sync": kindCall,
			world.AccountPath + "/call-log-extract-sync": kindCall,
			world.AccountPath + "/recording":             kindRecording,
		},
		Lists: map[string]world.Lister{
			"listExtensionActiveCalls": listActiveCalls, "listCompanyActiveCalls": listActiveCalls,
		},
		Handlers: map[string]world.Handler{
			"readUserCallRecord":          readCall,
			"readCompanyCallRecord":       readCall,
			"deleteUserCallLog":           removeCalls,
			"deleteCompanyCallRecordings": removeRecordings,
		},
		Owned: []string{kindCall, kindRecording},
		Seed:  seedCalls,
	}
	for _, id := range []string{"readUserCallLog", "readCompanyCallLog"} {
		d.Lists[id] = listCalls
	}
	for _, id := range []string{"syncUserCallLog", "syncAccountCallLog", "extractSyncAccountCallLog"} {
		d.Lists[id] = syncCalls
	}
	return d
}

// past is a call that has ended.
type past struct {
	extension string // the extension whose log contains the call
	direction string // Inbound or Outbound
	from, to  people.Party
	action    string
	result    string
	began     time.Time
	lasted    time.Duration
	session   string // id of the telephony session; empty: a new one
	recorded  bool
	id        string // of the record; empty: a new one
}

// seedCalls gives the first user a call history: a recorded incoming call, a missed call, and the call back.
func seedCalls(w *world.World) {
	if w.Config.Bare || len(w.Config.Users) == 0 {
		return
	}
	me, _ := people.MemberOf(w, w.Config.Users[0].ID)
	other := people.Party{Number: "+16505550201", Name: "Kim Sample"}
	ago := func(minutes int) time.Time { return w.Config.Now.Add(-time.Duration(minutes) * time.Minute) }
	for _, c := range []past{
		{direction: "Inbound", from: people.Party{Number: "+16505550200", Name: "Dana Sample"}, to: me, action: "Phone Call",
			result: "Accepted", began: ago(50), lasted: 3 * time.Minute, recorded: true},
		{direction: "Inbound", from: other, to: me, action: "Phone Call", result: "Missed", began: ago(30)},
		{direction: "Outbound", from: me, to: other, action: "VoIP Call", result: "Call connected", began: ago(20),
			lasted: time.Minute},
	} {
		c.extension = me.Extension
		log(w, c)
	}
}

// log writes a call into the log of an extension.
func log(w *world.World, c past) *world.Resource {
	if c.session == "" {
		c.session = "s-" + newToken(w)
	}
	owner := w.Get(world.KindExtension, c.extension)
	if c.id == "" {
		c.id = "Y3Ms" + newToken(w)
	}
	t := &world.Resource{Kind: kindCall, ID: c.id,
		Parents: []world.Param{world.NewParam("extensionId", c.extension)}}
	t.Doc = world.Object{
		"uri":       "/restapi/v1.0/account/" + w.Config.AccountID + "/extension/" + c.extension + "/call-log/" + t.ID,
		"sessionId": w.NewID(), "telephonySessionId": c.session, "partyId": "p-" + newToken(w), "startTime": c.began,
		"duration": int(c.lasted / time.Second), "durationMs": int(c.lasted / time.Millisecond), "type": "Voice",
		"internalType": "Local",
		"direction":    c.direction, "action": c.action, "result": c.result, "from": onPhone(c.from), "to": onPhone(c.to),
		"transport":        "PSTN",
		"lastModifiedTime": c.began.Add(c.lasted), "finished": true,
	}
	if owner != nil {
		t.Doc["extension"] = world.Object{"id": c.extension, "uri": owner.Doc["uri"]}
	}
	if c.recorded {
		r := record(w, c.extension, c.lasted, c.began)
		t.Doc["recording"] = world.Object{"id": r.ID, "uri": r.Doc["uri"], "type": "OnDemand",
			"contentUri": r.Doc["contentUri"]}
	}
	t.Doc["legs"], t.Doc["billing"] = legs(t.Doc), noCost()
	return w.Add(t, c.began.Add(c.lasted))
}

// record keeps a recording.
func record(w *world.World, extension string, lasted time.Duration, at time.Time) *world.Resource {
	t := &world.Resource{Kind: kindRecording, ID: w.NewID(), Parents: []world.Param{world.NewParam("extensionId",
		extension)}}
	uri := "/restapi/v1.0/account/" + w.Config.AccountID + "/recording/" + t.ID
	t.Doc = world.Object{"uri": uri, "contentUri": uri + "/content", "contentType": "audio/mpeg",
		"duration": int(lasted / time.Second)}
	return w.Add(t, at)
}

// onPhone returns the JSON representation of a party of a call.
func onPhone(p people.Party) world.Object {
	o := world.Object{}
	for name, v := range map[string]string{"phoneNumber": p.Number, "name": p.Name, "extensionNumber": p.ShortNumber,
		"extensionId": p.Extension} {
		if v != "" {
			o[name] = v
		}
	}
	return o
}

// newToken is the variable part of ids that are neither numbers nor UUIDs.
func newToken(w *world.World) string { return "a0d17c0a3f" + w.NewID() + "z1" }

// finished returns the calls that have ended. The calls in progress have records of their own.
func finished(w *world.World, in ...world.Param) []*world.Resource {
	return slices.DeleteFunc(w.List(kindCall, in...), func(t *world.Resource) bool { return t.Doc["finished"] == false })
}

// listCalls is a call log: the last 24 hours unless the query says otherwise, the latest call first.
func listCalls(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	settleCalls(w, q.At)
	during, p := world.DayRange(q.Query, "dateFrom", "dateTo", q.At)
	if p != nil {
		return nil, p
	}
	if q.Query.Get("phoneNumber") != "" && q.Query.Get("extensionNumber") != "" {
		return nil, world.Invalid("extensionNumber", q.Query.Get("extensionNumber"))
	}
	var out []*world.Resource
	for _, t := range finished(w, q.Parents()...) {
		began, _ := t.Doc["startTime"].(time.Time)
		if during.Contains(began) && matchesCall(t, q) {
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(a, b *world.Resource) int {
		first, _ := a.Doc["startTime"].(time.Time)
		second, _ := b.Doc["startTime"].(time.Time)
		return cmp.Or(second.Compare(first), cmp.Compare(b.ID, a.ID))
	})
	return out, nil
}

// matchesCall reports whether a record is what the query's filters ask for.
func matchesCall(t *world.Resource, q *world.Request) bool {
	for _, name := range []string{"direction", "type", "transport", "sessionId", "telephonySessionId"} {
		own := world.Text(t.Doc, name)
		if values := q.Query[name]; len(values) > 0 && !slices.ContainsFunc(values,
			func(v string) bool { return world.Matches(v, own) }) {
			return false
		}
	}
	if v := q.Query.Get("phoneNumber"); v != "" && !hasEnd(t, "phoneNumber", people.E164(v)) {
		return false
	}
	if v := q.Query.Get("extensionNumber"); v != "" && !hasEnd(t, "extensionNumber", v) {
		return false
	}
	recorded := t.Doc["recording"] != nil
	if q.Query.Get("withRecording") == "true" && !recorded {
		return false
	}
	switch q.Query.Get("recordingType") {
	case "Automatic":
		return recorded && world.Text(world.Child(t.Doc, "recording"), "type") == "Automatic"
	case "OnDemand":
		return recorded && world.Text(world.Child(t.Doc, "recording"), "type") == "OnDemand"
	case "All":
		return recorded
	}
	return true
}

// hasEnd reports whether one end of the call is known by this number.
func hasEnd(t *world.Resource, member, value string) bool {
	return world.Text(world.Child(t.Doc, "from"), member) == value ||
		world.Text(world.Child(t.Doc, "to"), member) == value
}

// syncCalls is the whole log; the role picks what is new.
func syncCalls(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	settleCalls(w, q.At)
	var out []*world.Resource
	for _, t := range finished(w, q.Parents()...) {
		if !slices.Contains(q.Query["statusGroup"], "Missed") || world.Text(t.Doc, "result") == "Missed" {
			out = append(out, t)
		}
	}
	if n, p := world.PageParam(q.Query, "recordCount", world.MaxPerPage, world.MaxPerPage); p != nil {
		return nil, p
	} else if q.Query.Get("syncToken") == "" && len(out) > n {
		out = out[len(out)-n:]
	}
	return out, nil
}

// readCall returns a record, of a call in progress too.
func readCall(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	settleCalls(w, q.At)
	if t := w.Get(kindCall, q.Resource.ID, q.Parents()...); t != nil { // a call that has just ended has a new one
		q.Resource = t
	}
	return world.HandleRead(w, q)
}

// removeCalls removes an extension's calls up to a moment.
func removeCalls(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	until := q.At
	if v := q.Query.Get("dateTo"); v != "" {
		var ok bool
		if until, ok = world.ParseTime(v); !ok {
			return world.Reply{}, world.Invalid("dateTo", v)
		}
	}
	for _, t := range finished(w, q.Parents()...) {
		if began, _ := t.Doc["startTime"].(time.Time); !began.After(until) {
			w.Remove(t, q.At)
		}
	}
	return q.Empty(), nil
}

// removeRecordings removes what the body names; calls stay without them.
func removeRecordings(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	var found []*world.Resource
	for _, id := range world.Texts(q.Object(), "records") {
		t := w.Get(kindRecording, id)
		if t == nil {
			return world.Reply{}, world.NotFoundInBody("records", id)
		}
		found = append(found, t)
	}
	for _, t := range found {
		w.Remove(t, q.At)
		for _, c := range w.All(kindCall) {
			if id, _ := world.Scalar(world.Child(c.Doc, "recording")["id"]); id == t.ID {
				delete(c.Doc, "recording")
			}
		}
	}
	return q.Empty(), nil
}

func Domains() []world.Domain {
	return []world.Domain{analytics(), calls(), sessions(), ringOuts(), presences()}
}
