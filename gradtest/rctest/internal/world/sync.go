package world

import (
	"encoding/base64"
	"maps"
	"strconv"
	"strings"
	"time"
)

// The two ways to synchronize: everything, or what has changed since a token was given.
const (
	fullSync    = "FSync"
	partialSync = "ISync"
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
	since, ok := syncMoment(value)
	if !ok {
		return nil, invalid("syncToken", value)
	}
	var out []*thing
	for _, t := range things {
		if t.changed.After(since) {
			out = append(out, t)
		}
	}
	for _, t := range w.kind(q.plan.kind).gone {
		if t.changed.After(since) && t.lies(q.places()) {
			gone := *t
			gone.doc = maps.Clone(t.doc)
			gone.doc["availability"] = "Deleted"
			out = append(out, &gone)
		}
	}
	return out, nil
}

// syncInfo is what the client takes along for the next time.
func syncInfo(q *Request) Object {
	kind := fullSync
	if q.Query.Get("syncToken") != "" {
		kind = partialSync
	}
	return Object{"syncType": kind, "syncTime": q.At, "olderRecordsExist": false, "syncToken": syncToken(q.At)}
}

// syncToken stands for a moment.
func syncToken(at time.Time) string {
	return base64.RawURLEncoding.EncodeToString([]byte("sync " + strconv.FormatInt(at.UnixNano(), 36)))
}

func syncMoment(token string) (time.Time, bool) {
	b, err := base64.RawURLEncoding.DecodeString(token)
	digits, ok := strings.CutPrefix(string(b), "sync ")
	n, errNumber := strconv.ParseInt(digits, 36, 64)
	return time.Unix(0, n), err == nil && ok && errNumber == nil
}
