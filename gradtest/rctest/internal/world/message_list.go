package world

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
)

// listMessages picks the messages of a mailbox, the newest first. The defaults go into the query, so that they stand in
// the canonical address.
func listMessages(w *World, q *Request) ([]*thing, *Problem) {
	when, p := rangeOf(q.Query, "dateFrom", "dateTo", q.At)
	if p != nil {
		return nil, p
	}
	q.fallback("dateFrom", when.from.Format("2006-01-02T15:04:05.000Z"))
	q.fallback("availability", "Alive")
	return w.mailbox(q.extension(), q.At, q.Query, when), nil
}

// fallback gives a parameter of the query its default, which then stands in canonical addresses.
func (q *Request) fallback(name, value string) {
	if q.Query.Get(name) != "" {
		return
	}
	query := maps.Clone(q.Query)
	if query == nil {
		query = url.Values{}
	}
	query.Set(name, value)
	q.Query = query
}

// mailbox is what there is of the messages of an extension, as far as a query wants it.
func (w *World) mailbox(extension string, at time.Time, query url.Values, when between) []*thing {
	in := Param{"extensionId", extension}
	all := w.list(kindMessage, in)
	if wantsAny(query["availability"], "Purged") {
		all = append(all, w.list(kindPurged, in)...)
	}
	out := all[:0]
	for _, t := range all {
		w.settle(t, at)
		made, _ := t.doc["creationTime"].(time.Time)
		if when.has(made) && w.isWanted(t, query) {
			out = append(out, t)
		}
	}
	newestFirst(out)
	if query.Get("distinctConversations") == "true" {
		out = distinct(out)
	}
	return out
}

func newestFirst(all []*thing) {
	slices.SortFunc(all, func(a, b *thing) int {
		ta, _ := a.doc["creationTime"].(time.Time)
		tb, _ := b.doc["creationTime"].(time.Time)
		return cmp.Or(tb.Compare(ta), cmp.Compare(len(b.id), len(a.id)), strings.Compare(b.id, a.id))
	})
}

// messageFilters are parameters of the query, and the members of messages that they ask for.
var messageFilters = [][2]string{
	{"availability", "availability"}, {"conversationId", "conversationId"}, {"direction", "direction"}, {"messageType", "type"}, {"readStatus", "readStatus"},
}

// isWanted holds a message against the filters, each of which may have several values.
func (w *World) isWanted(t *thing, query url.Values) bool {
	for _, f := range messageFilters {
		if values := query[f[0]]; len(values) > 0 && !wantsAny(values, text(t.doc, f[1])) {
			return false
		}
	}
	if number := query.Get("phoneNumber"); number != "" && !t.involves(number) {
		return false
	}
	return t.isOf(query)
}

// isOf holds a message against the filters about shared mailboxes. There are none: all messages are personal.
func (t *thing) isOf(query url.Values) bool {
	owners := slices.Concat(query["owner"], query["voicemailOwner"])
	personal := wantsAny(owners, "Any") || wantsAny(owners, "Personal") || wantsAny(owners, t.within("extensionId"))
	if len(owners) > 0 && !personal {
		return false
	}
	types := query["ownerExtensionType"]
	return len(types) == 0 || wantsAny(types, "User")
}

// involves reports whether one of the parties has the phone number, written with or without plus.
func (t *thing) involves(number string) bool {
	plain := func(s string) string { return strings.TrimPrefix(strings.TrimSpace(s), "+") }
	for _, o := range append(objects(t.doc, "to"), object(t.doc, "from")) {
		if own := text(o, "phoneNumber"); own != "" && plain(own) == plain(number) {
			return true
		}
	}
	return false
}

func wantsAny(values []string, own string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return wants(v, own) })
}

// distinct leaves the first message of each conversation. Messages without one are conversations of their own.
func distinct(all []*thing) []*thing {
	seen := make(map[string]bool)
	return slices.DeleteFunc(all, func(t *thing) bool {
		id := text(t.doc, "conversationId")
		was := seen[id]
		seen[id] = true
		return id != "" && was
	})
}
