package rctest

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// messages is the part of the platform about SMS, MMS, fax and pager.
func messages() domain {
	return domain{
		fields: map[string]func(*exchange, *text, thing){
			rcapi.CreateSMSMessage.ID:          outbound("SMS"),
			rcapi.CreateMMS.ID:                 outbound("SMS"),
			rcapi.CreateFaxMessage.ID:          outbound("Fax"),
			rcapi.CreateInternalTextMessage.ID: outbound("Pager"),
			rcapi.ReadMessage.ID:               func(x *exchange, t *text, it thing) { message(x, t, it, 0) },
			rcapi.UpdateMessage.ID:             func(x *exchange, t *text, it thing) { message(x, t, it, 0) },
			rcapi.PatchMessage.ID:              func(x *exchange, t *text, it thing) { message(x, t, it, 0) },
			rcapi.CreateA2PSMS.ID:              batch,
		},
		records: map[string]records{
			rcapi.ListMessages.ID: {count: 3, write: message, id: messageID},
			rcapi.SyncMessages.ID: {count: 3, write: message, id: messageID, home: "message-store"},
		},
		kept: map[string]string{
			rcapi.CreateSMSMessage.ID: "message-store", rcapi.CreateMMS.ID: "message-store",
			rcapi.CreateFaxMessage.ID: "message-store", rcapi.CreateInternalTextMessage.ID: "message-store",
		},
	}
}

func messageID(i int) string { return strconv.Itoa(1_724_746_000_003 - i) }

// party is a number that takes part in a message or call.
type party struct {
	PhoneNumber     string `json:"phoneNumber"`
	ExtensionNumber string `json:"extensionNumber"`
	ExtensionID     string `json:"extensionId"`
}

func (p party) write(t *text) {
	if p.PhoneNumber != "" || p.ExtensionNumber == "" && p.ExtensionID == "" {
		t.string("phoneNumber", p.PhoneNumber)
	}
	if p.ExtensionNumber != "" {
		t.string("extensionNumber", p.ExtensionNumber)
	}
	if p.ExtensionID != "" {
		t.string("extensionId", p.ExtensionID)
	}
}

// envelope is what a request for an outbound message says. Members of a wrong type are left empty.
type envelope struct {
	From party   `json:"from"`
	To   []party `json:"to"`
	Text string  `json:"text"`
}

func readEnvelope(body []byte) envelope {
	var e envelope
	if body != nil {
		_ = json.Unmarshal(body, &e) // it is JSON; what does not fit stays empty
	}
	if e.From == (party{}) {
		e.From.PhoneNumber = ownNumber
	}
	return e
}

// outbound writes a message that has just been sent.
func outbound(kind string) func(*exchange, *text, thing) {
	return func(x *exchange, t *text, it thing) {
		e := readEnvelope(it.body)
		t.string("type", kind)
		t.string("direction", "Outbound")
		t.object("from")
		e.From.write(t)
		t.end()
		t.array("to")
		for _, p := range e.To {
			t.open('{')
			p.write(t)
			t.end()
		}
		t.done()
		t.string("subject", e.Text)
		stored(t, x.at, "Read")
		if kind == "Pager" {
			t.string("messageStatus", "Sent")
		} else {
			t.string("messageStatus", "Queued")
		}
		attachments(x, t, it)
	}
}

// message writes one of the messages that are always there.
func message(x *exchange, t *text, it thing, i int) {
	t.string("type", "SMS")
	t.string("direction", "Inbound")
	t.object("from")
	t.string("phoneNumber", "+1650555020"+strconv.Itoa(i))
	t.end()
	t.array("to")
	t.open('{')
	t.string("phoneNumber", ownNumber)
	t.end()
	t.done()
	t.string("subject", "Message "+strconv.Itoa(i+1))
	stored(t, x.at.Add(-time.Duration(i+1)*time.Minute), "Unread")
	t.string("messageStatus", "Received")
	attachments(x, t, it)
}

func stored(t *text, at time.Time, read string) {
	t.time("creationTime", at)
	t.time("lastModifiedTime", at)
	t.string("readStatus", read)
	t.string("priority", "Normal")
	t.string("availability", "Alive")
}

func attachments(x *exchange, t *text, it thing) {
	t.array("attachments")
	t.open('{')
	t.id("id", it.id, true)
	t.joined("uri", x.base(), it.uri, "/content/", it.id)
	t.string("type", "Text")
	t.string("contentType", "text/plain")
	t.end()
	t.done()
}

// batch writes a high-volume message that has just been taken in.
func batch(x *exchange, t *text, it thing) {
	var in struct {
		From     string            `json:"from"`
		Messages []json.RawMessage `json:"messages"`
	}
	if it.body != nil {
		_ = json.Unmarshal(it.body, &in)
	}
	t.string("from", in.From)
	t.int("batchSize", len(in.Messages))
	t.string("status", "Queued")
	t.time("creationTime", x.at)
}
