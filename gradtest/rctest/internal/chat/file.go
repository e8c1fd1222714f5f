package chat

import (
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const kindFile = "files of chats"

// chatFiles is the domain of files for chats. Their addresses have no operation in the catalogue.
func chatFiles() world.Domain {
	return world.Domain{
		Handlers: map[string]world.Handler{"createGlipFileNew": uploadFiles},
		Content: map[string]world.ContentFunc{Path + "/files/{fileId}": func(w *world.World, q *world.Request) (world.File,
			*world.Problem) {
			t := w.Get(kindFile, q.Param("fileId"))
			if t == nil || len(t.Files) == 0 {
				return world.File{}, world.NotFound("fileId", q.Param("fileId"))
			}
			return t.Files[0], nil
		}},
		Owned: []string{kindFile},
	}
}

// uploadFiles keeps the files of a request, and posts them if a chat is named.
func uploadFiles(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if len(q.Files) == 0 {
		return world.Reply{}, world.Missing("body")
	}
	chat := q.Query.Get("groupId")
	if chat != "" {
		c := w.Get(kindChat, chat)
		switch {
		case c == nil || !visible(c, q.User):
			return world.Reply{}, world.NotFoundInBody("groupId", chat)
		case !has(c, q.User):
			return world.Reply{}, notMember(c)
		case c.Doc["status"] == "Archived":
			return world.Reply{}, archived(c)
		}
	}
	var out, attached []world.Object
	for i, f := range q.Files {
		name := f.Name
		if given := q.Query.Get("name"); given != "" && i == 0 {
			name = given
		}
		t := addFile(w, name, f, q)
		out, attached = append(out, t.Doc), append(attached, attachment(t, "File"))
	}
	if chat != "" {
		addPost(w, chat, q.User, world.Object{"type": "TextMessage", "attachments": attached}, q.At)
	}
	return w.Reply(q, out, q.Path), nil
}

func addFile(w *world.World, name string, f world.File, q *world.Request) *world.Resource {
	if name == "" {
		name = "file"
	}
	t := &world.Resource{Kind: kindFile, ID: w.NewID(), Files: []world.File{f}}
	t.Doc = world.Object{"name": name, "contentUri": Path + "/files/" + t.ID, "creatorId": q.User}
	return w.Add(t, q.At)
}
