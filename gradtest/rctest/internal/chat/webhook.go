package chat

import (
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const kindHook = "incoming webhooks"

// chatWebhooks is the domain of incoming webhooks, which post into chats. What is sent to these addresses
// is not emulated.
func chatWebhooks() world.Domain {
	return world.Domain{
		Kinds:    map[string]string{Path + "/groups/{groupId}/webhooks": kindHook, Path + "/webhooks": kindHook},
		OnCreate: map[string]world.CreateHook{"createGlipGroupWebhookNew": createdHook},
		Lists:    map[string]world.Lister{"listGlipWebhooksNew": listHooks},
		Handlers: map[string]world.Handler{
			"listGlipGroupWebhooksNew":  ofMember(world.HandleList),
			"createGlipGroupWebhookNew": ofWriter(world.HandleCreate),
			"readGlipWebhookNew":        ofMember(readHook),
			"deleteGlipWebhookNew":      ofMember(world.HandleRemove),
			"activateGlipWebhookNew":    ofMember(turnHook("Active")),
			"suspendGlipWebhookNew":     ofMember(turnHook("Suspended")),
		},
		Owned: []string{kindHook},
	}
}

func createdHook(w *world.World, q *world.Request, t *world.Resource) *world.Problem {
	fillHook(w, t, q.Param("chatId"), q.User)
	return nil
}

// fillHook sets the creator, chat and URI of a webhook.
func fillHook(w *world.World, t *world.Resource, chat, user string) {
	t.Doc["uri"] = "https://hooks.example.com/webhook/v2/" + w.NewUUID()
	t.Doc["creatorId"], t.Doc["groupIds"], t.Doc["status"] = user, []string{chat}, "Active"
}

// readHook answers with a list of the one webhook, as the specification has it.
func readHook(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	return w.Reply(q, world.Object{"records": []world.Object{q.Resource.Doc}}, q.Path), nil
}

func turnHook(status string) world.Handler {
	return func(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
		w.Update(q.Resource, world.Object{"status": status, "lastModifiedTime": q.At}, q.At)
		return q.Empty(), nil
	}
}

// listHooks returns the webhooks of the chats that the user is a member of.
func listHooks(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	return slices.DeleteFunc(w.List(kindHook), func(t *world.Resource) bool {
		c := w.Get(kindChat, t.Parent("chatId"))
		return c == nil || !has(c, q.User)
	}), nil
}
