package world

const kindFile = "files of chats"

// chatFiles is the part of the world about files for chats. They are not read back: the catalogue has no operation for
// that, and their addresses are not served.
func chatFiles() domain {
	return domain{
		actions: map[string]action{"createGlipFileNew": uploadFiles},
		own:     []string{kindFile},
	}
}

// uploadFiles keeps the files of a request, and posts them if a chat is named.
func uploadFiles(w *World, q *Request) (Reply, *Problem) {
	if len(q.Files) == 0 {
		return Reply{}, missing("body")
	}
	chat := q.Query.Get("groupId")
	if chat != "" {
		c := w.get(kindChat, chat)
		switch {
		case c == nil || !c.visible(q.User):
			return Reply{}, unknownInBody("groupId", chat)
		case !c.has(q.User):
			return Reply{}, notYours("Chat " + chat + " is one of others: join it first")
		case c.doc["status"] == "Archived":
			return Reply{}, notNow("Team " + chat + " is archived: unarchive it first")
		}
	}
	var out, attached []Object
	for i, f := range q.Files {
		name := f.Name
		if given := q.Query.Get("name"); given != "" && i == 0 {
			name = given
		}
		t := w.addFile(name, f, q)
		out, attached = append(out, t.doc), append(attached, attachment(t, "File"))
	}
	if chat != "" {
		w.addPost(chat, q.User, Object{"type": "TextMessage", "attachments": attached}, q.At)
	}
	return w.reply(q, out, q.Path), nil
}

func (w *World) addFile(name string, f File, q *Request) *thing {
	if name == "" {
		name = "file"
	}
	t := &thing{kind: kindFile, id: w.newID(), files: []File{f}}
	t.doc = Object{"name": name, "contentUri": chatPath + "/files/" + t.id, "creatorId": q.User}
	return w.add(t, q.At)
}
