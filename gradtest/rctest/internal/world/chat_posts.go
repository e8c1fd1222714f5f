package world

import (
	"regexp"
	"slices"
	"time"
)

const (
	kindPost       = "posts"
	kindPostThread = "threads of posts"
)

// posts is the part of the world about what is said in chats.
func posts() domain {
	return domain{
		kinds: map[string]string{
			chatPath + "/chats/{chatId}/posts":                    kindPost,
			chatPath + "/chats/{chatId}/threads":                  kindPostThread,
			chatPath + "/chats/{chatId}/threads/{threadId}/posts": kindPost,
		},
		lists: map[string]func(*World, *Request) ([]*thing, *Problem){
			"readGlipPostsNew":       listPosts,
			"readGlipThreadPostsNew": listPosts,
		},
		actions: map[string]action{
			"readGlipPostsNew":       ofMember(replyList),
			"readGlipThreadPostsNew": ofMember(replyList),
			"readGlipPostNew":        ofMember(read),
			"createGlipPostNew":      ofWriter(createPost),
			"patchGlipPostNew":       ofWriter(ofCreator(updatePost)),
			"deleteGlipPostNew":      ofWriter(ofCreator(removePost)),
		},
		own: []string{kindPost, kindPostThread},
	}
}

// ofCreator lets an action see what the user has made.
func ofCreator(do action) action {
	return func(w *World, q *Request) (Reply, *Problem) {
		creator := text(q.thing.doc, "creatorId")
		if creator == "" {
			creator = text(object(q.thing.doc, "creator"), "id")
		}
		if creator != q.User {
			return Reply{}, notYours("Only extension " + creator + ", who has made it, can change it")
		}
		return do(w, q)
	}
}

// addPost adds a post to a chat, which is used by that.
func (w *World) addPost(chat, user string, doc Object, at time.Time) *thing {
	t := &thing{kind: kindPost, id: w.newID(), in: []Param{{"chatId", chat}}, doc: doc}
	doc["groupId"], doc["creatorId"], doc["creationTime"], doc["lastModifiedTime"] = chat, user, at, at
	w.add(t, at)
	if c := w.get(kindChat, chat); c != nil {
		w.update(c, Object{"lastModifiedTime": at}, at)
	}
	w.tellOfPost(at, t, "PostAdded")
	return t
}

func createPost(w *World, q *Request) (Reply, *Problem) {
	body := q.body()
	doc := Object{"type": "TextMessage", "text": text(body, "text")}
	attached, p := w.attachments(q)
	switch {
	case p != nil:
		return Reply{}, p
	case len(attached) > 0:
		doc["attachments"] = attached
	case text(body, "text") == "":
		return Reply{}, missing("text")
	}
	if m := mentioned(w, text(body, "text")); len(m) > 0 {
		doc["mentions"] = m
	}
	if p := w.join(q, doc); p != nil {
		return Reply{}, p
	}
	return w.replyThing(q, w.addPost(q.param("chatId"), q.User, doc, q.At)), nil
}

// join puts a new post into the thread that the request names, or into the one below the post that it names, which begins now if
// there was none.
func (w *World) join(q *Request, doc Object) *Problem {
	in := Param{"chatId", q.param("chatId")}
	thread, parent := text(q.body(), "threadId"), text(q.body(), "parentPostId")
	if parent != "" {
		t := w.get(kindPost, parent, in)
		if t == nil {
			return unknownInBody("parentPostId", parent)
		}
		own := text(t.doc, "threadId")
		if own == "" {
			own = w.add(&thing{kind: kindPostThread, id: w.newID(), in: []Param{in}}, q.At).id
			w.update(t, Object{"threadId": own, "isParent": true}, q.At)
		}
		if thread != "" && thread != own {
			return unknownInBody("threadId", thread)
		}
		doc["parentPostId"], doc["threadId"] = parent, own
		return nil
	}
	if thread != "" {
		if w.get(kindPostThread, thread, in) == nil {
			return unknownInBody("threadId", thread)
		}
		doc["threadId"] = thread
		for _, t := range w.list(kindPost, in) {
			if t.doc["threadId"] == thread && t.doc["isParent"] == true {
				doc["parentPostId"] = t.id
			}
		}
	}
	return nil
}

// attachable are the kinds of what can be attached to a post, by the type that the request gives.
var attachable = map[string]string{"File": kindFile, "Note": kindNote, "Event": kindEvent, "Task": kindTask, "Card": kindCard}

// attachments is what the request attaches, as the post shows it.
func (w *World) attachments(q *Request) ([]Object, *Problem) {
	var out []Object
	for _, a := range objects(q.body(), "attachments") {
		id, _ := scalar(a["id"])
		kind := text(a, "type")
		if kind == "" {
			kind = "File"
		}
		t := w.get(attachable[kind], id)
		if t == nil {
			return nil, unknownInBody("attachments.id", id)
		}
		out = append(out, attachment(t, kind))
	}
	return out, nil
}

// attachment is how a post speaks of something else.
func attachment(t *thing, kind string) Object {
	out := picked(t.doc, "contentUri", "name", "title", "startTime", "endTime", "allDay", "color", "location", "description", "creatorId", "recurrence")
	out["id"], out["type"] = t.id, kind
	if s := text(t.doc, "subject"); s != "" {
		out["title"] = s
	}
	return out
}

// mention is how a text speaks of something: ![:Person](123).
var mention = regexp.MustCompile(`!\[:(Person|Team|File|Link|Event|Task|Note|Card)\]\(([^()\s]{1,64})\)`)

// mentioned is what a text speaks of.
func mentioned(w *World, s string) []Object {
	var out []Object
	for _, m := range mention.FindAllStringSubmatch(s, 100) {
		o := Object{"type": m[1], "id": m[2]}
		kind := map[string]string{"Person": kindExtension, "Team": kindChat}[m[1]]
		if kind == "" {
			kind = attachable[m[1]]
		}
		if t := w.get(kind, m[2]); t != nil {
			for _, name := range []string{"name", "title", "subject"} {
				if v := text(t.doc, name); v != "" {
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
func updatePost(w *World, q *Request) (Reply, *Problem) {
	members := picked(q.body(), "text")
	members["lastModifiedTime"] = q.At
	if s, ok := members["text"].(string); ok {
		members["mentions"] = mentioned(w, s)
	}
	w.update(q.thing, members, q.At)
	w.tellOfPost(q.At, q.thing, "PostChanged")
	return w.replyThing(q, q.thing), nil
}

// removePost removes a post. A thread ends with its last post.
func removePost(w *World, q *Request) (Reply, *Problem) {
	w.discardPost(q.thing, q.At)
	return q.empty(), nil
}

func (w *World) discardPost(t *thing, at time.Time) {
	w.tellOfPost(at, t, "PostRemoved")
	w.remove(t, at)
	thread := text(t.doc, "threadId")
	if thread == "" || slices.ContainsFunc(w.list(kindPost, Param{"chatId", t.within("chatId")}), func(o *thing) bool { return o.doc["threadId"] == thread }) {
		return
	}
	if end := w.get(kindPostThread, thread); end != nil {
		w.remove(end, at)
	}
}

// listPosts is those of a chat, or of a thread, the newest first.
func listPosts(w *World, q *Request) ([]*thing, *Problem) {
	thread := q.param("threadId")
	out := slices.DeleteFunc(w.list(kindPost, Param{"chatId", q.param("chatId")}), func(t *thing) bool {
		return thread != "" && t.doc["threadId"] != thread
	})
	slices.Reverse(out)
	return out, nil
}
