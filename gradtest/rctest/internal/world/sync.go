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

	// SyncTokenLifetime is how long a token can be used. The platform names no time.
	SyncTokenLifetime = 30 * 24 * time.Hour
)

// sync picks what a client that holds a token has not seen yet: resources changed since, and those that are gone.
// Without a token it is everything.
func (w *World) sync(q *Request, things []*Resource) ([]*Resource, *Problem) {
	value := q.Query.Get("syncToken")
	if q.Query.Get("syncType") != partialSync && value == "" {
		return things, nil
	}
	if value == "" {
		return nil, Missing("syncToken")
	}
	token, ok := w.CheckSyncToken(value, q.Path, q.At)
	if !ok {
		return nil, Invalid("syncToken", value)
	}
	var out []*Resource
	for _, t := range things {
		if t.Revision > token.Revision {
			out = append(out, t)
		}
	}
	for _, t := range w.kind(q.plan.kind).removed {
		if t.Revision > token.Revision && t.reachable(q.Parents()) {
			gone := *t
			gone.Doc = maps.Clone(t.Doc)
			gone.Doc["availability"] = "Deleted"
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
	return Object{"syncType": kind, "syncTime": q.At, "olderRecordsExist": false,
		"syncToken": w.NewSyncToken(q.Path, q.At, nil).String()}
}

// SyncToken is the state of a client's synchronization: the version that it has seen, and its filters.
type SyncToken struct {
	worldStart int64 // start of the world that gave it
	path       string
	Revision   int64
	at         time.Time
	Filter     url.Values
}

func (t SyncToken) String() string {
	fields := []string{
		strconv.FormatInt(t.worldStart, 36), t.path, strconv.FormatInt(t.Revision, 36),
		strconv.FormatInt(t.at.UnixMilli(), 36), t.Filter.Encode(),
	}
	return base64.RawURLEncoding.EncodeToString([]byte(strings.Join(fields, " ")))
}

func parseSyncToken(s string) (t SyncToken, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	fields := strings.Split(string(b), " ")
	if err != nil || len(fields) != 5 {
		return t, false
	}
	var errs [4]error
	var at int64
	t.worldStart, errs[0] = strconv.ParseInt(fields[0], 36, 64)
	t.path = fields[1]
	t.Revision, errs[1] = strconv.ParseInt(fields[2], 36, 64)
	at, errs[2] = strconv.ParseInt(fields[3], 36, 64)
	t.at = time.UnixMilli(at)
	t.Filter, errs[3] = url.ParseQuery(fields[4])
	return t, !slices.ContainsFunc(errs[:], func(err error) bool { return err != nil })
}

// NewSyncToken returns the token of a client that has seen everything.
func (w *World) NewSyncToken(place string, at time.Time, filter url.Values) SyncToken {
	return SyncToken{w.Config.Now.UnixMilli(), place, w.revision, at, filter}
}

// CheckSyncToken reads a token that was given for a place; false: it is of no use, and a full synchronization is.
func (w *World) CheckSyncToken(token, place string, at time.Time) (SyncToken, bool) {
	t, ok := parseSyncToken(token)
	good := ok && t.worldStart == w.Config.Now.UnixMilli() && t.path == place && t.Revision <= w.revision &&
		at.Sub(t.at) <= SyncTokenLifetime
	return t, good
}
