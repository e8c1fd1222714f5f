package world

import "slices"

const kindHook = "incoming webhooks"

// chatWebhooks is the part of the world about addresses by which others post into chats. What is sent to these addresses
// is not emulated.
func chatWebhooks() domain {
	return domain{
		kinds:   map[string]string{chatPath + "/groups/{groupId}/webhooks": kindHook, chatPath + "/webhooks": kindHook},
		created: map[string]func(*World, *Request, *thing) *Problem{"createGlipGroupWebhookNew": createdHook},
		lists:   map[string]func(*World, *Request) ([]*thing, *Problem){"listGlipWebhooksNew": listHooks},
		actions: map[string]action{
			"listGlipGroupWebhooksNew":  ofMember(replyList),
			"createGlipGroupWebhookNew": ofWriter(create),
			"readGlipWebhookNew":        ofMember(readHook),
			"deleteGlipWebhookNew":      ofMember(remove),
			"activateGlipWebhookNew":    ofMember(turnHook("Active")),
			"suspendGlipWebhookNew":     ofMember(turnHook("Suspended")),
		},
		own: []string{kindHook},
	}
}

func createdHook(w *World, q *Request, t *thing) *Problem {
	w.dressHook(t, q.param("chatId"), q.User)
	return nil
}

// dressHook says whose a webhook is, and by which address it is called.
func (w *World) dressHook(t *thing, chat, user string) {
	t.doc["uri"] = "https://hooks.example.com/webhook/v2/" + w.newUUID()
	t.doc["creatorId"], t.doc["groupIds"], t.doc["status"] = user, []string{chat}, "Active"
}

// readHook answers with a list of the one webhook, as the specification has it.
func readHook(w *World, q *Request) (Reply, *Problem) {
	return w.reply(q, Object{"records": []Object{q.thing.doc}}, q.Path), nil
}

func turnHook(status string) action {
	return func(w *World, q *Request) (Reply, *Problem) {
		w.update(q.thing, Object{"status": status, "lastModifiedTime": q.At}, q.At)
		return q.empty(), nil
	}
}

// listHooks is those of the chats that the user is in.
func listHooks(w *World, q *Request) ([]*thing, *Problem) {
	return slices.DeleteFunc(w.list(kindHook), func(t *thing) bool {
		c := w.get(kindChat, t.within("chatId"))
		return c == nil || !c.has(q.User)
	}), nil
}
