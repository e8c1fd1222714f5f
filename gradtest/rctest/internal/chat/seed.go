package chat

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// seedTeam fills a team with initial content: a question, an answer in a thread, and one item of each kind that a chat
// can contain.
func seedTeam(w *world.World, team *world.Resource, user string) {
	at := w.Config.Now.Add(-time.Hour)
	in := []world.Param{world.NewParam("chatId", team.ID)}
	by := world.Object{"id": user}
	put := func(kind string, doc world.Object) *world.Resource {
		doc["creationTime"], doc["lastModifiedTime"] = at, at
		return w.Add(&world.Resource{Kind: kind, ID: w.NewID(), Parents: in, Doc: doc}, at)
	}
	thread := put(kindPostThread, world.Object{})
	asked := addPost(w, team.ID, user, world.Object{"type": "TextMessage", "text": "Who is on duty today?",
		"isParent": true, "threadId": thread.ID}, at)
	addPost(w, team.ID, user, world.Object{"type": "TextMessage", "text": "I am", "parentPostId": asked.ID,
		"threadId": thread.ID}, at.Add(time.Minute))
	put(kindNote, world.Object{
		"title": "Hours", "body": "Monday to Friday, nine to five", "preview": "Monday to Friday, nine to five",
		"type": "Note", "status": "Active",
		"chatIds": []string{team.ID}, "creator": by, "lastModifiedBy": by,
	})
	put(kindTask, world.Object{
		"subject": "Call back", "type": "Task", "status": "Pending", "chatIds": []string{team.ID}, "creator": by,
		"color":                 "Black",
		"completenessCondition": "Simple", "assignees": []world.Object{{"id": user, "status": "Pending"}},
	})
	tomorrow := w.Config.Now.Truncate(24 * time.Hour).Add(33 * time.Hour)
	standUp := put(kindEvent, world.Object{"title": "Stand-up", "creatorId": user, "startTime": tomorrow,
		"endTime": tomorrow.Add(15 * time.Minute), "allDay": false, "color": "Green",
		"recurrence": world.Object{"schedule": "Weekday", "endingCondition": "None"}, "location": "Room 1",
		"description": "What each of us works on"})
	fillHook(w, put(kindHook, world.Object{}), team.ID, user)
	card := put(kindCard, world.Object{"type": "AdaptiveCard", "version": "1.3", "body": []world.Object{
		{"type": "Container", "items": []world.Object{{"type": "TextBlock", "text": "Three calls are waiting"}}},
	}})
	fillCard(w, card, team.ID, user)
	export := &world.Resource{Kind: kindExport, ID: w.NewID(), Doc: world.Object{"status": "Accepted", "creator": by,
		"creationTime": at, "lastModifiedTime": at}}
	export.Doc["uri"] = Path + "/data-export/" + export.ID
	w.Add(export, at)
	addPost(w, team.ID, user, world.Object{"type": "TextMessage", "attachments": []world.Object{attachment(card, "Card")}},
		at.Add(2*time.Minute))
	invitation := "See you at the stand-up, ![:Person](" + user + ")"
	said := addPost(w, team.ID, user, world.Object{"type": "TextMessage", "text": invitation,
		"mentions":    mentioned(w, invitation),
		"attachments": []world.Object{attachment(standUp, "Event")}}, at.Add(3*time.Minute))
	favourite(w, user, team.ID, said.Created)
}
