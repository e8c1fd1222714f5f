package world

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
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
	from  party
	to    []party
	text  string
	files []attached
	more  Object // members of its kind
}

// attached is one of the contents of a message.
type attached struct {
	File
	kind     string // of the attachment
	duration int    // of audio, in seconds; 0: none is told
}

// post puts a message into the mailbox of its sender, and a copy into those of its recipients who are of the account.
func (w *World) post(at time.Time, d draft) *thing {
	sent := w.put(at, d.from.extension, "Outbound", d)
	for _, to := range d.to {
		if to.extension != "" {
			w.put(at, to.extension, "Inbound", d)
		}
	}
	return sent
}

// put puts a message into one mailbox and tells of it.
func (w *World) put(at time.Time, owner, direction string, d draft) *thing {
	t := &thing{kind: kindMessage, id: w.newID(), in: []Param{{"extensionId", owner}}}
	store := w.cfg.address(owner) + "/message-store"
	t.doc = Object{
		"uri": store + "/" + t.id, "extensionId": owner, "type": d.kind, "direction": direction,
		"availability": "Alive", "priority": "Normal", "creationTime": at, "lastModifiedTime": at,
		"messageStatus": "Queued", "readStatus": "Read",
	}
	if direction == "Inbound" {
		t.doc["messageStatus"], t.doc["readStatus"] = "Received", "Unread"
	} else if d.kind == typePager {
		t.doc["messageStatus"] = "Sent" // there is no carrier between
	}
	d.describe(owner, t.doc)
	w.add(t, at)
	t.doc["attachments"] = w.attach(t, store, at, d)
	w.tellOfMessage(at, t, true)
	return t
}

// describe fills in what follows from the message itself.
func (d draft) describe(owner string, doc Object) {
	say := party.asPhone
	if d.kind == typePager {
		say = party.asExtension
	}
	doc["from"] = say(d.from)
	to := make([]Object, len(d.to))
	for i, p := range d.to {
		to[i] = say(p)
		if d.kind == typeFax {
			to[i]["recipientId"] = strconv.Itoa(i + 1)
		}
		if d.kind == typeSMS && len(d.to) > 1 && doc["direction"] == "Inbound" && p.extension == owner {
			to[i]["target"] = true // which of a group this mailbox is
		}
	}
	doc["to"] = to
	if d.kind == typeSMS || d.kind == typePager {
		id := d.conversation()
		doc["subject"], doc["conversationId"] = d.text, id
		doc["conversation"] = Object{"id": id, "uri": "/restapi/v1.0/conversation/" + id}
	}
	if d.kind == typeSMS && doc["direction"] == "Outbound" {
		doc["smsSendingAttemptsCount"] = 1
		doc["segmentCount"] = segments(d.text)
	}
	merge(doc, d.more)
}

// attach makes the attachments of a message. The one with its text has the id of the message.
func (w *World) attach(t *thing, store string, at time.Time, d draft) []Object {
	all := d.files
	if d.text != "" && (d.kind == typeSMS || d.kind == typePager) {
		all = append([]attached{{File: File{Type: "text/plain", Content: []byte(d.text)}, kind: "Text"}}, all...)
	}
	docs := make([]Object, 0, len(all))
	for _, a := range all {
		if a.kind == "SourceDocument" && t.doc["direction"] == "Inbound" {
			a.kind = "RenderedDocument" // what comes out of a fax machine
		}
		id := t.id
		if a.kind != "Text" {
			id = w.newID()
		}
		o := Object{
			"id": id, "uri": store + "/" + t.id + "/content/" + id, "type": a.kind, "contentType": a.Type, "size": len(a.Content),
		}
		if a.Name != "" {
			o["fileName"], o["filename"] = a.Name, a.Name
		}
		if a.duration > 0 {
			o["vmDuration"] = a.duration
		}
		w.add(&thing{
			kind: kindAttachment, id: id, in: []Param{t.in[0], {"messageId", t.id}}, doc: o, files: []File{a.File},
		}, at)
		docs = append(docs, o)
	}
	return docs
}

// conversation is the id that messages between the same parties share: a number of 15 digits, which JavaScript can hold.
func (d draft) conversation() string {
	keys := []string{d.from.key()}
	for _, p := range d.to {
		keys = append(keys, p.key())
	}
	slices.Sort(keys)
	h := fnv.New64a()
	h.Write([]byte(strings.Join(slices.Compact(keys), " ")))
	return strconv.FormatUint(100_000_000_000_000+h.Sum64()%900_000_000_000_000, 10)
}

// address is the path of an extension.
func (c *Config) address(extensionID string) string {
	return "/restapi/v1.0/account/" + c.AccountID + "/extension/" + extensionID
}

// segments is how many parts a text takes on its way: 160 characters fit one, 153 each of several; with characters beyond
// ASCII, as an approximation of the GSM alphabet, 70 and 67.
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
