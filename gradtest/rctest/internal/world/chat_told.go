package world

import "time"

// tellOfChat tells those who are in a chat of a change to it. The old address, of the time when the product was named
// Glip, and the new one tell the same. The body is the chat itself and a member eventType; the public specification has no
// schema for it, so which members there are beside eventType follows from the chat's own skeleton.
func (w *World) tellOfChat(at time.Time, chat *thing, event string) {
	body := picked(chat.doc, "id", "type", "public", "name", "description", "status", "creationTime", "lastModifiedTime", "members")
	body["eventType"] = event
	for _, filter := range []string{chatPath + "/chats", "/restapi/v1.0/glip/groups"} {
		w.tellSome(chat.audience(), at, filter, body)
	}
}

// tellOfPost does the same for a post.
func (w *World) tellOfPost(at time.Time, post *thing, event string) {
	chat := w.get(kindChat, post.within("chatId"))
	if chat == nil {
		return
	}
	body := picked(post.doc, "id", "groupId", "type", "text", "creatorId", "addedPersonIds", "creationTime", "lastModifiedTime", "attachments", "mentions",
		"activity", "title", "iconUri", "iconEmoji", "parentPostId", "threadId")
	body["eventType"] = event
	for _, filter := range []string{chatPath + "/posts", "/restapi/v1.0/glip/posts"} {
		w.tellSome(chat.audience(), at, filter, body)
	}
}

// audience is who is in the chat now: who has left until the news are sent hears them all the same.
func (t *thing) audience() func(user string) bool {
	all := t.chatType() == chatEveryone
	in := make(map[string]bool)
	for _, id := range t.memberIDs() {
		in[id] = true
	}
	return func(user string) bool { return all || in[user] }
}
