package world

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

const (
	kindCall      = "calls"
	kindRecording = "recordings"
)

// calls is the part of the world about calls that are over, and their recordings.
func calls() domain {
	d := domain{
		kinds: map[string]string{
			extensionPath + "/call-log": kindCall, extensionPath + "/call-log-sync": kindCall,
			accountPath + "/call-log": kindCall, accountPath + "/call-log-sync": kindCall, accountPath + "/call-log-extract-sync": kindCall,
			accountPath + "/recording": kindRecording,
		},
		lists: map[string]func(*World, *Request) ([]*thing, *Problem){
			"listExtensionActiveCalls": listActiveCalls, "listCompanyActiveCalls": listActiveCalls,
		},
		actions: map[string]action{
			"deleteUserCallLog":           removeCalls,
			"deleteCompanyCallRecordings": removeRecordings,
		},
		own:   []string{kindCall, kindRecording},
		start: startCalls,
	}
	for _, id := range []string{"readUserCallLog", "readCompanyCallLog"} {
		d.lists[id] = listCalls
	}
	for _, id := range []string{"syncUserCallLog", "syncAccountCallLog", "extractSyncAccountCallLog"} {
		d.lists[id] = syncCalls
	}
	return d
}

// past is a call that is over.
type past struct {
	extension string // whose log it stands in
	direction string // Inbound or Outbound
	from, to  party
	action    string
	result    string
	began     time.Time
	lasted    time.Duration
	session   string // id of the telephony session; empty: a new one
	recorded  bool
}

// startCalls are what the first user has been doing: somebody called and was recorded, somebody called in vain, and was
// called back.
func startCalls(w *World) {
	if w.cfg.Bare || len(w.cfg.Users) == 0 {
		return
	}
	me, _ := w.member(w.cfg.Users[0].ID)
	other := party{number: "+16505550201", name: "Kim Sample"}
	ago := func(minutes int) time.Time { return w.cfg.Now.Add(-time.Duration(minutes) * time.Minute) }
	for _, c := range []past{
		{direction: "Inbound", from: party{number: "+16505550200", name: "Dana Sample"}, to: me, action: "Phone Call", result: "Accepted", began: ago(50), lasted: 3 * time.Minute, recorded: true},
		{direction: "Inbound", from: other, to: me, action: "Phone Call", result: "Missed", began: ago(30)},
		{direction: "Outbound", from: me, to: other, action: "VoIP Call", result: "Call connected", began: ago(20), lasted: time.Minute},
	} {
		c.extension = me.extension
		w.log(c)
	}
}

// log writes a call into the log of an extension.
func (w *World) log(c past) *thing {
	if c.session == "" {
		c.session = "s-" + w.newToken()
	}
	owner := w.get(kindExtension, c.extension)
	t := &thing{kind: kindCall, id: "Y3Ms" + w.newToken(), in: []Param{{"extensionId", c.extension}}}
	t.doc = Object{
		"uri":       "/restapi/v1.0/account/" + w.cfg.AccountID + "/extension/" + c.extension + "/call-log/" + t.id,
		"sessionId": w.newID(), "telephonySessionId": c.session, "partyId": "p-" + w.newToken(), "startTime": c.began,
		"duration": int(c.lasted / time.Second), "durationMs": int(c.lasted / time.Millisecond), "type": "Voice", "internalType": "Local",
		"direction": c.direction, "action": c.action, "result": c.result, "from": c.from.onPhone(), "to": c.to.onPhone(), "transport": "PSTN",
		"lastModifiedTime": c.began.Add(c.lasted), "finished": true,
	}
	if owner != nil {
		t.doc["extension"] = Object{"id": c.extension, "uri": owner.doc["uri"]}
	}
	if c.recorded {
		r := w.record(c.extension, c.lasted, c.began)
		t.doc["recording"] = Object{"id": r.id, "uri": r.doc["uri"], "type": "OnDemand", "contentUri": r.doc["contentUri"]}
	}
	return w.add(t, c.began.Add(c.lasted))
}

// record keeps a recording.
func (w *World) record(extension string, lasted time.Duration, at time.Time) *thing {
	t := &thing{kind: kindRecording, id: w.newID(), in: []Param{{"extensionId", extension}}}
	uri := "/restapi/v1.0/account/" + w.cfg.AccountID + "/recording/" + t.id
	t.doc = Object{"uri": uri, "contentUri": uri + "/content", "contentType": "audio/mpeg", "duration": int(lasted / time.Second)}
	return w.add(t, at)
}

// onPhone is how a party of a call is told.
func (p party) onPhone() Object {
	o := Object{}
	for name, v := range map[string]string{"phoneNumber": p.number, "name": p.name, "extensionNumber": p.short, "extensionId": p.extension} {
		if v != "" {
			o[name] = v
		}
	}
	return o
}

// newToken is the variable part of ids that are neither numbers nor UUIDs.
func (w *World) newToken() string { return "a0d17c0a3f" + w.newID() + "z1" }

// listCalls is a call log: the last 24 hours unless the query says otherwise, the latest call first.
func listCalls(w *World, q *Request) ([]*thing, *Problem) {
	w.settleCalls(q.At)
	during, p := rangeOf(q.Query, "dateFrom", "dateTo", q.At)
	if p != nil {
		return nil, p
	}
	if q.Query.Get("phoneNumber") != "" && q.Query.Get("extensionNumber") != "" {
		return nil, invalid("extensionNumber", q.Query.Get("extensionNumber"))
	}
	var out []*thing
	for _, t := range w.list(kindCall, q.places()...) {
		began, _ := t.doc["startTime"].(time.Time)
		if during.has(began) && t.calls(q) {
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(a, b *thing) int {
		first, _ := a.doc["startTime"].(time.Time)
		second, _ := b.doc["startTime"].(time.Time)
		return cmp.Or(second.Compare(first), cmp.Compare(b.id, a.id))
	})
	return out, nil
}

// calls reports whether a record is what the query's filters ask for.
func (t *thing) calls(q *Request) bool {
	for _, name := range []string{"direction", "type", "transport", "sessionId", "telephonySessionId"} {
		own := text(t.doc, name)
		if values := q.Query[name]; len(values) > 0 && !slices.ContainsFunc(values, func(v string) bool { return wants(v, own) }) {
			return false
		}
	}
	if v := q.Query.Get("phoneNumber"); v != "" && !t.hasEnd("phoneNumber", strings.TrimPrefix(v, "+")) {
		return false
	}
	if v := q.Query.Get("extensionNumber"); v != "" && !t.hasEnd("extensionNumber", v) {
		return false
	}
	recorded := t.doc["recording"] != nil
	if q.Query.Get("withRecording") == "true" && !recorded {
		return false
	}
	switch q.Query.Get("recordingType") {
	case "Automatic":
		return recorded && text(object(t.doc, "recording"), "type") == "Automatic"
	case "OnDemand":
		return recorded && text(object(t.doc, "recording"), "type") == "OnDemand"
	case "All":
		return recorded
	}
	return true
}

// hasEnd reports whether one end of the call is known by this number.
func (t *thing) hasEnd(member, value string) bool {
	return strings.TrimPrefix(text(object(t.doc, "from"), member), "+") == value ||
		strings.TrimPrefix(text(object(t.doc, "to"), member), "+") == value
}

// syncCalls is the whole log; the role picks what is new.
func syncCalls(w *World, q *Request) ([]*thing, *Problem) {
	w.settleCalls(q.At)
	var out []*thing
	for _, t := range w.list(kindCall, q.places()...) {
		if !slices.Contains(q.Query["statusGroup"], "Missed") || text(t.doc, "result") == "Missed" {
			out = append(out, t)
		}
	}
	if n, p := number(q.Query, "recordCount", perPageMost, perPageMost); p != nil {
		return nil, p
	} else if q.Query.Get("syncToken") == "" && len(out) > n {
		out = out[len(out)-n:]
	}
	return out, nil
}

// removeCalls removes an extension's calls up to a moment.
func removeCalls(w *World, q *Request) (Reply, *Problem) {
	until := q.At
	if v := q.Query.Get("dateTo"); v != "" {
		var ok bool
		if until, ok = momentOf(v); !ok {
			return Reply{}, invalid("dateTo", v)
		}
	}
	for _, t := range w.list(kindCall, q.places()...) {
		if began, _ := t.doc["startTime"].(time.Time); !began.After(until) {
			w.remove(t, q.At)
		}
	}
	return q.empty(), nil
}

// removeRecordings removes what the body names; calls stay without them.
func removeRecordings(w *World, q *Request) (Reply, *Problem) {
	var found []*thing
	for _, id := range texts(q.body(), "records") {
		t := w.get(kindRecording, id)
		if t == nil {
			return Reply{}, unknownInBody("records", id)
		}
		found = append(found, t)
	}
	for _, t := range found {
		w.remove(t, q.At)
		for _, c := range w.all(kindCall) {
			if id, _ := scalar(object(c.doc, "recording")["id"]); id == t.id {
				delete(c.doc, "recording")
			}
		}
	}
	return q.empty(), nil
}

func callDomains() []domain {
	return []domain{analytics(), calls(), sessions(), ringOuts(), presences()}
}
