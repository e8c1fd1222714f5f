package world

import (
	"net/http"
	"slices"
	"strings"
)

const (
	chatPath = "/team-messaging/v1"
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

// chats is the part of the world about chats of all types. Teams and conversations are chats. Who is not in a private chat
// is told that there is none (404); who is not in a public team sees it in lists and may join, but neither read nor write
// in it (403).
func chats() domain {
	d := domain{
		kinds: map[string]string{
			chatPath + "/chats": kindChat, chatPath + "/teams": kindChat, chatPath + "/conversations": kindChat, chatPath + "/groups": kindChat,
			chatPath + "/favorites": kindChat, chatPath + "/recent/chats": kindChat,
		},
		narrows: map[string]func(*thing) bool{
			chatPath + "/teams":         func(t *thing) bool { return t.chatType() == chatTeam },
			chatPath + "/conversations": func(t *thing) bool { return t.isConversation() },
		},
		params: map[string]string{chatPath + "/groups groupId": "chatId"},
		lists: map[string]func(*World, *Request) ([]*thing, *Problem){
			"listGlipChatsNew":         listChats,
			"listGlipTeamsNew":         listChats,
			"listGlipConversationsNew": listConversations,
			"listFavoriteChatsNew":     listFavorites,
			"listRecentChatsNew":       listRecent,
		},
		actions: map[string]action{
			"readGlipChatNew":           ofVisible(read),
			"readGlipConversationNew":   ofVisible(read),
			"createGlipConversationNew": converse,
			"readGlipEveryoneNew":       readEveryone,
			"patchGlipEveryoneNew":      updateEveryone,
			"favoriteGlipChatNew":       ofMember(favor),
			"unfavoriteGlipChatNew":     ofMember(disfavor),
		},
		own:   []string{kindChat, kindFavorite},
		start: startChats,
	}
	return d
}

// startChats are that of everybody and one of each user alone; and where the world is not bare, two that the first user has
// with others. What is in them see startTeam.
func startChats(w *World) {
	w.add(&thing{kind: kindChat, id: everyone, doc: Object{"type": chatEveryone, "name": "Everyone", "description": "The whole company", "creationTime": w.cfg.Now, "lastModifiedTime": w.cfg.Now}}, w.cfg.Now)
	var all []string
	for _, p := range w.cfg.Users {
		w.addChat(PersonalChat(p.ID), Object{"type": chatPersonal}, []string{p.ID}, w.cfg.Now)
		all = append(all, p.ID)
	}
	if w.cfg.Bare || len(all) == 0 {
		return
	}
	if len(all) > 1 {
		w.addChat(w.newID(), Object{"type": chatDirect}, all[:2], w.cfg.Now)
	}
	team := w.addChat(w.newID(), Object{"type": chatTeam, "name": "Support", "description": "Customers' questions", "public": true, "status": "Active"}, all, w.cfg.Now)
	w.startTeam(team, all[0])
}

// chatType is the type of a chat; isConversation, whether it is one of a few people that has no name.
func (t *thing) chatType() string { return text(t.doc, "type") }

func (t *thing) isConversation() bool {
	return slices.Contains([]string{chatGroup, chatDirect, chatPersonal}, t.chatType())
}

// has reports whether somebody is in the chat.
func (t *thing) has(user string) bool {
	return t.chatType() == chatEveryone || slices.ContainsFunc(objects(t.doc, "members"), func(m Object) bool { return text(m, "id") == user })
}

// visible reports whether somebody may know of the chat.
func (t *thing) visible(user string) bool { return t.has(user) || t.doc["public"] == true }

// chatOf is the chat that the path names, or in which what the path names lies; nil: it lies in none.
func (w *World) chatOf(q *Request) *thing {
	id := q.param("chatId")
	if id == "" && q.thing != nil {
		id = q.thing.within("chatId")
	}
	return w.get(kindChat, id)
}

// ofVisible lets an action see the chats that the user may know of, and what lies in them.
func ofVisible(do action) action {
	return func(w *World, q *Request) (Reply, *Problem) {
		if c := w.chatOf(q); c != nil && !c.visible(q.User) {
			last := q.Params[len(q.Params)-1]
			return Reply{}, unknown(last.Name, last.Value)
		}
		return do(w, q)
	}
}

// ofMember lets an action see the chats that the user is in, and what lies in them.
func ofMember(do action) action {
	return ofVisible(func(w *World, q *Request) (Reply, *Problem) {
		if c := w.chatOf(q); c != nil && !c.has(q.User) {
			return Reply{}, notYours("Chat " + c.id + " is one of others: join it first")
		}
		return do(w, q)
	})
}

// ofWriter lets an action write into chats that the user is in and that are not archived.
func ofWriter(do action) action {
	return ofMember(func(w *World, q *Request) (Reply, *Problem) {
		if c := w.chatOf(q); c != nil && c.doc["status"] == "Archived" {
			return Reply{}, notNow("Team " + c.id + " is archived: unarchive it first")
		}
		return do(w, q)
	})
}

// notYours refuses what others may do, notNow what nobody may as things are. The platform's own codes for these cases are
// in no source; these are the general ones.
func notYours(message string) *Problem { return refused(http.StatusForbidden, "CMN-404", message) }

// listChats is those that the user may know of, oldest first.
func listChats(w *World, q *Request) ([]*thing, *Problem) {
	return slices.DeleteFunc(w.list(kindChat), func(t *thing) bool {
		return !t.visible(q.User) || !q.selects(t)
	}), nil
}

// listConversations are those of the user that are neither a team's nor everybody's.
func listConversations(w *World, q *Request) ([]*thing, *Problem) {
	return slices.DeleteFunc(w.list(kindChat), func(t *thing) bool { return !t.isConversation() || !t.has(q.User) }), nil
}

// listRecent is the chats of the user, lately used ones first. It has no pages.
func listRecent(w *World, q *Request) ([]*thing, *Problem) {
	all := slices.DeleteFunc(w.list(kindChat), func(t *thing) bool { return !t.has(q.User) || !t.meets(q) })
	slices.SortStableFunc(all, func(a, b *thing) int { return int(b.rev - a.rev) })
	return firstFew(q, all)
}

// firstFew cuts a list that has a length but no pages.
func firstFew(q *Request, all []*thing) ([]*thing, *Problem) {
	n, p := number(q.Query, "recordCount", chatDefault, chatMost)
	return all[:min(n, len(all))], p
}

func readEveryone(w *World, q *Request) (Reply, *Problem) {
	return w.replyThing(q, w.get(kindChat, everyone)), nil
}

func updateEveryone(w *World, q *Request) (Reply, *Problem) {
	q.thing = w.get(kindChat, everyone)
	return updateChat(w, q)
}

// membersOf reads the members that a body names: by extension or by e-mail address of the account. Guests from outside are not
// emulated.
func (w *World) membersOf(q *Request) ([]string, *Problem) {
	var out []string
	for _, m := range objects(q.body(), "members") {
		id, _ := scalar(m["id"])
		e := w.get(kindExtension, id)
		if email := text(m, "email"); id == "" && email != "" {
			if e = w.byEmail(email); e == nil {
				return nil, unknownInBody("members.email", email)
			}
		}
		if e == nil {
			return nil, unknownInBody("members.id", id)
		}
		if !slices.Contains(out, e.id) {
			out = append(out, e.id)
		}
	}
	return out, nil
}

// byEmail finds an extension by its contact's address.
func (w *World) byEmail(email string) *thing {
	for _, t := range w.all(kindExtension) {
		if strings.EqualFold(text(object(t.doc, "contact"), "email"), email) {
			return t
		}
	}
	return nil
}

func chatDomains() []domain {
	return []domain{chats(), teams(), posts(), notes(), tasks(), calendarEvents(), cards(), chatFiles(), chatWebhooks(), chatPeople()}
}
