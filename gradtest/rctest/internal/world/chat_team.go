package world

import "slices"

// teams is the part of the world about what is done to teams.
func teams() domain {
	return domain{
		created: map[string]func(*World, *Request, *thing) *Problem{"createGlipTeamNew": createdTeam},
		actions: map[string]action{
			"readGlipTeamNew":          ofVisible(read),
			"patchGlipTeamNew":         ofMember(updateChat),
			"deleteGlipTeamNew":        ofMember(removeTeam),
			"addGlipTeamMembersNew":    ofMember(addMembers),
			"removeGlipTeamMembersNew": ofMember(removeMembers),
			"joinGlipTeamNew":          ofVisible(joinTeam),
			"leaveGlipTeamNew":         ofMember(leaveTeam),
			"archiveGlipTeamNew":       ofMember(archive("Archived")),
			"unarchiveGlipTeamNew":     ofMember(archive("Active")),
		},
	}
}

// createdTeam puts the one who asks into the team as well.
func createdTeam(w *World, q *Request, t *thing) *Problem {
	members, p := w.membersOf(q)
	if p != nil {
		return p
	}
	if !slices.Contains(members, q.User) {
		members = append([]string{q.User}, members...)
	}
	t.setMembers(members)
	t.doc["type"], t.doc["status"] = chatTeam, "Active"
	setDefault(t.doc, "public", false)
	w.tellOfChat(q.At, t, "GroupJoined")
	return nil
}

// updateChat changes what a chat says of itself, and nothing else.
func updateChat(w *World, q *Request) (Reply, *Problem) {
	members := picked(q.body(), "name", "description", "public")
	members["lastModifiedTime"] = q.At
	w.update(q.thing, members, q.At)
	w.tellOfChat(q.At, q.thing, "GroupChanged")
	return w.replyThing(q, q.thing), nil
}

// removeTeam removes the team with all that lies in it.
func removeTeam(w *World, q *Request) (Reply, *Problem) {
	w.tellOfChat(q.At, q.thing, "GroupLeft")
	return remove(w, q)
}

// enter changes who is in a team.
func (w *World) enter(q *Request, members []string, event string) (Reply, *Problem) {
	was := q.thing.memberIDs()
	if event == "GroupLeft" {
		w.tellOfChat(q.At, q.thing, event)
	}
	q.thing.setMembers(members)
	w.update(q.thing, Object{"lastModifiedTime": q.At}, q.At)
	var added []string
	for _, id := range members {
		if !slices.Contains(was, id) {
			added = append(added, id)
		}
	}
	if event == "GroupJoined" {
		w.tellOfChat(q.At, q.thing, event)
		if len(added) > 0 {
			kind := "PersonsAdded"
			if len(added) == 1 && added[0] == q.User {
				kind = "PersonJoined"
			}
			w.addPost(q.thing.id, q.User, Object{"type": kind, "addedPersonIds": added}, q.At)
		}
	}
	return q.empty(), nil
}

func addMembers(w *World, q *Request) (Reply, *Problem) {
	added, p := w.membersOf(q)
	if p != nil {
		return Reply{}, p
	}
	members := q.thing.memberIDs()
	for _, id := range added {
		if !slices.Contains(members, id) {
			members = append(members, id)
		}
	}
	return w.enter(q, members, "GroupJoined")
}

func removeMembers(w *World, q *Request) (Reply, *Problem) {
	gone, p := w.membersOf(q)
	if p != nil {
		return Reply{}, p
	}
	rest := slices.DeleteFunc(q.thing.memberIDs(), func(id string) bool { return slices.Contains(gone, id) })
	return w.enter(q, rest, "GroupLeft")
}

func joinTeam(w *World, q *Request) (Reply, *Problem) {
	if q.thing.has(q.User) {
		return q.empty(), nil
	}
	return w.enter(q, append(q.thing.memberIDs(), q.User), "GroupJoined")
}

func leaveTeam(w *World, q *Request) (Reply, *Problem) {
	rest := slices.DeleteFunc(q.thing.memberIDs(), func(id string) bool { return id == q.User })
	return w.enter(q, rest, "GroupLeft")
}

// archive closes a team for posts, or opens it again.
func archive(status string) action {
	return func(w *World, q *Request) (Reply, *Problem) {
		w.update(q.thing, Object{"status": status, "lastModifiedTime": q.At}, q.At)
		w.tellOfChat(q.At, q.thing, "GroupChanged")
		return q.empty(), nil
	}
}
