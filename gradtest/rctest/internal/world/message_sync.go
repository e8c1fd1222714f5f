package world

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Synchronization of messages. Source of the default: none is documented; it is that of the lists.
const (
	syncDefault = 250
	// syncAge is how long a token can be used. The platform names no time.
	syncAge = 30 * 24 * time.Hour
)

// syncFilters are those of a full synchronization that hold for the incremental ones after it.
var syncFilters = []string{"conversationId", "direction", "distinctConversations", "messageType", "owner", "voicemailOwner", "ownerExtensionType"}

// syncToken is where a client stands: what the world was like when it was told last, and what it wants to know.
type syncToken struct {
	world  int64 // start of the world that gave it
	place  string
	rev    int64
	at     time.Time
	filter url.Values
}

func (t syncToken) String() string {
	fields := []string{
		strconv.FormatInt(t.world, 36), t.place, strconv.FormatInt(t.rev, 36), strconv.FormatInt(t.at.UnixMilli(), 36), t.filter.Encode(),
	}
	return base64.RawURLEncoding.EncodeToString([]byte(strings.Join(fields, " ")))
}

func parseSyncToken(s string) (t syncToken, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	fields := strings.Split(string(b), " ")
	if err != nil || len(fields) != 5 {
		return t, false
	}
	var errs [4]error
	var at int64
	t.world, errs[0] = strconv.ParseInt(fields[0], 36, 64)
	t.place = fields[1]
	t.rev, errs[1] = strconv.ParseInt(fields[2], 36, 64)
	at, errs[2] = strconv.ParseInt(fields[3], 36, 64)
	t.at = time.UnixMilli(at)
	t.filter, errs[3] = url.ParseQuery(fields[4])
	return t, !slices.ContainsFunc(errs[:], func(err error) bool { return err != nil })
}

// newSyncToken is the token of somebody who has been told everything.
func (w *World) newSyncToken(place string, at time.Time, filter url.Values) syncToken {
	return syncToken{w.cfg.Now.UnixMilli(), place, w.revision, at, filter}
}

// since reads a token that was given for a place; false: it is of no use, and a full synchronization is.
func (w *World) since(token, place string, at time.Time) (syncToken, bool) {
	t, ok := parseSyncToken(token)
	good := ok && t.world == w.cfg.Now.UnixMilli() && t.place == place && t.rev <= w.revision && at.Sub(t.at) <= syncAge
	return t, good
}

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
