package world

import "slices"

const kindEvent = "events of chats"

// calendarEvents is the part of the world about what a user or a chat plans.
func calendarEvents() domain {
	return domain{
		kinds: map[string]string{chatPath + "/groups/{groupId}/events": kindEvent, chatPath + "/events": kindEvent},
		created: map[string]func(*World, *Request, *thing) *Problem{
			"createEventNew": createdEvent, "createEventByGroupIdNew": createdEvent,
		},
		lists: map[string]func(*World, *Request) ([]*thing, *Problem){"readGlipEventsNew": listEvents},
		actions: map[string]action{
			"createEventByGroupIdNew": ofWriter(createChatEvent),
			"listGroupEventsNew":      ofMember(lastEvent),
			"readEventNew":            ofEvent(read),
			"updateEventNew":          ofEvent(ofCreator(updateEvent)),
			"deleteEventNew":          ofEvent(ofCreator(remove)),
		},
		own: []string{kindEvent},
	}
}

// ofEvent lets an action see the user's own events and those of the user's chats.
func ofEvent(do action) action {
	return ofMember(func(w *World, q *Request) (Reply, *Problem) {
		if t := q.thing; t.within("chatId") == "" && t.doc["creatorId"] != q.User {
			return Reply{}, unknown("eventId", t.id)
		}
		return do(w, q)
	})
}

func createdEvent(_ *World, q *Request, t *thing) *Problem {
	from, to, p := eventTimes(t.doc)
	if p != nil {
		return p
	}
	t.doc["creatorId"], t.doc["startTime"], t.doc["endTime"] = q.User, from, to
	setDefault(t.doc, "allDay", false)
	setDefault(t.doc, "color", "Black")
	return nil
}

// eventTimes reads when an event is. It does not end before it begins.
func eventTimes(doc Object) (from, to any, p *Problem) {
	start, ok := momentOf(text(doc, "startTime"))
	if !ok {
		return nil, nil, invalid("startTime", text(doc, "startTime"))
	}
	end, ok := momentOf(text(doc, "endTime"))
	if !ok || end.Before(start) {
		return nil, nil, invalid("endTime", text(doc, "endTime"))
	}
	return start, end, nil
}

// createChatEvent makes an event of a chat and posts it.
func createChatEvent(w *World, q *Request) (Reply, *Problem) {
	r, p := create(w, q)
	if p == nil {
		all := w.all(kindEvent)
		w.addPost(q.param("chatId"), q.User, Object{"type": "TextMessage", "attachments": []Object{attachment(all[len(all)-1], "Event")}}, q.At)
	}
	return r, p
}

// lastEvent answers with one event: the specification's answer to the list of a chat's events is a single one. Of a chat without
// events it is an object without members.
func lastEvent(w *World, q *Request) (Reply, *Problem) {
	for _, t := range slices.Backward(w.all(kindEvent)) {
		if t.within("chatId") == q.param("chatId") {
			return w.replyThing(q, t), nil
		}
	}
	return w.reply(q, Object{}, q.Path), nil
}

func updateEvent(w *World, q *Request) (Reply, *Problem) {
	from, to, p := eventTimes(q.body())
	if p != nil {
		return Reply{}, p
	}
	members := picked(q.body(), "title", "allDay", "recurrence", "color", "location", "description")
	members["startTime"], members["endTime"], members["lastModifiedTime"] = from, to, q.At
	w.update(q.thing, members, q.At)
	return w.replyThing(q, q.thing), nil
}

// listEvents is those that the user has made.
func listEvents(w *World, q *Request) ([]*thing, *Problem) {
	return slices.DeleteFunc(w.list(kindEvent), func(t *thing) bool { return t.doc["creatorId"] != q.User }), nil
}
