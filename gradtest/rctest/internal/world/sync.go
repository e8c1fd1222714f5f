package world

import "maps"

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
