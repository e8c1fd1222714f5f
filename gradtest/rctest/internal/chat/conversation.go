package chat

import (
	"net/http"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// kindFavorite are the chats that a user has marked. Their ids are those of the chats.
const kindFavorite = "favorite chats"

// addChat creates a chat with the given members.
func addChat(w *world.World, id string, doc world.Object, members []string, at time.Time) *world.Resource {
	t := &world.Resource{Kind: kindChat, ID: id, Doc: doc}
	setMembers(t, members)
	doc["creationTime"], doc["lastModifiedTime"] = at, at
	return w.Add(t, at)
}

// setMembers sets the members of a chat.
func setMembers(t *world.Resource, ids []string) {
	all := make([]world.Object, 0, len(ids))
	for _, id := range ids {
		all = append(all, world.Object{"id": id})
	}
	t.Doc["members"] = all
}

// memberIDs returns the ids of the members of a chat in the order in which they joined.
func memberIDs(t *world.Resource) []string {
	var out []string
	for _, m := range world.Children(t.Doc, "members") {
		out = append(out, world.Text(m, "id"))
	}
	return out
}

// converse opens the conversation of the user with the given members. The same members always share one conversation;
// if it exists already, the status is 200.
func converse(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	members, p := membersOf(w, q)
	if p != nil {
		return world.Reply{}, p
	}
	if !slices.Contains(members, q.User) {
		members = append([]string{q.User}, members...)
	}
	if len(members) > maxMembers {
		return world.Reply{}, problemTooManyMembers.New(maxMembers)
	}
	t, made := conversation(w, q, members)
	r := w.ReplyResource(q, t)
	if !made {
		r.Status = http.StatusOK
	}
	return r, nil
}

// conversation returns the conversation of the members, and whether it is new.
func conversation(w *world.World, q *world.Request, members []string) (t *world.Resource, made bool) {
	for _, t := range w.All(kindChat) {
		if isConversation(t) && same(memberIDs(t), members) {
			return t, false
		}
	}
	kind, id := chatGroup, w.NewID()
	switch len(members) {
	case 1:
		kind, id = chatPersonal, PersonalChat(q.User)
	case 2:
		kind = chatDirect
	}
	t = addChat(w, id, world.Object{"type": kind}, members, q.At)
	notifyChat(w, q.At, t, "GroupJoined")
	return t, true
}

// same reports whether two lists hold the same elements in any order.
func same(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// favor marks a chat for the user.
func favor(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	favourite(w, q.User, q.Param("chatId"), q.At)
	return q.Empty(), nil
}

func favourite(w *world.World, user, chat string, at time.Time) {
	in := []world.Param{world.NewParam("user", user), world.NewParam("chatId", chat)}
	if w.Get(kindFavorite, chat, in...) == nil {
		w.Add(&world.Resource{Kind: kindFavorite, ID: chat, Parents: in}, at)
	}
}

func disfavor(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if t := w.Get(kindFavorite, q.Param("chatId"), world.NewParam("user", q.User)); t != nil {
		w.Remove(t, q.At)
	}
	return q.Empty(), nil
}

// listFavorites is the chats that the user has marked, in that order. It has no pages.
func listFavorites(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	var out []*world.Resource
	for _, f := range w.List(kindFavorite, world.NewParam("user", q.User)) {
		if c := w.Get(kindChat, f.ID); c != nil && visible(c, q.User) {
			out = append(out, c)
		}
	}
	return firstFew(q, out)
}
