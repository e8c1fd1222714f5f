package chat

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// notifyChat tells those who are in a chat of a change to it. The old address, of the time when the product was named
// Glip, and the new one tell the same. The body is the chat itself and a member eventType; the public specification has
// no schema for it, so which members there are beside eventType follows from the chat's own skeleton.
func notifyChat(w *world.World, at time.Time, chat *world.Resource, event string) {
	body := world.Pick(chat.Doc, "id", "type", "public", "name", "description", "status", "creationTime",
		"lastModifiedTime", "members")
	body["eventType"] = event
	for _, filter := range []string{Path + "/chats", "/restapi/v1.0/glip/groups"} {
		w.NotifyOnly(audience(chat), at, filter, body)
	}
}

// notifyPost does the same for a post.
func notifyPost(w *world.World, at time.Time, post *world.Resource, event string) {
	chat := w.Get(kindChat, post.Parent("chatId"))
	if chat == nil {
		return
	}
	body := world.Pick(post.Doc, "id", "groupId", "type", "text", "creatorId", "addedPersonIds", "creationTime",
		"lastModifiedTime", "attachments", "mentions",
		"activity", "title", "iconUri", "iconEmoji", "parentPostId", "threadId")
	body["eventType"] = event
	for _, filter := range []string{Path + "/posts", "/restapi/v1.0/glip/posts"} {
		w.NotifyOnly(audience(chat), at, filter, body)
	}
}

// audience returns a filter for the current members of the chat. It is evaluated at the time of the change, so a member
// who leaves before the notification is sent still receives it.
func audience(t *world.Resource) func(user string) bool {
	all := chatType(t) == chatEveryone
	in := make(map[string]bool)
	for _, id := range memberIDs(t) {
		in[id] = true
	}
	return func(user string) bool { return all || in[user] }
}
