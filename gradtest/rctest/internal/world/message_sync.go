package world

import (
	"net/http"
	"net/url"
	"slices"
)

// Synchronization of messages. Source of the default: none is documented; it is that of the lists.
const (
	syncDefault = 250
)

// syncFilters are those of a full synchronization that hold for the incremental ones after it.
var syncFilters = []string{"conversationId", "direction", "distinctConversations", "messageType", "owner", "voicemailOwner", "ownerExtensionType"}

// staleToken asks for a full synchronization.
func staleToken() *Problem {
	return problem(http.StatusBadRequest, "MSG-333", "Synchronization token is not valid: a full synchronization is required",
		Attribute{"parameterName", "syncToken"})
}

// syncMessages is GET …/message-sync.
func syncMessages(w *World, q *Request) (Reply, *Problem) {
	most := syncDefault
	if q.Query.Has("recordCount") {
		var p *Problem
		if most, p = number(q.Query, "recordCount", syncDefault, 1<<30); p != nil {
			return Reply{}, p
		}
	}
	kind, token := q.Query.Get("syncType"), q.Query.Get("syncToken")
	if kind == "" {
		kind = "FSync"
		if token != "" {
			kind = "ISync"
		}
	}
	var all []*thing
	var filter url.Values
	var p *Problem
	if kind == "ISync" {
		if token == "" {
			return Reply{}, missing("syncToken")
		}
		all, filter, p = w.changesOf(q, token)
	} else {
		all, filter, p = w.everythingOf(q)
	}
	if p != nil {
		return Reply{}, p
	}
	next := w.newSyncToken(q.extension(), q.At, filter)
	older := len(all) > most
	if older && kind == "ISync" { // the oldest changes first: the rest comes with the next token
		all = all[:most]
		next.rev = all[most-1].rev
		older = false
	} else if older {
		all = all[:most]
	}
	records := make([]Object, 0, len(all))
	for _, t := range all {
		records = append(records, t.doc)
	}
	return w.reply(q, Object{
		"uri": q.Path, "records": records,
		"syncInfo": Object{"syncType": kind, "syncToken": next.String(), "syncTime": q.At, "olderRecordsExist": older},
	}, q.Path), nil
}

// everythingOf is a full synchronization: what is there, newest first, and the filters for later.
func (w *World) everythingOf(q *Request) ([]*thing, url.Values, *Problem) {
	when, p := rangeOf(q.Query, "dateFrom", "dateTo", q.At)
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
	return w.mailbox(q.extension(), q.At, query, when), filter, nil
}

// changesOf is what has become of the mailbox since a token was given, in the order of the changes: also what was deleted
// or purged.
func (w *World) changesOf(q *Request, token string) ([]*thing, url.Values, *Problem) {
	from, ok := w.since(token, q.extension(), q.At)
	if !ok {
		return nil, nil, staleToken()
	}
	in := Param{"extensionId", q.extension()}
	var out []*thing
	for _, t := range slices.Concat(w.list(kindMessage, in), w.list(kindPurged, in)) {
		w.settle(t, q.At)
		if t.rev > from.rev && w.isWanted(t, from.filter) {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b *thing) int { return int(a.rev - b.rev) })
	return out, from.filter, nil
}
