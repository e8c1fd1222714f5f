package chat

import (
	"maps"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// GlipPath is the address of team messaging in the edition of 2021. Its chats and their contents are the same.
const GlipPath = "/restapi/v1.0/glip"

// withGlip adds the operations below [GlipPath] to domains: each that differs from an operation of today only in its
// address is performed in the same way.
func withGlip(domains []world.Domain) []world.Domain {
	old := make(map[string]string) // id of today → id of 2021
	for _, op := range glipOperations() {
		if today, ok := rcapi.Match(op.Method, Path+strings.TrimPrefix(op.Path, GlipPath)); ok {
			old[today.ID] = op.ID
		}
	}
	for _, d := range domains {
		addOld(d.Handlers, old)
		addOld(d.OnCreate, old)
		addOld(d.OnUpdate, old)
		addOld(d.Lists, old)
		addOld(d.Before, old)
		addOldPaths(d.Kinds)
		addOldPaths(d.Filters)
		addOldPaths(d.Params)
		addOldPaths(d.Settings)
		addOldPaths(d.Content)
	}
	return append(domains, glipOnly())
}

// glipOperations returns the operations below [GlipPath].
func glipOperations() []rcapi.Operation {
	var out []rcapi.Operation
	for op := range rcapi.All() {
		if strings.HasPrefix(op.Path, GlipPath+"/") {
			out = append(out, op)
		}
	}
	return out
}

// addOld enters what is known of an operation under its old id too.
func addOld[V any](of map[string]V, old map[string]string) {
	for id, v := range maps.Clone(of) {
		if was := old[id]; was != "" {
			of[was] = v
		}
	}
}

// addOldPaths enters what is known of a template under its old address too.
func addOldPaths[V any](of map[string]V) {
	for template, v := range maps.Clone(of) {
		if rest, ok := strings.CutPrefix(template, Path+"/"); ok {
			of[GlipPath+"/"+rest] = v
		}
	}
}

// glipOnly is the domain of the operations that have no counterpart today: groups, which are chats in another form,
// posts that are addressed through a group or none, and marks of chats as read. Cards and preferences are not related
// to anything else.
func glipOnly() world.Domain {
	return world.Domain{
		Kinds: map[string]string{
			GlipPath + "/groups/{groupId}/posts": kindPost,
			GlipPath + "/posts":                  kindPost,
		},
		Lists: map[string]world.Lister{
			"listGlipGroups":     listGroups,
			"listGlipGroupPosts": listPosts,
			"listGlipPosts":      listAllPosts,
		},
		Handlers: map[string]world.Handler{
			"readGlipGroup":          ofVisible(replyGroup),
			"createGlipGroup":        createGroup,
			"assignGlipGroupMembers": ofMember(assignMembers),
			"listGlipGroupPosts":     ofMember(world.HandleList),
			"createGlipGroupPost":    ofWriter(createOldPost),
			"createPost":             createPostInGroup,
			"updateGlipPostText":     ofWriter(ofCreator(updatePostText)),
			"markChatRead":           ofMember(nothing),
			"markChatUnread":         ofMember(nothing),
		},
	}
}

// groupTypes are the names of chat types in 2021. The chat of the whole company is a team.
var groupTypes = map[string]string{
	chatEveryone: "Team", chatTeam: "Team", chatGroup: "Group", chatDirect: "PrivateChat", chatPersonal: "PersonalChat",
}

// group returns a chat in the form of a group.
func group(w *world.World, t *world.Resource) world.Object {
	members := memberIDs(t)
	if chatType(t) == chatEveryone {
		for _, p := range w.All(world.KindExtension) {
			members = append(members, p.ID)
		}
	}
	doc := world.Pick(t.Doc, "name", "description", "creationTime", "lastModifiedTime")
	doc["id"], doc["type"], doc["members"] = t.ID, groupTypes[chatType(t)], members
	doc["isPublic"] = t.Doc["public"] == true
	return doc
}

func replyGroup(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	return w.Reply(q, group(w, q.Resource), q.Path), nil
}

func listGroups(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	var out []*world.Resource
	for _, t := range w.List(kindChat) {
		g := &world.Resource{Kind: kindChat, ID: t.ID, Doc: group(w, t)}
		if has(t, q.User) && g.Meets(q) {
			out = append(out, g)
		}
	}
	return out, nil
}

// createGroup makes a team, or opens the conversation with the given members.
func createGroup(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	members, p := membersOf(w, q)
	if p != nil {
		return world.Reply{}, p
	}
	if !slices.Contains(members, q.User) {
		members = append([]string{q.User}, members...)
	}
	if len(members) > maxMembers && world.Text(q.Object(), "type") != chatTeam {
		return world.Reply{}, problemTooManyMembers.New(maxMembers)
	}
	if world.Text(q.Object(), "type") != chatTeam {
		t, _ := conversation(w, q, members)
		return w.Reply(q, group(w, t), q.Path), nil
	}
	if world.Text(q.Object(), "name") == "" {
		return world.Reply{}, world.Missing("name")
	}
	doc := world.Pick(q.Object(), "name", "description")
	doc["type"], doc["status"], doc["public"] = chatTeam, "Active", q.Object()["isPublic"] == true
	t := addChat(w, w.NewID(), doc, members, q.At)
	notifyChat(w, q.At, t, "GroupJoined")
	return w.Reply(q, group(w, t), q.Path), nil
}

// assignMembers adds and removes members of a team.
func assignMembers(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if chatType(q.Resource) != chatTeam {
		return world.Reply{}, world.NotPermitted("Only a team has members that can change")
	}
	members := memberIDs(q.Resource)
	add := func(e *world.Resource) {
		if !slices.Contains(members, e.ID) {
			members = append(members, e.ID)
		}
	}
	for _, id := range world.Texts(q.Object(), "addedPersonIds") {
		e := w.Get(world.KindExtension, id)
		if e == nil {
			return world.Reply{}, world.NotFoundInBody("addedPersonIds", id)
		}
		add(e)
	}
	for _, address := range world.Texts(q.Object(), "addedPersonEmails") {
		e := byEmail(w, address)
		if e == nil {
			return world.Reply{}, world.NotFoundInBody("addedPersonEmails", address)
		}
		add(e)
	}
	gone := world.Texts(q.Object(), "removedPersonIds")
	rest := slices.DeleteFunc(members, func(id string) bool { return slices.Contains(gone, id) })
	if _, p := enter(w, q, rest, "GroupJoined"); p != nil {
		return world.Reply{}, p
	}
	return replyGroup(w, q)
}

// createOldPost adds a post. Unlike today, attachments come with their contents; those become cards.
func createOldPost(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	body := q.Object()
	doc := world.Pick(body, "activity", "title", "iconUri", "iconEmoji")
	doc["type"], doc["text"] = "TextMessage", world.Text(body, "text")
	var attached []world.Object
	for _, a := range world.Children(body, "attachments") {
		a = maps.Clone(a)
		a["id"] = w.NewID()
		world.SetDefault(a, "type", "Card")
		attached = append(attached, a)
	}
	if attached != nil {
		doc["attachments"] = attached
	} else if world.Text(body, "text") == "" {
		return world.Reply{}, world.Missing("text")
	}
	if m := mentioned(w, world.Text(body, "text")); len(m) > 0 {
		doc["mentions"] = m
	}
	return w.ReplyResource(q, addPost(w, q.Param("chatId"), q.User, doc, q.At)), nil
}

// createPostInGroup adds a post to the chat that the body names.
func createPostInGroup(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	id, _ := world.Scalar(q.Object()["groupId"])
	if id == "" {
		return world.Reply{}, world.Missing("groupId")
	}
	c := w.Get(kindChat, id)
	if c == nil || !visible(c, q.User) {
		return world.Reply{}, world.NotFoundInBody("groupId", id)
	}
	q.Params = append(q.Params, world.NewParam("chatId", id))
	return ofWriter(createOldPost)(w, q)
}

// updatePostText replaces the text of a post by the body, which is plain text.
func updatePostText(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if len(q.Files) == 0 {
		return world.Reply{}, world.Missing("text")
	}
	w.Update(q.Resource, world.Object{"text": string(q.Files[0].Content), "lastModifiedTime": q.At}, q.At)
	notifyPost(w, q.At, q.Resource, "PostChanged")
	return world.Reply{Status: 200, Type: "text/plain", Body: q.Files[0].Content}, nil
}

// listAllPosts lists the posts of one chat of the user or of all.
func listAllPosts(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	wanted := q.Query.Get("groupId")
	var out []*world.Resource
	for _, t := range w.All(kindPost) {
		c := w.Get(kindChat, t.Parent("chatId"))
		if c != nil && has(c, q.User) && (wanted == "" || wanted == c.ID) {
			out = append(out, t)
		}
	}
	return out, nil
}

// nothing does nothing.
func nothing(_ *world.World, q *world.Request) (world.Reply, *world.Problem) { return q.Empty(), nil }
