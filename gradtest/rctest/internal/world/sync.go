package world

import (
	"encoding/base64"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The two ways to synchronize: everything, or what has changed since a token was given.
const (
	fullSync    = "FSync"
	partialSync = "ISync"

	// syncAge is how long a token can be used. The platform names no time.
	syncAge = 30 * 24 * time.Hour
)

// sync picks what a client that holds a token has not seen yet: things changed since, and those that are gone. Without a
// token it is everything.
func (w *World) sync(q *Request, things []*thing) ([]*thing, *Problem) {
	value := q.Query.Get("syncToken")
	if q.Query.Get("syncType") != partialSync && value == "" {
		return things, nil
	}
	if value == "" {
		return nil, missing("syncToken")
	}
	token, ok := w.since(value, q.Path, q.At)
	if !ok {
		return nil, invalid("syncToken", value)
	}
	var out []*thing
	for _, t := range things {
		if t.rev > token.rev {
			out = append(out, t)
		}
	}
	for _, t := range w.kind(q.plan.kind).gone {
		if t.rev > token.rev && t.lies(q.places()) {
			gone := *t
			gone.doc = maps.Clone(t.doc)
			gone.doc["availability"] = "Deleted"
			out = append(out, &gone)
		}
	}
	return out, nil
}

// syncInfo is what the client takes along for the next time.
func (w *World) syncInfo(q *Request) Object {
	kind := fullSync
	if q.Query.Get("syncToken") != "" {
		kind = partialSync
	}
	return Object{"syncType": kind, "syncTime": q.At, "olderRecordsExist": false, "syncToken": w.newSyncToken(q.Path, q.At, nil).String()}
}

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
