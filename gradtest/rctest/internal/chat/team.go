package chat

import (
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// teams is the domain of teams.
func teams() world.Domain {
	return world.Domain{
		OnCreate: map[string]world.CreateHook{"createGlipTeamNew": createdTeam},
		Handlers: map[string]world.Handler{
			"readGlipTeamNew":          ofVisible(world.HandleRead),
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

// createdTeam also adds the requesting user to the team.
func createdTeam(w *world.World, q *world.Request, t *world.Resource) *world.Problem {
	members, p := membersOf(w, q)
	if p != nil {
		return p
	}
	if !slices.Contains(members, q.User) {
		members = append([]string{q.User}, members...)
	}
	setMembers(t, members)
	t.Doc["type"], t.Doc["status"] = chatTeam, "Active"
	world.SetDefault(t.Doc, "public", false)
	notifyChat(w, q.At, t, "GroupJoined")
	return nil
}

// updateChat changes the name, description and visibility of a chat.
func updateChat(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	members := world.Pick(q.Object(), "name", "description", "public")
	members["lastModifiedTime"] = q.At
	w.Update(q.Resource, members, q.At)
	notifyChat(w, q.At, q.Resource, "GroupChanged")
	return w.ReplyResource(q, q.Resource), nil
}

// removeTeam removes the team with all that lies in it.
func removeTeam(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	notifyChat(w, q.At, q.Resource, "GroupLeft")
	return world.HandleRemove(w, q)
}

// enter changes the members of a team.
func enter(w *world.World, q *world.Request, members []string, event string) (world.Reply, *world.Problem) {
	was := memberIDs(q.Resource)
	if event == "GroupLeft" {
		notifyChat(w, q.At, q.Resource, event)
	}
	setMembers(q.Resource, members)
	w.Update(q.Resource, world.Object{"lastModifiedTime": q.At}, q.At)
	var added []string
	for _, id := range members {
		if !slices.Contains(was, id) {
			added = append(added, id)
		}
	}
	if event == "GroupJoined" {
		notifyChat(w, q.At, q.Resource, event)
		if len(added) > 0 {
			kind := "PersonsAdded"
			if len(added) == 1 && added[0] == q.User {
				kind = "PersonJoined"
			}
			addPost(w, q.Resource.ID, q.User, world.Object{"type": kind, "addedPersonIds": added}, q.At)
		}
	}
	return q.Empty(), nil
}

func addMembers(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	added, p := membersOf(w, q)
	if p != nil {
		return world.Reply{}, p
	}
	members := memberIDs(q.Resource)
	for _, id := range added {
		if !slices.Contains(members, id) {
			members = append(members, id)
		}
	}
	return enter(w, q, members, "GroupJoined")
}

func removeMembers(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	gone, p := membersOf(w, q)
	if p != nil {
		return world.Reply{}, p
	}
	rest := slices.DeleteFunc(memberIDs(q.Resource), func(id string) bool { return slices.Contains(gone, id) })
	return enter(w, q, rest, "GroupLeft")
}

func joinTeam(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if has(q.Resource, q.User) {
		return q.Empty(), nil
	}
	return enter(w, q, append(memberIDs(q.Resource), q.User), "GroupJoined")
}

func leaveTeam(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	rest := slices.DeleteFunc(memberIDs(q.Resource), func(id string) bool { return id == q.User })
	return enter(w, q, rest, "GroupLeft")
}

// archive closes a team for posts, or opens it again.
func archive(status string) world.Handler {
	return func(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
		w.Update(q.Resource, world.Object{"status": status, "lastModifiedTime": q.At}, q.At)
		notifyChat(w, q.At, q.Resource, "GroupChanged")
		return q.Empty(), nil
	}
}
