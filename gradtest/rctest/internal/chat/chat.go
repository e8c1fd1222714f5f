package chat

import (
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const (
	Path     = "/team-messaging/v1"
	kindChat = "chats"
	everyone = "1000000002" // id of the chat of the whole company

	chatEveryone = "Everyone"
	chatTeam     = "Team"
	chatGroup    = "Group"
	chatDirect   = "Direct"
	chatPersonal = "Personal"
)

// PersonalChat is the id of the chat that an extension has with itself.
func PersonalChat(extensionID string) string { return "9" + extensionID }

// chats is the domain of chats of all types, including teams and conversations. A private chat does not exist (404) for
// a user who is not a member. A public team is listed for every user, and every user may join it, but only members may
// read or write in it (403).
func chats() world.Domain {
	d := world.Domain{
		Kinds: map[string]string{
			Path + "/chats": kindChat, Path + "/teams": kindChat, Path + "/conversations": kindChat, Path + "/groups": kindChat,
			Path + "/favorites": kindChat, Path + "/recent/chats": kindChat,
		},
		Filters: map[string]world.Filter{
			Path + "/teams":         func(t *world.Resource) bool { return chatType(t) == chatTeam },
			Path + "/conversations": func(t *world.Resource) bool { return isConversation(t) },
		},
		Params: map[string]string{Path + "/groups groupId": "chatId"},
		Lists: map[string]world.Lister{
			"listGlipChatsNew":         listChats,
			"listGlipTeamsNew":         listChats,
			"listGlipConversationsNew": listConversations,
			"listFavoriteChatsNew":     listFavorites,
			"listRecentChatsNew":       listRecent,
		},
		Handlers: map[string]world.Handler{
			"readGlipChatNew":           ofVisible(world.HandleRead),
			"readGlipConversationNew":   ofVisible(world.HandleRead),
			"createGlipConversationNew": converse,
			"readGlipEveryoneNew":       readEveryone,
			"patchGlipEveryoneNew":      updateEveryone,
			"favoriteGlipChatNew":       ofMember(favor),
			"unfavoriteGlipChatNew":     ofMember(disfavor),
		},
		Owned: []string{kindChat, kindFavorite},
		Seed:  seedChats,
	}
	return d
}

// seedChats adds the Everyone chat and a personal chat for each user. Unless the world is bare, it also adds two chats
// of the first user with other users; see seedTeam for their contents.
func seedChats(w *world.World) {
	w.Add(&world.Resource{Kind: kindChat, ID: everyone, Doc: world.Object{"type": chatEveryone, "name": "Everyone",
		"description": "The whole company", "creationTime": w.Config.Now, "lastModifiedTime": w.Config.Now}}, w.Config.Now)
	var all []string
	for _, p := range w.Config.Users {
		addChat(w, PersonalChat(p.ID), world.Object{"type": chatPersonal}, []string{p.ID}, w.Config.Now)
		all = append(all, p.ID)
	}
	if w.Config.Bare || len(all) == 0 {
		return
	}
	if len(all) > 1 {
		addChat(w, w.NewID(), world.Object{"type": chatDirect}, all[:2], w.Config.Now)
	}
	team := addChat(w, w.NewID(), world.Object{"type": chatTeam, "name": "Support", "description": "Customers' questions",
		"public": true, "status": "Active"}, all, w.Config.Now)
	seedTeam(w, team, all[0])
}

// chatType is the type of a chat; isConversation, whether it is one of a few people that has no name.
func chatType(t *world.Resource) string { return world.Text(t.Doc, "type") }

func isConversation(t *world.Resource) bool {
	return slices.Contains([]string{chatGroup, chatDirect, chatPersonal}, chatType(t))
}

// has reports whether a user is a member of the chat.
func has(t *world.Resource, user string) bool {
	return chatType(t) == chatEveryone || slices.ContainsFunc(world.Children(t.Doc, "members"),
		func(m world.Object) bool { return world.Text(m, "id") == user })
}

// visible reports whether a user may see that the chat exists.
func visible(t *world.Resource, user string) bool { return has(t, user) || t.Doc["public"] == true }

// chatOf is the chat that the path names, or in which what the path names lies; nil: it lies in none.
func chatOf(w *world.World, q *world.Request) *world.Resource {
	id := q.Param("chatId")
	if id == "" && q.Resource != nil {
		id = q.Resource.Parent("chatId")
	}
	return w.Get(kindChat, id)
}

// ofVisible restricts a handler to chats that the user may see, and their contents.
func ofVisible(do world.Handler) world.Handler {
	return func(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
		if c := chatOf(w, q); c != nil && !visible(c, q.User) {
			last := q.Params[len(q.Params)-1]
			return world.Reply{}, world.NotFound(last.Name, last.Value)
		}
		return do(w, q)
	}
}

// ofMember restricts a handler to chats that the user is a member of, and their contents.
func ofMember(do world.Handler) world.Handler {
	return ofVisible(func(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
		if c := chatOf(w, q); c != nil && !has(c, q.User) {
			return world.Reply{}, notMember(c)
		}
		return do(w, q)
	})
}

// ofWriter restricts a handler to chats that the user is a member of and that are not archived.
func ofWriter(do world.Handler) world.Handler {
	return ofMember(func(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
		if c := chatOf(w, q); c != nil && c.Doc["status"] == "Archived" {
			return world.Reply{}, archived(c)
		}
		return do(w, q)
	})
}

// listChats returns the chats that the user may see, oldest first.
func listChats(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	return slices.DeleteFunc(w.List(kindChat), func(t *world.Resource) bool {
		return !visible(t, q.User) || !q.Selects(t)
	}), nil
}

// listConversations returns the conversations that the user is a member of.
func listConversations(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	return slices.DeleteFunc(w.List(kindChat), func(t *world.Resource) bool {
		return !isConversation(t) ||
			!has(t, q.User)
	}), nil
}

// listRecent is the chats of the user, lately used ones first. It has no pages.
func listRecent(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	all := slices.DeleteFunc(w.List(kindChat), func(t *world.Resource) bool { return !has(t, q.User) || !t.Meets(q) })
	slices.SortStableFunc(all, func(a, b *world.Resource) int { return int(b.Revision - a.Revision) })
	return firstFew(q, all)
}

// firstFew cuts a list that has a length but no pages.
func firstFew(q *world.Request, all []*world.Resource) ([]*world.Resource, *world.Problem) {
	n, p := world.PageParam(q.Query, "recordCount", world.DefaultChatRecords, world.MaxChatRecords)
	return all[:min(n, len(all))], p
}

func readEveryone(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	return w.ReplyResource(q, w.Get(kindChat, everyone)), nil
}

func updateEveryone(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	q.Resource = w.Get(kindChat, everyone)
	return updateChat(w, q)
}

// membersOf reads the members that a body names: by extension or by e-mail address of the account. Guests from outside
// are not emulated.
func membersOf(w *world.World, q *world.Request) ([]string, *world.Problem) {
	var out []string
	for _, m := range world.Children(q.Object(), "members") {
		id, _ := world.Scalar(m["id"])
		e := w.Get(world.KindExtension, id)
		if email := world.Text(m, "email"); id == "" && email != "" {
			if e = byEmail(w, email); e == nil {
				return nil, world.NotFoundInBody("members.email", email)
			}
		}
		if e == nil {
			return nil, world.NotFoundInBody("members.id", id)
		}
		if !slices.Contains(out, e.ID) {
			out = append(out, e.ID)
		}
	}
	return out, nil
}

// byEmail finds an extension by its contact's address.
func byEmail(w *world.World, email string) *world.Resource {
	for _, t := range w.All(world.KindExtension) {
		if strings.EqualFold(world.Text(world.Child(t.Doc, "contact"), "email"), email) {
			return t
		}
	}
	return nil
}

func Domains() []world.Domain {
	return withGlip([]world.Domain{chats(), teams(), posts(), notes(), tasks(), calendarEvents(), cards(), chatFiles(),
		chatWebhooks(), chatPeople()})
}
