package chat

import (
	"regexp"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const (
	kindPost       = "posts"
	kindPostThread = "threads of posts"
)

// posts is the domain of posts in chats.
func posts() world.Domain {
	return world.Domain{
		Kinds: map[string]string{
			Path + "/chats/{chatId}/posts":                    kindPost,
			Path + "/chats/{chatId}/threads":                  kindPostThread,
			Path + "/chats/{chatId}/threads/{threadId}/posts": kindPost,
		},
		Lists: map[string]world.Lister{
			"readGlipPostsNew":       listPosts,
			"readGlipThreadPostsNew": listPosts,
		},
		Handlers: map[string]world.Handler{
			"readGlipPostsNew":       ofMember(world.HandleList),
			"readGlipThreadPostsNew": ofMember(world.HandleList),
			"readGlipPostNew":        ofMember(world.HandleRead),
			"createGlipPostNew":      ofWriter(createPost),
			"patchGlipPostNew":       ofWriter(ofCreator(updatePost)),
			"deleteGlipPostNew":      ofWriter(ofCreator(removePost)),
		},
		Owned: []string{kindPost, kindPostThread},
	}
}

// ofCreator restricts a handler to items that the user has created.
func ofCreator(do world.Handler) world.Handler {
	return func(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
		creator := world.Text(q.Resource.Doc, "creatorId")
		if creator == "" {
			creator = world.Text(world.Child(q.Resource.Doc, "creator"), "id")
		}
		if creator != q.User {
			return world.Reply{}, world.NotPermitted("Only extension " + creator + ", who has made it, can change it")
		}
		return do(w, q)
	}
}

// addPost adds a post to a chat, which is used by that.
func addPost(w *world.World, chat, user string, doc world.Object, at time.Time) *world.Resource {
	t := &world.Resource{Kind: kindPost, ID: w.NewID(), Parents: []world.Param{world.NewParam("chatId", chat)}, Doc: doc}
	doc["groupId"], doc["creatorId"], doc["creationTime"], doc["lastModifiedTime"] = chat, user, at, at
	w.Add(t, at)
	if doc["threadId"] == nil { // each post that is no reply begins a thread
		w.Add(&world.Resource{Kind: kindPostThread, ID: t.ID, Parents: t.Parents}, at)
	}
	if c := w.Get(kindChat, chat); c != nil {
		w.Update(c, world.Object{"lastModifiedTime": at}, at)
	}
	notifyPost(w, at, t, "PostAdded")
	return t
}

func createPost(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	body := q.Object()
	doc := world.Object{"type": "TextMessage", "text": world.Text(body, "text")}
	attached, p := attachments(w, q)
	switch {
	case p != nil:
		return world.Reply{}, p
	case len(attached) > 0:
		doc["attachments"] = attached
	case world.Text(body, "text") == "":
		return world.Reply{}, world.Missing("text")
	}
	if m := mentioned(w, world.Text(body, "text")); len(m) > 0 {
		doc["mentions"] = m
	}
	if p := join(w, q, doc); p != nil {
		return world.Reply{}, p
	}
	return w.ReplyResource(q, addPost(w, q.Param("chatId"), q.User, doc, q.At)), nil
}

// join puts a new post into the thread that the request names, or into the one below the post that it names, which
// begins now if there was none.
func join(w *world.World, q *world.Request, doc world.Object) *world.Problem {
	in := world.NewParam("chatId", q.Param("chatId"))
	thread, parent := world.Text(q.Object(), "threadId"), world.Text(q.Object(), "parentPostId")
	if parent != "" {
		t := w.Get(kindPost, parent, in)
		if t == nil {
			return world.NotFoundInBody("parentPostId", parent)
		}
		own := world.Text(t.Doc, "threadId")
		if own == "" { // the thread has been there since the post was made
			own = t.ID
			w.Update(t, world.Object{"threadId": own, "isParent": true}, q.At)
		}
		if thread != "" && thread != own {
			return world.NotFoundInBody("threadId", thread)
		}
		doc["parentPostId"], doc["threadId"] = parent, own
		return nil
	}
	if thread != "" {
		if w.Get(kindPostThread, thread, in) == nil {
			return world.NotFoundInBody("threadId", thread)
		}
		doc["threadId"] = thread
		for _, t := range w.List(kindPost, in) {
			if t.Doc["threadId"] == thread && t.Doc["isParent"] == true {
				doc["parentPostId"] = t.ID
			}
		}
	}
	return nil
}

// attachable are the kinds of what can be attached to a post, by the type that the request gives.
var attachable = map[string]string{"File": kindFile, "Note": kindNote, "Event": kindEvent, "Task": kindTask,
	"Card": kindCard}

// attachments is what the request attaches, as the post shows it.
func attachments(w *world.World, q *world.Request) ([]world.Object, *world.Problem) {
	var out []world.Object
	for _, a := range world.Children(q.Object(), "attachments") {
		id, _ := world.Scalar(a["id"])
		kind := world.Text(a, "type")
		if kind == "" {
			kind = "File"
		}
		t := w.Get(attachable[kind], id)
		if t == nil {
			return nil, world.NotFoundInBody("attachments.id", id)
		}
		out = append(out, attachment(t, kind))
	}
	return out, nil
}

// attachment returns the representation of an item as an attachment of a post.
func attachment(t *world.Resource, kind string) world.Object {
	out := world.Pick(t.Doc, "contentUri", "name", "title", "startTime", "endTime", "allDay", "color", "location",
		"description", "creatorId", "recurrence")
	out["id"], out["type"] = t.ID, kind
	if s := world.Text(t.Doc, "subject"); s != "" {
		out["title"] = s
	}
	return out
}

// mention matches a mention in a text: ![:Person](123).
var mention = regexp.MustCompile(`!\[:(Person|Team|File|Link|Event|Task|Note|Card)\]\(([^()\s]{1,64})\)`)

// mentioned returns the items that a text mentions.
func mentioned(w *world.World, s string) []world.Object {
	var out []world.Object
	for _, m := range mention.FindAllStringSubmatch(s, 100) {
		o := world.Object{"type": m[1], "id": m[2]}
		kind := map[string]string{"Person": world.KindExtension, "Team": kindChat}[m[1]]
		if kind == "" {
			kind = attachable[m[1]]
		}
		if t := w.Get(kind, m[2]); t != nil {
			for _, name := range []string{"name", "title", "subject"} {
				if v := world.Text(t.Doc, name); v != "" {
					o["name"] = v
					break
				}
			}
		}
		out = append(out, o)
	}
	return out
}

// updatePost changes the text of a post.
func updatePost(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	members := world.Pick(q.Object(), "text")
	members["lastModifiedTime"] = q.At
	if s, ok := members["text"].(string); ok {
		members["mentions"] = mentioned(w, s)
	}
	w.Update(q.Resource, members, q.At)
	notifyPost(w, q.At, q.Resource, "PostChanged")
	return w.ReplyResource(q, q.Resource), nil
}

// removePost removes a post. A thread ends with its last post.
func removePost(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	discardPost(w, q.Resource, q.At)
	return q.Empty(), nil
}

func discardPost(w *world.World, t *world.Resource, at time.Time) {
	notifyPost(w, at, t, "PostRemoved")
	w.Remove(t, at)
	thread := world.Text(t.Doc, "threadId")
	if thread == "" {
		thread = t.ID
	}
	if slices.ContainsFunc(w.List(kindPost, world.NewParam("chatId", t.Parent("chatId"))),
		func(o *world.Resource) bool { return o.Doc["threadId"] == thread }) {
		return
	}
	if end := w.Get(kindPostThread, thread); end != nil {
		w.Remove(end, at)
	}
}

// listPosts returns the posts of a chat or of a thread.
func listPosts(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	thread := q.Param("threadId")
	out := slices.DeleteFunc(w.List(kindPost, world.NewParam("chatId", q.Param("chatId"))), func(t *world.Resource) bool {
		return thread != "" && t.Doc["threadId"] != thread && t.ID != thread
	})
	return out, nil
}
