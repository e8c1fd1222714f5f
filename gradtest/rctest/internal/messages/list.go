package messages

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// listMessages picks the messages of a mailbox, the newest first. The defaults go into the query, so that they appear
// in the canonical address.
func listMessages(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	when, p := world.DayRange(q.Query, "dateFrom", "dateTo", q.At)
	if p != nil {
		return nil, p
	}
	fallback(q, "dateFrom", when.From.Format("2006-01-02T15:04:05.000Z"))
	fallback(q, "availability", "Alive")
	return mailbox(w, q.Extension(), q.At, q.Query, when), nil
}

// fallback sets a query parameter to its default, so that canonical URIs include it.
func fallback(q *world.Request, name, value string) {
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
func mailbox(w *world.World, extension string, at time.Time, query url.Values, when world.TimeRange) []*world.Resource {
	in := world.NewParam("extensionId", extension)
	all := w.List(kindMessage, in)
	if wantsAny(query["availability"], "Purged") {
		all = append(all, w.List(kindPurged, in)...)
	}
	out := all[:0]
	for _, t := range all {
		settle(w, t, at)
		made, _ := t.Doc["creationTime"].(time.Time)
		if when.Contains(made) && isWanted(w, t, query) {
			out = append(out, t)
		}
	}
	newestFirst(out)
	if query.Get("distinctConversations") == "true" {
		out = distinct(out)
	}
	return out
}

func newestFirst(all []*world.Resource) {
	slices.SortFunc(all, func(a, b *world.Resource) int {
		ta, _ := a.Doc["creationTime"].(time.Time)
		tb, _ := b.Doc["creationTime"].(time.Time)
		return cmp.Or(tb.Compare(ta), cmp.Compare(len(b.ID), len(a.ID)), strings.Compare(b.ID, a.ID))
	})
}

// messageFilters are parameters of the query, and the members of messages that they ask for.
var messageFilters = [][2]string{
	{"availability", "availability"}, {"conversationId", "conversationId"}, {"direction", "direction"},
	{"messageType", "type"}, {"readStatus", "readStatus"},
}

// isWanted holds a message against the filters, each of which may have several values.
func isWanted(w *world.World, t *world.Resource, query url.Values) bool {
	for _, f := range messageFilters {
		if values := query[f[0]]; len(values) > 0 && !wantsAny(values, world.Text(t.Doc, f[1])) {
			return false
		}
	}
	if number := query.Get("phoneNumber"); number != "" && !involves(t, number) {
		return false
	}
	return isOf(t, query)
}

// isOf holds a message against the filters about shared mailboxes. There are none: all messages are personal.
func isOf(t *world.Resource, query url.Values) bool {
	owners := slices.Concat(query["owner"], query["voicemailOwner"])
	personal := wantsAny(owners, "Any") || wantsAny(owners, "Personal") || wantsAny(owners, t.Parent("extensionId"))
	if len(owners) > 0 && !personal {
		return false
	}
	types := query["ownerExtensionType"]
	return len(types) == 0 || wantsAny(types, "User")
}

// involves reports whether one of the parties has the phone number, written with or without plus.
func involves(t *world.Resource, number string) bool {
	for _, o := range append(world.Children(t.Doc, "to"), world.Child(t.Doc, "from")) {
		if own := world.Text(o, "phoneNumber"); own != "" && own == people.E164(number) {
			return true
		}
	}
	return false
}

func wantsAny(values []string, own string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return world.Matches(v, own) })
}

// distinct leaves the first message of each conversation. Messages without one are conversations of their own.
func distinct(all []*world.Resource) []*world.Resource {
	seen := make(map[string]bool)
	return slices.DeleteFunc(all, func(t *world.Resource) bool {
		id := world.Text(t.Doc, "conversationId")
		was := seen[id]
		seen[id] = true
		return id != "" && was
	})
}
