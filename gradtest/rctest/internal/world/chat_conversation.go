package world

import (
	"net/http"
	"slices"
	"time"
)

// kindFavorite are the chats that a user has marked. Their ids are those of the chats.
const kindFavorite = "favorite chats"

// addChat begins a chat with its members.
func (w *World) addChat(id string, doc Object, members []string, at time.Time) *thing {
	t := &thing{kind: kindChat, id: id, doc: doc}
	t.setMembers(members)
	doc["creationTime"], doc["lastModifiedTime"] = at, at
	return w.add(t, at)
}

// setMembers says who is in a chat.
func (t *thing) setMembers(ids []string) {
	all := make([]Object, 0, len(ids))
	for _, id := range ids {
		all = append(all, Object{"id": id})
	}
	t.doc["members"] = all
}

// memberIDs is who is in a chat, in the order of joining.
func (t *thing) memberIDs() []string {
	var out []string
	for _, m := range objects(t.doc, "members") {
		out = append(out, text(m, "id"))
	}
	return out
}

// converse opens the conversation of the user with others: the same people always have the same one. That there is one is
// answered with 200.
func converse(w *World, q *Request) (Reply, *Problem) {
	members, p := w.membersOf(q)
	if p != nil {
		return Reply{}, p
	}
	if !slices.Contains(members, q.User) {
		members = append([]string{q.User}, members...)
	}
	if len(members) > 15 {
		return Reply{}, refused(http.StatusBadRequest, "CMN-101", "A conversation has at most 15 members: make a team")
	}
	for _, t := range w.all(kindChat) {
		if t.isConversation() && same(t.memberIDs(), members) {
			r := w.replyThing(q, t)
			r.Status = http.StatusOK
			return r, nil
		}
	}
	kind, id := chatGroup, w.newID()
	switch len(members) {
	case 1:
		kind, id = chatPersonal, PersonalChat(q.User)
	case 2:
		kind = chatDirect
	}
	t := w.addChat(id, Object{"type": kind}, members, q.At)
	w.tellOfChat(q.At, t, "GroupJoined")
	return w.replyThing(q, t), nil
}

// same reports whether two lists hold the same, in whatever order.
func same(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// favor marks a chat for the user.
func favor(w *World, q *Request) (Reply, *Problem) {
	w.favourite(q.User, q.param("chatId"), q.At)
	return q.empty(), nil
}

func (w *World) favourite(user, chat string, at time.Time) {
	in := []Param{{"user", user}, {"chatId", chat}}
	if w.get(kindFavorite, chat, in...) == nil {
		w.add(&thing{kind: kindFavorite, id: chat, in: in}, at)
	}
}

func disfavor(w *World, q *Request) (Reply, *Problem) {
	if t := w.get(kindFavorite, q.param("chatId"), Param{"user", q.User}); t != nil {
		w.remove(t, q.At)
	}
	return q.empty(), nil
}

// listFavorites is the chats that the user has marked, in that order. It has no pages.
func listFavorites(w *World, q *Request) ([]*thing, *Problem) {
	var out []*thing
	for _, f := range w.list(kindFavorite, Param{"user", q.User}) {
		if c := w.get(kindChat, f.id); c != nil && c.visible(q.User) {
			out = append(out, c)
		}
	}
	return firstFew(q, out)
}
