package world

import "time"

// startTeam is what has happened in a team before: somebody has asked, somebody has answered in a thread, and there is one
// of everything that can lie in a chat.
func (w *World) startTeam(team *thing, user string) {
	at := w.cfg.Now.Add(-time.Hour)
	in := []Param{{"chatId", team.id}}
	by := Object{"id": user}
	put := func(kind string, doc Object) *thing {
		doc["creationTime"], doc["lastModifiedTime"] = at, at
		return w.add(&thing{kind: kind, id: w.newID(), in: in, doc: doc}, at)
	}
	thread := put(kindPostThread, Object{})
	asked := w.addPost(team.id, user, Object{"type": "TextMessage", "text": "Who is on duty today?", "isParent": true, "threadId": thread.id}, at)
	w.addPost(team.id, user, Object{"type": "TextMessage", "text": "I am", "parentPostId": asked.id, "threadId": thread.id}, at.Add(time.Minute))
	put(kindNote, Object{
		"title": "Hours", "body": "Monday to Friday, nine to five", "preview": "Monday to Friday, nine to five", "type": "Note", "status": "Active",
		"chatIds": []string{team.id}, "creator": by, "lastModifiedBy": by,
	})
	put(kindTask, Object{
		"subject": "Call back", "type": "Task", "status": "Pending", "chatIds": []string{team.id}, "creator": by, "color": "Black",
		"completenessCondition": "Simple", "assignees": []Object{{"id": user, "status": "Pending"}},
	})
	tomorrow := w.cfg.Now.Truncate(24 * time.Hour).Add(33 * time.Hour)
	put(kindEvent, Object{"title": "Stand-up", "creatorId": user, "startTime": tomorrow, "endTime": tomorrow.Add(15 * time.Minute), "allDay": false, "color": "Green"})
	w.dressHook(put(kindHook, Object{}), team.id, user)
	card := put(kindCard, Object{"type": "AdaptiveCard", "version": "1.3", "body": []Object{
		{"type": "Container", "items": []Object{{"type": "TextBlock", "text": "Three calls are waiting"}}},
	}})
	w.dressCard(card, team.id, user)
	export := &thing{kind: kindExport, id: w.newID(), doc: Object{"status": "Accepted", "creator": by, "creationTime": at, "lastModifiedTime": at}}
	export.doc["uri"] = chatPath + "/data-export/" + export.id
	w.add(export, at)
	w.addPost(team.id, user, Object{"type": "TextMessage", "attachments": []Object{attachment(card, "Card")}}, at.Add(2*time.Minute))
	said := w.addPost(team.id, user, Object{"type": "TextMessage", "text": "Thank you"}, at.Add(3*time.Minute))
	w.favourite(user, team.id, said.made)
}
