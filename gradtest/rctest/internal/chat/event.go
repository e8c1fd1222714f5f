package chat

import (
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const kindEvent = "events of chats"

// calendarEvents is the domain of calendar events of users and chats.
func calendarEvents() world.Domain {
	return world.Domain{
		Kinds: map[string]string{Path + "/groups/{groupId}/events": kindEvent, Path + "/events": kindEvent},
		OnCreate: map[string]world.CreateHook{
			"createEventNew": createdEvent, "createEventByGroupIdNew": createdEvent,
		},
		Lists: map[string]world.Lister{"readGlipEventsNew": listEvents},
		Handlers: map[string]world.Handler{
			"createEventByGroupIdNew": ofWriter(createChatEvent),
			"listGroupEventsNew":      ofMember(lastEvent),
			"readEventNew":            ofEvent(world.HandleRead),
			"updateEventNew":          ofEvent(ofCreator(updateEvent)),
			"deleteEventNew":          ofEvent(ofCreator(world.HandleRemove)),
		},
		Owned: []string{kindEvent},
	}
}

// ofEvent restricts a handler to the user's own events and those of the user's chats.
func ofEvent(do world.Handler) world.Handler {
	return ofMember(func(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
		if t := q.Resource; t.Parent("chatId") == "" && t.Doc["creatorId"] != q.User {
			return world.Reply{}, world.NotFound("eventId", t.ID)
		}
		return do(w, q)
	})
}

func createdEvent(_ *world.World, q *world.Request, t *world.Resource) *world.Problem {
	from, to, p := eventTimes(t.Doc)
	if p != nil {
		return p
	}
	t.Doc["creatorId"], t.Doc["startTime"], t.Doc["endTime"] = q.User, from, to
	world.SetDefault(t.Doc, "allDay", false)
	world.SetDefault(t.Doc, "color", "Black")
	world.SetDefault(t.Doc, "recurrence", world.Object{"schedule": "None", "endingCondition": "None"})
	return nil
}

// eventTimes reads the start and end of an event. The end must not precede the start.
func eventTimes(doc world.Object) (from, to any, p *world.Problem) {
	start, ok := world.ParseTime(world.Text(doc, "startTime"))
	if !ok {
		return nil, nil, world.Invalid("startTime", world.Text(doc, "startTime"))
	}
	end, ok := world.ParseTime(world.Text(doc, "endTime"))
	if !ok || end.Before(start) {
		return nil, nil, world.Invalid("endTime", world.Text(doc, "endTime"))
	}
	return start, end, nil
}

// createChatEvent makes an event of a chat and posts it.
func createChatEvent(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	r, p := world.HandleCreate(w, q)
	if p == nil {
		all := w.All(kindEvent)
		addPost(w, q.Param("chatId"), q.User, world.Object{"type": "TextMessage",
			"attachments": []world.Object{attachment(all[len(all)-1], "Event")}}, q.At)
	}
	return r, p
}

// lastEvent answers with one event: the specification's answer to the list of a chat's events is a single one. Of a
// chat without events it is an object without members.
func lastEvent(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	for _, t := range slices.Backward(w.All(kindEvent)) {
		if t.Parent("chatId") == q.Param("chatId") {
			return w.ReplyResource(q, t), nil
		}
	}
	return w.Reply(q, world.Object{}, q.Path), nil
}

func updateEvent(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	from, to, p := eventTimes(q.Object())
	if p != nil {
		return world.Reply{}, p
	}
	members := world.Pick(q.Object(), "title", "allDay", "recurrence", "color", "location", "description")
	members["startTime"], members["endTime"], members["lastModifiedTime"] = from, to, q.At
	w.Update(q.Resource, members, q.At)
	return w.ReplyResource(q, q.Resource), nil
}

// listEvents returns the events that the user has created.
func listEvents(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	return slices.DeleteFunc(w.List(kindEvent), func(t *world.Resource) bool { return t.Doc["creatorId"] != q.User }), nil
}
