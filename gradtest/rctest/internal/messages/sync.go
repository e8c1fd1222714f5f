package messages

import (
	"net/url"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Synchronization of messages. Source of the default: none is documented; it is that of the lists.
const (
	syncDefault = 250
)

// syncFilters are those of a full synchronization that hold for the incremental ones after it.
var syncFilters = []string{"conversationId", "direction", "distinctConversations", "messageType", "owner",
	"voicemailOwner", "ownerExtensionType"}

// syncMessages is GET …/message-sync.
func syncMessages(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	most := syncDefault
	if q.Query.Has("recordCount") {
		var p *world.Problem
		if most, p = world.PageParam(q.Query, "recordCount", syncDefault, 1<<30); p != nil {
			return world.Reply{}, p
		}
	}
	kind, token := q.Query.Get("syncType"), q.Query.Get("syncToken")
	if kind == "" {
		kind = "FSync"
		if token != "" {
			kind = "ISync"
		}
	}
	var all []*world.Resource
	var filter url.Values
	var p *world.Problem
	if kind == "ISync" {
		if token == "" {
			return world.Reply{}, world.Missing("syncToken")
		}
		all, filter, p = changesOf(w, q, token)
	} else {
		all, filter, p = everythingOf(w, q)
	}
	if p != nil {
		return world.Reply{}, p
	}
	next := w.NewSyncToken(q.Extension(), q.At, filter)
	older := len(all) > most
	if older && kind == "ISync" { // the oldest changes first: the rest comes with the next token
		all = all[:most]
		next.Revision = all[most-1].Revision
		older = false
	} else if older {
		all = all[:most]
	}
	records := make([]world.Object, 0, len(all))
	for _, t := range all {
		records = append(records, t.Doc)
	}
	return w.Reply(q, world.Object{
		"uri": q.Path, "records": records,
		"syncInfo": world.Object{"syncType": kind, "syncToken": next.String(), "syncTime": q.At, "olderRecordsExist": older},
	}, q.Path), nil
}

// everythingOf is a full synchronization: what is there, newest first, and the filters for later.
func everythingOf(w *world.World, q *world.Request) ([]*world.Resource, url.Values, *world.Problem) {
	when, p := world.DayRange(q.Query, "dateFrom", "dateTo", q.At)
	if p != nil {
		return nil, nil, p
	}
	filter := url.Values{}
	for _, name := range syncFilters {
		if v := q.Query[name]; len(v) > 0 {
			filter[name] = v
		}
	}
	query := url.Values{"availability": {"Alive"}}
	for name, v := range filter {
		query[name] = v
	}
	return mailbox(w, q.Extension(), q.At, query, when), filter, nil
}

// changesOf is what has become of the mailbox since a token was given, in the order of the changes: also what was
// deleted or purged.
func changesOf(w *world.World, q *world.Request, token string) ([]*world.Resource, url.Values, *world.Problem) {
	from, ok := w.CheckSyncToken(token, q.Extension(), q.At)
	if !ok {
		return nil, nil, problemSyncToken.ForName("syncToken")
	}
	in := world.NewParam("extensionId", q.Extension())
	var out []*world.Resource
	for _, t := range slices.Concat(w.List(kindMessage, in), w.List(kindPurged, in)) {
		settle(w, t, q.At)
		if t.Revision > from.Revision && isWanted(w, t, from.Filter) {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b *world.Resource) int { return int(a.Revision - b.Revision) })
	return out, from.Filter, nil
}
