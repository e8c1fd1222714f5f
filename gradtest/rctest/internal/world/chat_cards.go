package world

import "slices"

const kindCard = "adaptive cards"

// cardMembers are what a card shows.
var cardMembers = []string{
	"type", "version", "body", "actions", "selectAction", "fallbackText", "backgroundImage", "minHeight", "speak", "lang", "verticalContentAlignment",
}

// cards is the part of the world about adaptive cards. A card in a chat is a post too; they go together.
func cards() domain {
	return domain{
		kinds:   map[string]string{chatPath + "/chats/{chatId}/adaptive-cards": kindCard, chatPath + "/adaptive-cards": kindCard},
		created: map[string]func(*World, *Request, *thing) *Problem{"createGlipAdaptiveCardNew": createdCard},
		actions: map[string]action{
			"createGlipAdaptiveCardNew": ofWriter(create),
			"getGlipAdaptiveCardNew":    ofMember(read),
			"updateGlipAdaptiveCardNew": ofWriter(ofCreator(updateCard)),
			"deleteGlipAdaptiveCardNew": ofWriter(ofCreator(removeCard)),
		},
		own: []string{kindCard},
	}
}

func createdCard(w *World, q *Request, t *thing) *Problem {
	w.dressCard(t, q.param("chatId"), q.User)
	w.addPost(q.param("chatId"), q.User, Object{"type": "TextMessage", "attachments": []Object{attachment(t, "Card")}}, q.At)
	return nil
}

// dressCard says whose a card is, and where.
func (w *World) dressCard(t *thing, chat, user string) {
	t.doc["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json"
	t.doc["creator"], t.doc["chatIds"] = Object{"id": user}, []string{chat}
}

// updateCard puts another card in the place of this one.
func updateCard(w *World, q *Request) (Reply, *Problem) {
	members := Object{"lastModifiedTime": q.At}
	for _, name := range cardMembers {
		members[name] = q.body()[name]
	}
	w.update(q.thing, members, q.At)
	for _, post := range w.carrying(q.thing) {
		w.tellOfPost(q.At, post, "PostChanged")
	}
	return w.replyThing(q, q.thing), nil
}

func removeCard(w *World, q *Request) (Reply, *Problem) {
	for _, post := range w.carrying(q.thing) {
		w.discardPost(post, q.At)
	}
	return remove(w, q)
}

// carrying are the posts that consist of the card.
func (w *World) carrying(card *thing) []*thing {
	return slices.DeleteFunc(w.list(kindPost, Param{"chatId", card.within("chatId")}), func(t *thing) bool {
		attached := objects(t.doc, "attachments")
		return len(attached) != 1 || attached[0]["id"] != card.id
	})
}
