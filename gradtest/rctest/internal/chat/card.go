package chat

import (
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const kindCard = "adaptive cards"

// cardMembers are the members of a card that define its content.
var cardMembers = []string{
	"type", "version", "body", "actions", "selectAction", "fallbackText", "backgroundImage", "minHeight", "speak", "lang",
	"verticalContentAlignment",
}

// cards is the domain of adaptive cards. A card in a chat is also a post, which is removed with the card.
func cards() world.Domain {
	return world.Domain{
		Kinds:    map[string]string{Path + "/chats/{chatId}/adaptive-cards": kindCard, Path + "/adaptive-cards": kindCard},
		OnCreate: map[string]world.CreateHook{"createGlipAdaptiveCardNew": createdCard},
		Handlers: map[string]world.Handler{
			"createGlipAdaptiveCardNew": ofWriter(world.HandleCreate),
			"getGlipAdaptiveCardNew":    ofMember(world.HandleRead),
			"updateGlipAdaptiveCardNew": ofWriter(ofCreator(updateCard)),
			"deleteGlipAdaptiveCardNew": ofWriter(ofCreator(removeCard)),
		},
		Owned: []string{kindCard},
	}
}

func createdCard(w *world.World, q *world.Request, t *world.Resource) *world.Problem {
	fillCard(w, t, q.Param("chatId"), q.User)
	addPost(w, q.Param("chatId"), q.User, world.Object{"type": "TextMessage",
		"attachments": []world.Object{attachment(t, "Card")}}, q.At)
	return nil
}

// fillCard sets the creator and the chat of a card.
func fillCard(w *world.World, t *world.Resource, chat, user string) {
	t.Doc["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json"
	t.Doc["creator"], t.Doc["chatIds"] = world.Object{"id": user}, []string{chat}
}

// updateCard replaces the content of a card.
func updateCard(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	members := world.Object{"lastModifiedTime": q.At}
	for _, name := range cardMembers {
		members[name] = q.Object()[name]
	}
	w.Update(q.Resource, members, q.At)
	for _, post := range carrying(w, q.Resource) {
		notifyPost(w, q.At, post, "PostChanged")
	}
	return w.ReplyResource(q, q.Resource), nil
}

func removeCard(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	for _, post := range carrying(w, q.Resource) {
		discardPost(w, post, q.At)
	}
	return world.HandleRemove(w, q)
}

// carrying returns the posts that contain the card.
func carrying(w *world.World, card *world.Resource) []*world.Resource {
	return slices.DeleteFunc(w.List(kindPost, world.NewParam("chatId", card.Parent("chatId"))),
		func(t *world.Resource) bool {
			attached := world.Children(t.Doc, "attachments")
			return len(attached) != 1 || attached[0]["id"] != card.ID
		})
}
