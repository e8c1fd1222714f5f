package messages

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Kinds of the message store.
const (
	kindMessage    = "messages"
	kindAttachment = "attachments"
	kindPurged     = "purged messages" // of which nothing but their last state is left
)

// Types of messages, as their documents have them.
const (
	typeSMS       = "SMS"
	typeFax       = "Fax"
	typePager     = "Pager"
	typeVoicemail = "VoiceMail"
)

// draft is a message before it is in anybody's mailbox.
type draft struct {
	kind  string
	from  people.Party
	to    []people.Party
	text  string
	files []attached
	more  world.Object // members of its kind
}

// attached is one of the contents of a message.
type attached struct {
	world.File
	kind     string // of the attachment
	duration int    // of audio, in seconds; 0: omitted
}

// post puts a message into the mailbox of its sender, and a copy into those of its recipients who are of the account.
func post(w *world.World, at time.Time, d draft) *world.Resource {
	sent := put(w, at, d.from.Extension, "Outbound", d)
	for _, to := range d.to {
		if to.Extension != "" {
			put(w, at, to.Extension, "Inbound", d)
		}
	}
	return sent
}

// put adds a message to one mailbox and notifies subscribers.
func put(w *world.World, at time.Time, owner, direction string, d draft) *world.Resource {
	t := &world.Resource{Kind: kindMessage, ID: w.NewID(), Parents: []world.Param{world.NewParam("extensionId", owner)}}
	store := address(&w.Config, owner) + "/message-store"
	t.Doc = world.Object{
		"uri": store + "/" + t.ID, "extensionId": owner, "type": d.kind, "direction": direction,
		"availability": "Alive", "priority": "Normal", "creationTime": at, "lastModifiedTime": at,
		"messageStatus": "Queued", "readStatus": "Read",
	}
	if direction == "Inbound" {
		t.Doc["messageStatus"], t.Doc["readStatus"] = "Received", "Unread"
	} else if d.kind == typePager {
		t.Doc["messageStatus"] = "Sent" // there is no carrier between
	}
	d.describe(owner, store, t.Doc)
	w.Add(t, at)
	t.Doc["attachments"] = attach(w, t, store, at, d)
	notifyMessage(w, at, t, true)
	return t
}

// describe fills in what follows from the message itself.
func (d draft) describe(owner, store string, doc world.Object) {
	say := people.Party.AsPhone
	if d.kind == typePager {
		say = people.Party.AsExtension
	}
	doc["from"] = say(d.from)
	to := make([]world.Object, len(d.to))
	for i, p := range d.to {
		to[i] = say(p)
		if d.kind == typeFax {
			to[i]["recipientId"] = strconv.Itoa(i + 1)
		}
		if d.kind == typeSMS && len(d.to) > 1 && doc["direction"] == "Inbound" && p.Extension == owner {
			to[i]["target"] = true // which of a group this mailbox is
		}
	}
	doc["to"] = to
	if d.kind == typeSMS || d.kind == typePager {
		id := d.conversation()
		doc["subject"], doc["conversationId"] = d.text, id
		doc["conversation"] = world.Object{"id": id, "uri": store + "?conversationId=" + id}
	}
	if d.kind == typeSMS && doc["direction"] == "Outbound" {
		doc["smsSendingAttemptsCount"] = 1
		doc["segmentCount"] = segments(d.text)
	}
	world.Merge(doc, d.more)
}

// attach makes the attachments of a message. The one with its text has the id of the message.
func attach(w *world.World, t *world.Resource, store string, at time.Time, d draft) []world.Object {
	all := d.files
	if d.text != "" && (d.kind == typeSMS || d.kind == typePager) {
		all = append([]attached{{File: world.File{Type: "text/plain", Content: []byte(d.text)}, kind: "Text"}}, all...)
	}
	docs := make([]world.Object, 0, len(all))
	for _, a := range all {
		if a.kind == "SourceDocument" && t.Doc["direction"] == "Inbound" {
			a.kind = "RenderedDocument" // what comes out of a fax machine
		}
		id := t.ID
		if a.kind != "Text" {
			id = w.NewID()
		}
		o := world.Object{
			"id": id, "uri": store + "/" + t.ID + "/content/" + id, "type": a.kind, "contentType": a.Type,
			"size": len(a.Content),
		}
		if a.Name != "" {
			o["fileName"], o["filename"] = a.Name, a.Name
		}
		if a.duration > 0 {
			o["vmDuration"] = a.duration
		}
		w.Add(&world.Resource{
			Kind: kindAttachment, ID: id, Parents: []world.Param{t.Parents[0], world.NewParam("messageId", t.ID)}, Doc: o,
			Files: []world.File{a.File},
		}, at)
		docs = append(docs, o)
	}
	return docs
}

// conversation is the id that messages between the same parties share: a number of 15 digits, which JavaScript can
// hold.
func (d draft) conversation() string {
	keys := []string{d.from.Key()}
	for _, p := range d.to {
		keys = append(keys, p.Key())
	}
	slices.Sort(keys)
	h := fnv.New64a()
	h.Write([]byte(strings.Join(slices.Compact(keys), " ")))
	return strconv.FormatUint(100_000_000_000_000+h.Sum64()%900_000_000_000_000, 10)
}

// address is the path of an extension.
func address(c *world.Config, extensionID string) string {
	return "/restapi/v1.0/account/" + c.AccountID + "/extension/" + extensionID
}

// segments is how many parts a text takes on its way: 160 characters fit one, 153 each of several; with characters
// beyond ASCII, as an approximation of the GSM alphabet, 70 and 67.
func segments(text string) int {
	one, each := 160, 153
	if strings.IndexFunc(text, func(r rune) bool { return r > 126 }) >= 0 {
		one, each = 70, 67
	}
	n := units(text)
	if n <= one {
		return 1
	}
	return (n + each - 1) / each
}

// units is the length of a text as the platform counts it: in 2-byte units of UTF-16.
func units(text string) int { return len(utf16.Encode([]rune(text))) }
